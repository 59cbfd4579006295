package com.berryfi.vmsync.testkit.arm;

import com.berryfi.vmsync.model.PowerState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A simulated machine. Its changes take as long as its subscription's transitions do, by the simulator's clock. Thread-safe. */
public final class ArmVm {

    /** What the machine shows at one instant. */
    record View(ArmVm vm, String provisioningState, List<String> statusCodes) {}

    private final ArmSubscription subscription;
    private final String group;
    private final String name;
    private final String uid;
    private final InstantSource clock;
    private final FaultPlan faults = new FaultPlan();
    private final List<String> extraStatuses = new ArrayList<>();

    private volatile Optional<String> otherId = Optional.empty();
    private ArmPower power;
    private ArmPower powerBefore;
    private String provisioning = "Succeeded";

    ArmVm(ArmSubscription subscription, String group, String name, String uid, PowerState power, InstantSource clock) {
        this.subscription = subscription;
        this.group = group;
        this.name = name;
        this.uid = uid;
        this.clock = clock;
        this.power = ArmPower.settled(Optional.of(codeOf(power)), clock.instant());
        this.powerBefore = this.power;
    }

    /** {@return the full ARM id, in the case in which the machine was put} */
    public String resourceId() {
        return subscription.resourceIdOf(group, name);
    }

    /** {@return the resource group, in the case in which the machine was put} */
    public String group() {
        return group;
    }

    /** {@return the name, in the case in which the machine was put} */
    public String name() {
        return name;
    }

    /** {@return Azure's {@code vmId}: a machine that is put again under the same name has another} */
    public String uid() {
        return uid;
    }

    /** Starts the machine: STARTING, then RUNNING. */
    public void start() {
        change(PowerState.STARTING, PowerState.RUNNING);
    }

    /** Powers the machine off, billed on: STOPPING, then STOPPED. */
    public void stop() {
        change(PowerState.STOPPING, PowerState.STOPPED);
    }

    /** Stops the machine and gives its hardware back: DEALLOCATING, then DEALLOCATED. */
    public void deallocate() {
        change(PowerState.DEALLOCATING, PowerState.DEALLOCATED);
    }

    /**
     * Sets the power at once, without a transition.
     *
     * @param power which it shows from now on
     */
    public void power(PowerState power) {
        settle(Optional.of(codeOf(power)));
    }

    /**
     * Sets the status code of the power at once, for example one that nobody knows.
     *
     * @param code as in the instance view: {@code PowerState/running}
     */
    public void powerCode(String code) {
        settle(Optional.of(code));
    }

    /** From now on the machine's statuses hold no power state. */
    public void withoutPowerState() {
        settle(Optional.empty());
    }

    /**
     * Sets the provisioning state of a machine that is not in a transition.
     *
     * @param state as in the model, perhaps with an error: {@code Updating}, {@code Failed/OSProvisioningTimedOut}
     */
    public synchronized void provisioning(String state) {
        provisioning = state;
    }

    /**
     * From now on lists and direct answers of this machine carry this id in place of its own; it may be empty.
     *
     * @param resourceId the id to be told
     */
    public void answersAs(String resourceId) {
        otherId = Optional.of(resourceId);
    }

    /**
     * Adds a status beside power and provisioning, for example {@code HibernationState/Hibernated}.
     *
     * @param code as in the instance view
     */
    public synchronized void addStatus(String code) {
        extraStatuses.add(code);
    }

    /**
     * Calls for this machine alone fail until {@link #heal()}.
     *
     * @param fault what is answered instead
     */
    public void fails(ArmFault fault) {
        failsTimes(Integer.MAX_VALUE, fault);
    }

    /**
     * The next calls for this machine alone fail, after those that were planned before.
     *
     * @param times how many calls
     * @param fault what is answered instead
     */
    public void failsTimes(int times, ArmFault fault) {
        faults.add(Optional.empty(), page -> true, fault, times);
    }

    /** Calls for this machine no longer fail. */
    public void heal() {
        faults.clear();
    }

    /** {@return the power it shows now; UNKNOWN if it has none, or one that nobody knows} */
    public PowerState power() {
        return view().statusCodes().stream()
                .map(PowerState::ofCode)
                .filter(power -> power != PowerState.UNKNOWN)
                .findFirst()
                .orElse(PowerState.UNKNOWN);
    }

    View view() {
        return viewOf(Duration.ZERO);
    }

    /** What it showed so long ago, if it has changed but once since; it remembers no more. */
    synchronized View viewOf(Duration ago) {
        Instant then = clock.instant().minus(ago);
        ArmPower shown = !ago.isZero() && then.isBefore(power.since()) ? powerBefore : power;
        String state = shown.isChangingAt(then) ? "Updating" : provisioning;
        int slash = state.indexOf('/');
        String word = slash < 0 ? state : state.substring(0, slash);
        List<String> codes = new ArrayList<>();
        codes.add("ProvisioningState/" + word.toLowerCase(Locale.ROOT) + state.substring(word.length()));
        codes.addAll(extraStatuses);
        shown.codeAt(then).ifPresent(codes::add);
        return new View(this, word, List.copyOf(codes));
    }

    Optional<String> otherId() {
        return otherId;
    }

    FaultPlan faults() {
        return faults;
    }

    private void change(PowerState during, PowerState after) {
        Duration transition = subscription.transition();
        Instant now = clock.instant();
        become(new ArmPower(Optional.of(codeOf(during)), Optional.of(codeOf(after)), now, now.plus(transition)));
    }

    private void settle(Optional<String> code) {
        become(ArmPower.settled(code, clock.instant()));
    }

    private synchronized void become(ArmPower next) {
        powerBefore = power;
        power = next;
    }

    private static String codeOf(PowerState power) {
        return "PowerState/" + power.name().toLowerCase(Locale.ROOT);
    }
}
