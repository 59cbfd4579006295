package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.testkit.InMemoryCloud;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Three replicas over one database, each on threads of its own, all at work at the same time. Time is virtual: for the database it goes
 * on by what it has noted being moved back.
 */
@OnEachDatabase
class ReplicasTest {

    private static final Duration QUICK = Duration.ofSeconds(30);
    private static final Duration LEASE = Duration.ofSeconds(60);

    @AutoClose
    private final TestDatabase database;

    @AutoClose("shutdownNow")
    private final ExecutorService processes = Executors.newCachedThreadPool();

    private final JdbcHostRows host;
    private final InMemoryCloud cloud = new InMemoryCloud();
    private final ReadLog log = new ReadLog();
    private final List<Replica> replicas = new ArrayList<>();
    private Instant slot = NOON.minus(QUICK);

    ReplicasTest(Connecting on) {
        database = on.filled();
        host = new JdbcHostRows(database, ZoneOffset.UTC);
    }

    @AfterEach
    void closeReplicas() {
        replicas.forEach(Replica::close);
    }

    @Test
    void threeReplicasSplitSixtyScopesAndThoseOfOneThatIsKilledRunElsewhereWithinTwoLeases() throws Exception {
        Set<Scope> scopes = put(0, 60);
        startThree();
        Map<Scope, String> owners = ownersOf(scopes);
        assertThat(owners.values().stream().collect(Collectors.groupingBy(name -> name, Collectors.counting())))
                .hasSize(3)
                .allSatisfy((name, share) -> assertThat(share).isBetween(10L, 30L));
        assertThat(ownersOf(scopes)).isEqualTo(owners);

        Replica dying = replicas.get(1);
        dying.dieWhileReading();
        nextSlot();
        assertThat(dying.isDead()).isTrue();
        Instant killedAt = slot;
        Set<Scope> lost = whose(owners, dying.name()::equals);
        Set<Scope> kept = whose(owners, name -> !name.equals(dying.name()));
        assertUndisturbed(kept, owners);

        Map<Scope, String> heirs = Map.of();
        while (heirs.size() < lost.size()) {
            nextSlot();
            assertThat(slot)
                    .as("until when all must be read again")
                    .isBeforeOrEqualTo(killedAt.plus(LEASE.multipliedBy(2)));
            assertUndisturbed(kept, owners);
            Map<Scope, List<String>> readers = log.readers(SyncKind.QUICK, slot);
            readers.keySet().retainAll(lost);
            assertThat(readers.values())
                    .allSatisfy(each -> assertThat(each).hasSize(1).doesNotContain(dying.name()));
            assertThat(readers).containsAllEntriesOf(lists(heirs));
            heirs = singles(readers);
        }
        Map<Scope, String> after = ownersOf(scopes);
        assertThat(after).containsAllEntriesOf(heirs);
        assertThat(Set.copyOf(heirs.values())).as("who has inherited").hasSize(2);
    }

    @Test
    void scopesThatComeAndGoAtRunTimeAreSharedAsTheOthers() throws Exception {
        Set<Scope> first = put(0, 12);
        startThree();
        Map<Scope, String> owners = ownersOf(first);

        Set<Scope> come = put(12, 24);
        Set<Scope> gone = remove(0, 6);
        Set<Scope> present = Stream.concat(come.stream(), first.stream())
                .filter(scope -> !gone.contains(scope))
                .collect(Collectors.toSet());
        assertThat(present).hasSize(18);
        Map<Scope, String> later = ownersOf(present);

        present.stream()
                .filter(first::contains)
                .forEach(scope -> assertThat(later).containsEntry(scope, String.valueOf(owners.get(scope))));
    }

    private void startThree() {
        for (String name : List.of("one", "two", "three")) {
            replicas.add(new Replica(name, database, cloud, log, LEASE));
        }
    }

    /** Who reads each scope in the next slot; each is read once, and by one. */
    private Map<Scope, String> ownersOf(Set<Scope> scopes) throws Exception {
        nextSlot();
        Map<Scope, List<String>> readers = log.readers(SyncKind.QUICK, slot);
        assertThat(readers.keySet()).as("what is read at %s", slot).containsExactlyInAnyOrderElementsOf(scopes);
        assertThat(readers.values()).allSatisfy(each -> assertThat(each).hasSize(1));
        return singles(readers);
    }

    /** Those that the living have read all the time are read in this slot too, by the same, and once. */
    private void assertUndisturbed(Set<Scope> kept, Map<Scope, String> owners) {
        Map<Scope, List<String>> readers = log.readers(SyncKind.QUICK, slot);
        assertThat(kept)
                .allSatisfy(
                        scope -> assertThat(readers).containsEntry(scope, List.of(String.valueOf(owners.get(scope)))));
    }

    /** All that live work at the same time, through one slot of the quick sync. */
    private void nextSlot() throws Exception {
        Duration step = slot.isBefore(NOON) ? Duration.ofSeconds(1) : QUICK;
        slot = slot.plus(QUICK);
        long began = System.nanoTime();
        List<Replica> living =
                replicas.stream().filter(replica -> !replica.isDead()).toList();
        CountDownLatch together = new CountDownLatch(living.size());
        List<Future<Void>> ended = processes.invokeAll(living.stream()
                .<Callable<Void>>map(replica -> () -> {
                    replica.tick(step, together);
                    return null;
                })
                .toList());
        for (Future<Void> each : ended) {
            each.get();
        }
        assertThat(log.clashes()).as("read by two at once").isEmpty();
        passForTheDatabase(QUICK.minusNanos(System.nanoTime() - began));
    }

    /** What the slot has really taken has passed for the database already. */
    private void passForTheDatabase(Duration rest) {
        if (!rest.isNegative()) {
            String seconds = " - INTERVAL '" + rest.toSeconds() + "' SECOND";
            database.run(
                    "UPDATE vmsync_lock SET lock_until = lock_until" + seconds + ", locked_at = locked_at" + seconds);
        }
    }

    /** Scopes with a machine in use each. */
    private Set<Scope> put(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> {
                    Scope scope = scope(i);
                    VmId vm = new VmId("vm-" + i);
                    SessionId session = new SessionId("s-" + i);
                    CloudAddress address = CloudAddress.ofName("group", "vm-" + i);
                    host.put(new Vm(
                            vm,
                            scope,
                            address,
                            VmStatus.RUNNING,
                            Optional.of(session),
                            Optional.of(NOON.minus(Duration.ofHours(1)))));
                    host.put(new Session(
                            session,
                            vm,
                            SessionStatus.ACTIVE,
                            Optional.of(NOON.minus(Duration.ofHours(1))),
                            Optional.empty()));
                    cloud.put(scope, address, PowerState.RUNNING);
                    return scope;
                })
                .collect(Collectors.toSet());
    }

    private Set<Scope> remove(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> {
                    host.remove(new SessionId("s-" + i));
                    host.remove(new VmId("vm-" + i));
                    return scope(i);
                })
                .collect(Collectors.toSet());
    }

    private static Scope scope(int i) {
        return new Scope("azure", "tenant", "client-" + i % 7, "sub-" + i);
    }

    private static Set<Scope> whose(Map<Scope, String> owners, Predicate<String> which) {
        return owners.entrySet().stream()
                .filter(owner -> which.test(owner.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Map<Scope, String> singles(Map<Scope, List<String>> readers) {
        return readers.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().get(0)));
    }

    private static Map<Scope, List<String>> lists(Map<Scope, String> owners) {
        return owners.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> List.of(each.getValue())));
    }
}
