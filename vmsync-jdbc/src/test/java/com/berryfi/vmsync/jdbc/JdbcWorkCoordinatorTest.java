package com.berryfi.vmsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.port.PortException;
import com.berryfi.vmsync.port.WorkCoordinator.Lease;
import com.berryfi.vmsync.port.WorkCoordinator.ScopeWork;
import com.berryfi.vmsync.port.WorkCoordinator.SharedWork;
import com.berryfi.vmsync.port.WorkCoordinator.Work;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Leases end by the database's clock, which is moved on by hand: a row is made to have ended; seats are looked at by our own. */
@OnEachDatabase
class JdbcWorkCoordinatorTest {

    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration QUICK = Duration.ofSeconds(30);
    private static final List<Work> SCOPES = IntStream.range(0, 60)
            .<Work>mapToObj(i -> new ScopeWork(new Scope("azure", "t", "p", "sub-" + i), SyncKind.QUICK))
            .toList();

    @AutoClose
    private final TestDatabase database;

    private final AtomicLong nanos = new AtomicLong();
    private final JdbcWorkCoordinator first;

    JdbcWorkCoordinatorTest(Connecting on) {
        database = on.filled();
        first = replica();
    }

    private JdbcWorkCoordinator replica() {
        return JdbcWorkCoordinator.of(database.dataSource(), LEASE, nanos::get);
    }

    @Test
    void whoIsAloneDoesEverything() {
        assertThat(round(first)).hasSize(60);
        assertThat(first.claim(SharedWork.BILLING, QUICK)).isPresent();
    }

    @Test
    void whatIsBeingDoneIsNotDoneTwice() {
        Optional<Lease> lease = first.claim(SharedWork.BILLING, QUICK);

        assertThat(lease.orElseThrow().isHeld()).isTrue();
        assertThat(first.claim(SharedWork.BILLING, QUICK)).isEmpty();
        lease.orElseThrow().close();
        assertThat(first.claim(SharedWork.BILLING, QUICK)).isPresent();
    }

    @Test
    void aLeaseRunsOutByOurOwnClockToo() {
        Lease lease = first.claim(SharedWork.BILLING, QUICK).orElseThrow();

        nanos.addAndGet(QUICK.toNanos() - 1);
        assertThat(lease.isHeld()).isTrue();
        nanos.incrementAndGet();
        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void threeReplicasShareSixtyScopesAndEachIsOnesAlone() {
        List<JdbcWorkCoordinator> replicas = List.of(first, replica(), replica());
        replicas.forEach(JdbcWorkCoordinatorTest::round);
        pass(LEASE.dividedBy(3));

        assertShared(replicas);
    }

    @Test
    void whoGivesUpItsSeatLeavesItsWorkAtOnce() {
        JdbcWorkCoordinator second = replica();
        round(first);
        round(second);
        second.close();
        pass(LEASE.dividedBy(3));

        assertThat(round(first)).hasSize(60);
        assertThat(second.claim(SharedWork.BILLING, QUICK)).isEmpty();
    }

    @Test
    void theWorkOfOneThatDiesFallsToTheOthersAfterItsLeaseAndNoneOfTheirsMoves() {
        JdbcWorkCoordinator second = replica();
        JdbcWorkCoordinator dying = replica();
        List.of(first, second, dying).forEach(JdbcWorkCoordinatorTest::round);
        pass(LEASE.dividedBy(3));
        Set<Work> ours = round(first);
        Set<Work> theirs = round(second);
        Set<Work> lost = round(dying);
        Lease held = dying.claim(lost.iterator().next(), QUICK).orElseThrow();
        assertThat(held.isHeld()).isTrue();

        pass(LEASE);
        database.run("UPDATE vmsync_lock SET lock_until = locked_at WHERE name = 'seat/3'");
        Set<Work> afterOurs = round(first);
        Set<Work> afterTheirs = round(second);

        assertThat(afterOurs).containsAll(ours);
        assertThat(afterTheirs).containsAll(theirs);
        Set<Work> all = new HashSet<>(afterOurs);
        all.addAll(afterTheirs);
        assertThat(all).hasSize(59).doesNotContain(lost.iterator().next());

        database.run("UPDATE vmsync_lock SET lock_until = locked_at WHERE name LIKE 'quick/%'");
        all.addAll(round(first));
        all.addAll(round(second));
        assertThat(all).hasSize(60);
    }

    @Test
    void whoSleptThroughItsLeaseTakesAnotherSeatIfItsOwnIsTaken() {
        round(first);
        database.run("UPDATE vmsync_lock SET lock_until = locked_at WHERE name = 'seat/1'");
        JdbcWorkCoordinator second = replica();
        assertThat(round(second)).hasSize(60);
        pass(LEASE);

        round(first);
        pass(LEASE.dividedBy(3));
        assertShared(List.of(first, second));
    }

    @Test
    void namesThatAreTooLongForTheTableAreToldApartAllTheSame() {
        Scope scope = new Scope("azure", "t".repeat(255), "p".repeat(255), "s".repeat(254));
        Work one = new ScopeWork(scope, SyncKind.FULL);
        Work other = new ScopeWork(
                new Scope(scope.cloud(), scope.tenant(), scope.principal(), scope.subscription() + "x"), SyncKind.FULL);

        assertThat(first.claim(one, QUICK)).isPresent();
        assertThat(first.claim(one, QUICK)).isEmpty();
        assertThat(first.claim(other, QUICK)).isPresent();
    }

    @Test
    void withoutItsTableAClaimFailsAndClosingDoesNot() {
        round(first);
        database.run("DROP TABLE vmsync_lock");

        pass(LEASE);
        assertThatThrownBy(() -> first.claim(SharedWork.BILLING, QUICK)).isInstanceOf(PortException.class);
        first.close();
    }

    @Test
    void aLeaseThatIsTooShortIsRefusedByItsName() {
        assertThatThrownBy(() -> JdbcWorkCoordinator.from(
                        database.dataSource(), Map.of("azure.status.sync.jdbc.lease.seconds", "0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("azure.status.sync.jdbc.lease.seconds");
        assertThat(JdbcWorkCoordinator.from(database.dataSource(), Map.of("azure.status.sync.jdbc.zone", "UTC"))
                        .claim(SharedWork.SETTLEMENT, QUICK))
                .isPresent();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static void assertShared(List<JdbcWorkCoordinator> replicas) {
        Map<JdbcWorkCoordinator, Set<Work>> shares =
                replicas.stream().collect(Collectors.toMap(each -> each, JdbcWorkCoordinatorTest::round));
        assertThat(shares.values()).allSatisfy(share -> assertThat(share).hasSizeGreaterThan(5));
        assertThat(shares.values().stream().flatMap(Set::stream).toList())
                .hasSize(60)
                .doesNotHaveDuplicates();
    }

    /** What a replica gets of all that it asks for; each is given back at once. */
    private static Set<Work> round(JdbcWorkCoordinator replica) {
        Set<Work> claimed = new HashSet<>();
        for (Work work : SCOPES) {
            replica.claim(work, QUICK).ifPresent(lease -> {
                claimed.add(work);
                lease.close();
            });
        }
        return claimed;
    }
}
