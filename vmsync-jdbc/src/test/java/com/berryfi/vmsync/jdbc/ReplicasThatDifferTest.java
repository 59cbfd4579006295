package com.berryfi.vmsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.WorkCoordinator.SharedWork;
import com.berryfi.vmsync.rule.RuleBook;
import com.berryfi.vmsync.rule.StandardRules;
import com.berryfi.vmsync.testkit.InMemoryBilling;
import com.berryfi.vmsync.testkit.InMemoryCloud;
import com.berryfi.vmsync.testkit.Samples;
import com.berryfi.vmsync.testkit.VirtualTime;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Replicas that would undo one another's work are refused at their start; how hard each works is its own. */
@OnEachDatabase
class ReplicasThatDifferTest {

    private static final HostTables BERRY_FI = HostTables.berryFi(ZoneOffset.UTC);
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final String PREFIX = "azure.status.sync.";

    @AutoClose
    private final TestDatabase database;

    private final List<JdbcWorkCoordinator> coordinators = new ArrayList<>();

    ReplicasThatDifferTest(Connecting on) {
        database = on.filled();
    }

    @AfterEach
    void close() {
        coordinators.forEach(JdbcWorkCoordinator::close);
    }

    private JdbcWorkCoordinator coordinator() {
        return coordinator(database.dataSource());
    }

    private JdbcWorkCoordinator coordinator(DataSource from) {
        JdbcWorkCoordinator coordinator = JdbcWorkCoordinator.of(from, LEASE);
        coordinators.add(coordinator);
        return coordinator;
    }

    private VmSync replica(Map<String, String> settings, HostTables tables, RuleBook rules) {
        return replica(settings, tables, rules, coordinator());
    }

    private VmSync replica(
            Map<String, String> settings, HostTables tables, RuleBook rules, JdbcWorkCoordinator coordinator) {
        VirtualTime time = VirtualTime.startingAt(Samples.NOON);
        return VmSync.builder(
                        JdbcSessionStore.builder(database.dataSource(), tables).build(),
                        new InMemoryCloud(),
                        new InMemoryBilling())
                .withSettings(SyncSettings.from(settings))
                .withRules(rules)
                .withPower((scope, address, atMost) -> {
                    throw new RejectedException("nothing is deallocated here");
                })
                .withCoordinator(coordinator)
                .withClock(time)
                .withScheduler(time)
                .withScopesExecutor(Runnable::run)
                .build();
    }

    private VmSync replica(Map<String, String> settings) {
        return replica(settings, BERRY_FI, StandardRules.book());
    }

    private static void assertRefused(VmSync replica, String name, String here, String there) {
        assertThatThrownBy(replica::start)
                .as(name)
                .isInstanceOf(RejectedException.class)
                .hasMessageContainingAll(
                        name + " is '" + here + "' here and '" + there + "' there",
                        "Stop the others first, or start this one with the same");
    }

    @Test
    void aSettingThatDecidesWhatIsDoneMustBeTheSame() {
        replica(Map.of()).start();
        Map<String, List<String>> differing = Map.ofEntries(
                Map.entry("mode", List.of("dry-run", "act")),
                Map.entry("active-sessions.interval.seconds", List.of("20", "30")),
                Map.entry("full.interval.seconds", List.of("200", "300")),
                Map.entry("fence.seconds", List.of("200", "300")),
                Map.entry("start-grace.seconds", List.of("200", "240")),
                Map.entry("confirmation.span.seconds", List.of("30", "25")),
                Map.entry("missing.span.seconds", List.of("200", "120")),
                Map.entry("heartbeat.delay.seconds", List.of("60", "none")),
                Map.entry("orphan.quarantine.seconds", List.of("60", "none")),
                Map.entry("brake.share.percent", List.of("20", "10")),
                Map.entry("brake.always", List.of("4", "3")),
                Map.entry("brake.window.seconds", List.of("300", "600")),
                Map.entry("brake.release.seconds", List.of("300", "600")),
                Map.entry("stop-timeout.seconds", List.of("300", "900")),
                Map.entry("billing.cut", List.of("first-proof-of-off", "last-proof-of-running")),
                Map.entry("billing.attempts", List.of("5", "10")),
                Map.entry("free-status", List.of("STOPPED", "AVAILABLE")),
                Map.entry("ended-status", List.of("COMPLETED", "TERMINATED")));

        differing.forEach((key, values) -> assertRefused(
                replica(Map.of(PREFIX + key, values.get(0))), PREFIX + key, values.get(0), values.get(1)));
        assertThatThrownBy(replica(Map.of(PREFIX + "mapping", "deallocated-apart"))::start)
                .hasMessageContainingAll(PREFIX + "mapping", "DEALLOCATED DEALLOCATED", "DEALLOCATED STOPPED");
        assertThatThrownBy(
                        replica(Map.of(), BERRY_FI, StandardRules.book().withMode("end-when-stopped", Mode.OBSERVE))
                                ::start)
                .hasMessageContainingAll("rules is", "end-when-stopped OBSERVE", "end-when-stopped ACT");
        assertThatCode(replica(Map.of())::start).doesNotThrowAnyException();
    }

    @Test
    void howHardAReplicaWorksIsItsOwn() {
        replica(Map.of()).start();
        Stream.of("batch.size", "retry.attempts", "timeout.seconds", "credential.scopes")
                .forEach(key -> assertThatCode(replica(Map.of(PREFIX + key, "2"))::start)
                        .as(key)
                        .doesNotThrowAnyException());
    }

    @Test
    void aMappingMustBeTheSameAsItIsFound() {
        replica(Map.of()).start();
        HostTables otherZone = HostTables.berryFi(ZoneId.of("Asia/Kolkata"));

        assertRefused(replica(Map.of(), otherZone, StandardRules.book()), PREFIX + "jdbc.zone", "Asia/Kolkata", "Z");
        assertRefused(
                replica(Map.of(), BERRY_FI.withValue(VmStatus.ERROR, "BROKEN"), StandardRules.book()),
                "VmStatus.ERROR",
                "BROKEN",
                "ERROR");
        assertRefused(
                replica(Map.of(), BERRY_FI.withoutValue(VmStatus.MAINTENANCE), StandardRules.book()),
                "VmStatus.MAINTENANCE",
                "not mapped",
                "MAINTENANCE");
        assertThatThrownBy(
                        replica(Map.of(), BERRY_FI.withoutColumn(SessionColumn.LAST_HEARTBEAT), StandardRules.book())
                                ::start)
                .hasMessageContaining("SessionColumn.LAST_HEARTBEAT is 'not mapped' here and '");
        assertThatCode(replica(
                        Map.of(),
                        HostTables.berryFi(ZoneId.of("UTC")).withVmTable("VM_instances"),
                        StandardRules.book())::start)
                .as("another spelling")
                .doesNotThrowAnyException();
    }

    @Test
    void theLeaseMustBeTheSameAndWhatOnlyAnotherReleaseKnowsDoesNotCount() {
        JdbcWorkCoordinator first = coordinator();
        first.join(Map.of("one", "1", "of a release", "1"));

        coordinator().join(Map.of("one", "1", "of another release", "1"));
        JdbcWorkCoordinator longer = JdbcWorkCoordinator.of(database.dataSource(), LEASE.plusSeconds(1));
        coordinators.add(longer);
        assertThatThrownBy(() -> longer.join(Map.of("one", "1")))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining(PREFIX + "jdbc.lease.seconds is '61' here and '60' there");
    }

    @Test
    void whoHasDiedOrLeftHindersNobody() {
        JdbcWorkCoordinator left = coordinator();
        left.join(Map.of("one", "1"));
        left.close();
        coordinator().join(Map.of("one", "2"));
        database.run("UPDATE vmsync_lock SET lock_until = locked_at");

        JdbcWorkCoordinator last = coordinator();
        last.join(Map.of("one", "3"));

        assertThat(last.claim(SharedWork.BILLING, LEASE)).isPresent();
    }

    @Test
    void whoSleptThroughItsLeaseMayNotGoOnBesideOneThatDiffers() {
        JdbcWorkCoordinator sleeper = coordinator();
        sleeper.join(Map.of("one", "1"));
        database.run("UPDATE vmsync_lock SET lock_until = locked_at");
        JdbcWorkCoordinator other = coordinator();
        other.join(Map.of("one", "2"));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> sleeper.claim(SharedWork.BILLING, LEASE))
                    .isInstanceOf(RejectedException.class)
                    .hasMessageContaining("one is '1' here and '2' there");
        }
        assertThat(other.claim(SharedWork.BILLING, LEASE)).isPresent();
    }

    @Test
    void whoWasRefusedMayTryAgainWithTheSameAndTwoOfOneProcessMustAgreeToo() {
        coordinator().join(Map.of("one", "1"));
        JdbcWorkCoordinator second = coordinator();
        assertThatThrownBy(() -> second.join(Map.of("one", "2"))).isInstanceOf(RejectedException.class);
        assertThatThrownBy(() -> second.claim(SharedWork.BILLING, LEASE)).isInstanceOf(RejectedException.class);

        second.join(Map.of("one", "1"));
        second.join(Map.of("one", "1"));

        assertThatThrownBy(() -> second.join(Map.of("one", "2")))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("another VmSync that works through this coordinator");
        assertThat(database.text("SELECT COUNT(*) FROM vmsync_setting WHERE name = 'one'"))
                .isEqualTo("2");
    }

    @Test
    void ofTwoThatComeAtTheSameMomentOneGetsIn() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 10; round++) {
                CyclicBarrier together = new CyclicBarrier(2);
                List<Callable<Boolean>> both = Stream.of("1", "2")
                        .<Callable<Boolean>>map(value -> {
                            JdbcWorkCoordinator coordinator = coordinator();
                            return () -> {
                                together.await();
                                return isIn(coordinator, value);
                            };
                        })
                        .toList();
                List<Boolean> in = new ArrayList<>();
                for (Future<Boolean> each : threads.invokeAll(both)) {
                    in.add(each.get());
                }
                assertThat(in).as("round %s", round).containsExactlyInAnyOrder(true, false);
                coordinators.forEach(JdbcWorkCoordinator::close);
                coordinators.clear();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean isIn(JdbcWorkCoordinator coordinator, String value) {
        try {
            coordinator.join(Map.of("one", value));
            return true;
        } catch (RejectedException e) {
            return false;
        }
    }

    @Test
    void aHostWithAScheduleOfItsOwnIsToldByEachCycle() {
        replica(Map.of()).start();
        VmSync other = replica(Map.of(PREFIX + "fence.seconds", "7"));

        assertThat(other.runOnce(SyncKind.QUICK).skipped())
                .hasValueSatisfying(why -> assertThat(why).contains(PREFIX + "fence.seconds is '7' here"));
        assertThatThrownBy(() -> other.syncVmStatus(new VmId("vm-1")))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining(PREFIX + "fence.seconds is '7' here");
        coordinators.get(0).close();
        assertThat(other.runOnce(SyncKind.QUICK).skipped()).isEmpty();
    }

    @Test
    void aStartWhileTheDatabaseIsGoneIsMadeUpForByTheNextCycle() {
        AtomicBoolean gone = new AtomicBoolean();
        VmSync sync = replica(
                Map.of(), BERRY_FI, StandardRules.book(), coordinator(Outage.of(database.dataSource(), gone::get)));
        gone.set(true);
        sync.start();
        assertThat(sync.runOnce(SyncKind.QUICK).skipped()).isPresent();
        gone.set(false);

        assertThat(sync.runOnce(SyncKind.QUICK).skipped()).isEmpty();
        assertRefused(replica(Map.of(PREFIX + "brake.always", "9")), PREFIX + "brake.always", "9", "3");
    }
}
