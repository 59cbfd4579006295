package com.berryfi.vmsync.testkit.arm;

import com.berryfi.vmsync.model.PowerState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;

/** A simulated subscription: its machines, who may read it, and its faults. Scripted by a test. Thread-safe. */
public final class ArmSubscription {

    /** A page of machines; {@code next} is the key the next page begins after. */
    record Page(List<ArmVm> machines, Optional<String> next) {}

    private final String id;
    private final InstantSource clock;
    private final Set<String> knownTokens;
    private final Set<String> readers = ConcurrentHashMap.newKeySet();
    private final Set<String> groups = ConcurrentHashMap.newKeySet();
    private final ConcurrentNavigableMap<String, ArmVm> machines = new ConcurrentSkipListMap<>();
    private final FaultPlan faults = new FaultPlan();
    private final AtomicLong putCount = new AtomicLong();
    private volatile Duration transition = Duration.ZERO;
    private volatile int pageSize = 100;
    private volatile boolean uidInLists;
    private volatile long remainingReads = 249;
    private volatile Duration indexLag = Duration.ZERO;
    private volatile boolean indexUnserved;

    ArmSubscription(String id, InstantSource clock, Set<String> knownTokens) {
        this.id = id;
        this.clock = clock;
        this.knownTokens = knownTokens;
    }

    /** {@return the subscription's id} */
    public String id() {
        return id;
    }

    /**
     * Lets whoever holds one of these bearer tokens read the subscription, from now on.
     *
     * @param tokens good from now on, if they were not
     * @return this subscription
     */
    public ArmSubscription readableBy(String... tokens) {
        knownTokens.addAll(List.of(tokens));
        readers.addAll(List.of(tokens));
        return this;
    }

    /**
     * Who holds this bearer token may no longer read it: 403. The token stays known.
     *
     * @param token which token
     */
    public void forbid(String token) {
        readers.remove(token);
    }

    /**
     * How long a machine's change of power takes; zero at first. Counts for changes from now on.
     *
     * @param value how long; zero for at once
     * @return this subscription
     */
    public ArmSubscription transitionsTake(Duration value) {
        transition = value;
        return this;
    }

    /**
     * How many machines a page of a list holds; 100 at first.
     *
     * @param machinesPerPage 1 at least
     * @return this subscription
     * @throws IllegalArgumentException if it is less than 1
     */
    public ArmSubscription pagesOf(int machinesPerPage) {
        if (machinesPerPage < 1) {
            throw new IllegalArgumentException("machinesPerPage: must be at least 1, is " + machinesPerPage);
        }
        pageSize = machinesPerPage;
        return this;
    }

    /**
     * Whether the status list names {@code vmId} too; not at first, for nothing promises it.
     *
     * @param value whether it does
     * @return this subscription
     */
    public ArmSubscription uidInLists(boolean value) {
        uidInLists = value;
        return this;
    }

    /**
     * What the answers say is left of the reads of this subscription, unless limits are enforced; 249 at first.
     *
     * @param value how many
     * @return this subscription
     */
    public ArmSubscription remainingReads(long value) {
        remainingReads = value;
        return this;
    }

    /**
     * How far the index is behind: it tells a machine's power as of that long ago. Zero at first.
     *
     * @param value how far; a machine that has changed more than once meanwhile shows what it was before its last change
     * @return this subscription
     */
    public ArmSubscription indexLags(Duration value) {
        indexLag = value;
        return this;
    }

    /**
     * Whether the index refuses this subscription, with a 422; not at first.
     *
     * @param value whether it does
     * @return this subscription
     */
    public ArmSubscription indexUnserved(boolean value) {
        indexUnserved = value;
        return this;
    }

    /**
     * Puts a machine, under a name that is taken in place of the one that has it: with another uid.
     *
     * @param group the resource group, as its id is to spell it
     * @param name the machine's name, as its id is to spell it
     * @param power what it shows at once
     * @return the new machine
     */
    public ArmVm put(String group, String name, PowerState power) {
        String uid = UUID.nameUUIDFromBytes(
                        (keyOf(group, name) + putCount.incrementAndGet()).getBytes(StandardCharsets.UTF_8))
                .toString();
        ArmVm machine = new ArmVm(this, group, name, uid, power, clock);
        groups.add(group.toLowerCase(Locale.ROOT));
        machines.put(keyOf(group, name), machine);
        return machine;
    }

    /**
     * {@return the machine of this name}
     *
     * @param group the resource group, in any case
     * @param name the machine's name, in any case
     * @throws IllegalArgumentException if there is none
     */
    public ArmVm vm(String group, String name) {
        return find(group, name)
                .orElseThrow(() -> new IllegalArgumentException("no machine " + resourceIdOf(group, name)));
    }

    /**
     * The machine is deleted, if it was there; its group stays.
     *
     * @param group the resource group, in any case
     * @param name the machine's name, in any case
     */
    public void vanish(String group, String name) {
        machines.remove(keyOf(group, name));
    }

    /**
     * The group is deleted, with all in it.
     *
     * @param group the resource group, in any case
     */
    public void vanishGroup(String group) {
        groups.remove(group.toLowerCase(Locale.ROOT));
        machines.values().removeIf(machine -> machine.group().equalsIgnoreCase(group));
    }

    /** {@return how many machines there are} */
    public int size() {
        return machines.size();
    }

    /**
     * All calls for this subscription fail until {@link #heal()}.
     *
     * @param fault what is answered instead
     */
    public void fails(ArmFault fault) {
        failsTimes(Integer.MAX_VALUE, fault);
    }

    /**
     * The next calls for this subscription fail, after those that were planned before.
     *
     * @param times how many calls
     * @param fault what is answered instead
     */
    public void failsTimes(int times, ArmFault fault) {
        faults.add(Optional.empty(), page -> true, fault, times);
    }

    /**
     * All calls of one kind fail until {@link #heal()}.
     *
     * @param call which kind of call
     * @param fault what is answered instead
     */
    public void fails(ArmCall call, ArmFault fault) {
        faults.add(Optional.of(call), page -> true, fault, Integer.MAX_VALUE);
    }

    /**
     * The next calls of one kind fail, after those that were planned before.
     *
     * @param call which kind of call
     * @param times how many calls
     * @param fault what is answered instead
     */
    public void failsTimes(ArmCall call, int times, ArmFault fault) {
        faults.add(Optional.of(call), page -> true, fault, times);
    }

    /**
     * Lists fail after so many good pages, until {@link #heal()}.
     *
     * @param goodPages how many pages of a list are answered first; zero for none
     * @param fault what is answered instead
     */
    public void failsAfterPage(int goodPages, ArmFault fault) {
        IntPredicate later = page -> page > goodPages;
        faults.add(Optional.of(ArmCall.LIST), later, fault, Integer.MAX_VALUE);
    }

    /** The subscription's own faults are over; those of single machines are not. */
    public void heal() {
        faults.clear();
    }

    /**
     * {@return the full ARM id that a machine of this subscription has; it need not be there}
     *
     * @param group the resource group, spelt as in the id
     * @param name the machine's name, spelt as in the id
     */
    public String resourceIdOf(String group, String name) {
        return "/subscriptions/" + id + "/resourceGroups/" + group + "/providers/Microsoft.Compute/virtualMachines/"
                + name;
    }

    boolean isReadableBy(String token) {
        return readers.contains(token);
    }

    boolean hasGroup(String group) {
        return groups.contains(group.toLowerCase(Locale.ROOT));
    }

    Optional<ArmVm> find(String group, String name) {
        return Optional.ofNullable(machines.get(keyOf(group, name)));
    }

    /** By key, so that machines that come and go meanwhile neither repeat nor hide another. */
    Page page(String after) {
        List<ArmVm> found = machines.tailMap(after, false).values().stream()
                .limit(pageSize + 1L)
                .toList();
        if (found.size() <= pageSize) {
            return new Page(found, Optional.empty());
        }
        List<ArmVm> page = found.subList(0, pageSize);
        ArmVm last = page.get(page.size() - 1);
        return new Page(page, Optional.of(keyOf(last.group(), last.name())));
    }

    FaultPlan faults() {
        return faults;
    }

    Duration transition() {
        return transition;
    }

    boolean uidInLists() {
        return uidInLists;
    }

    Duration indexLag() {
        return indexLag;
    }

    boolean indexUnserved() {
        return indexUnserved;
    }

    long remainingReads() {
        return remainingReads;
    }

    private static String keyOf(String group, String name) {
        return (group + "/" + name).toLowerCase(Locale.ROOT);
    }
}
