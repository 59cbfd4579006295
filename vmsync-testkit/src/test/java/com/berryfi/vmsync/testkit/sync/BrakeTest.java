package com.berryfi.vmsync.testkit.sync;

import static com.berryfi.vmsync.testkit.sync.Backend.SCOPE;
import static com.berryfi.vmsync.testkit.sync.Backend.address;
import static com.berryfi.vmsync.testkit.sync.Backend.outcome;
import static com.berryfi.vmsync.testkit.sync.Backend.sessionOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.VmId;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many sessions may end at once. */
class BrakeTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final Backend backend = new Backend();

    private static List<String> names(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.format(Locale.ROOT, "vm-%03d", i))
                .toList();
    }

    /** 200 sessions in use, of which 100 lose their machine at one blow. */
    private void halfOfTwoHundredGo() {
        names(200).forEach(backend::inUse);
        backend.full();
        names(100).forEach(vm -> backend.cloud.deallocate(SCOPE, address(vm)));
    }

    private long ended() {
        return names(200).stream()
                .filter(vm -> backend.status(vm) == SessionStatus.TERMINATED)
                .count();
    }

    @Test
    void aHundredOfTwoHundredAreHeldAndSayThatTheyAre() {
        halfOfTwoHundredGo();

        SyncReport report = backend.quickAfter(HALF_A_MINUTE);

        assertThat(ended()).isEqualTo(20);
        List<String> held = names(100).stream()
                .filter(vm -> backend.status(vm) == SessionStatus.ACTIVE)
                .toList();
        assertThat(held).hasSize(80).allSatisfy(vm -> {
            assertThat(outcome(report, vm).decision().held()).map(Held::reason).contains(Held.Reason.BRAKE);
            List<AuditRecord> history = backend.store.journal().history(sessionOf(vm));
            assertThat(history.get(history.size() - 1).held()).map(Held::reason).contains(Held.Reason.BRAKE);
            assertThat(backend.sync.view().explain(sessionOf(vm))).contains("has not ended it", "too many would end");
        });
    }

    @Test
    void theBrakeHoldsForTenMinutesThenReleasesByItself() {
        halfOfTwoHundredGo();
        for (int i = 0; i < 20; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }
        assertThat(ended()).isEqualTo(20);

        backend.quickAfter(HALF_A_MINUTE);
        assertThat(ended()).isEqualTo(100);
        assertThat(backend.row("vm-099").session().endTime()).contains(Backend.START);
    }

    @Test
    void whoIsFoundRunningMeanwhileIsNotEnded() {
        halfOfTwoHundredGo();
        for (int i = 0; i < 10; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }
        names(100).forEach(vm -> backend.cloud.start(SCOPE, address(vm)));
        for (int i = 0; i < 30; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }
        assertThat(ended()).isEqualTo(20);
        assertThat(backend.store.metering(sessionOf("vm-099")).orElseThrow().gaps())
                .singleElement()
                .satisfies(gap -> {
                    assertThat(gap.from()).isEqualTo(Backend.START);
                    assertThat(gap.to()).contains(Backend.START.plus(Duration.ofSeconds(330)));
                });
    }

    @Test
    void anAnnouncedShutdownPasses() {
        names(200).forEach(backend::inUse);
        backend.full();
        backend.sync
                .operator()
                .announce(
                        Optional.of(SCOPE),
                        backend.time.instant(),
                        backend.time.instant().plus(Duration.ofMinutes(5)),
                        "nightly shutdown");
        names(100).forEach(vm -> backend.cloud.deallocate(SCOPE, address(vm)));

        backend.quickAfter(HALF_A_MINUTE);

        assertThat(ended()).isEqualTo(100);
    }

    @Test
    void anOverrideLetsPassUntilItExpires() {
        halfOfTwoHundredGo();
        backend.quickAfter(HALF_A_MINUTE);
        Order order = backend.sync
                .operator()
                .override(Optional.empty(), backend.time.instant().plus(Duration.ofSeconds(20)), "checked by hand");
        backend.quickAfter(HALF_A_MINUTE);
        assertThat(ended()).as("expired").isEqualTo(20);
        assertThat(backend.sync.operator().release(order.id())).isTrue();

        backend.sync
                .operator()
                .override(Optional.empty(), backend.time.instant().plus(Duration.ofSeconds(40)), "checked by hand");
        backend.quickAfter(HALF_A_MINUTE);
        assertThat(ended()).isEqualTo(100);
    }

    @Test
    void replicasAndDirectSyncsShareTheBudget() {
        halfOfTwoHundredGo();
        backend.quickAfter(HALF_A_MINUTE);
        var first = backend.sync;
        var second = backend.start(UnaryOperator.identity());

        backend.quickAfter(HALF_A_MINUTE);
        assertThat(ended()).as("the second replica").isEqualTo(20);
        for (VmId vm : List.of(new VmId("vm-098"), new VmId("vm-099"))) {
            assertThat(first.syncVmStatus(vm).decision().held())
                    .map(Held::reason)
                    .contains(Held.Reason.BRAKE);
            assertThat(second.syncVmStatus(vm).decision().held())
                    .map(Held::reason)
                    .contains(Held.Reason.BRAKE);
        }
        assertThat(ended()).isEqualTo(20);
    }

    @Test
    void anEndingThatLosesItsRacesCountsAsOfWhenItIsWritten() {
        names(10).forEach(backend::inUse);
        backend.full();
        backend.cloud.deallocate(SCOPE, address("vm-000"));
        for (int i = 0; i < 10; i++) {
            SessionStatus next = i % 2 == 0 ? SessionStatus.IDLE : SessionStatus.ACTIVE;
            backend.store.beforeCommit(() -> backend.hostSays("vm-000", next));
            backend.quickAfter(HALF_A_MINUTE);
        }
        assertThat(backend.status("vm-000")).isEqualTo(SessionStatus.ACTIVE);
        backend.quickAfter(HALF_A_MINUTE);
        assertThat(backend.status("vm-000")).isEqualTo(SessionStatus.TERMINATED);
        for (int i = 0; i < 14; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }

        names(4).forEach(vm -> backend.cloud.deallocate(SCOPE, address(vm)));
        backend.quickAfter(HALF_A_MINUTE);

        assertThat(names(4).stream().filter(vm -> backend.status(vm) == SessionStatus.TERMINATED))
                .as("within ten minutes of the first, and more than that after it took its place")
                .hasSize(3);
    }

    @Test
    void suspensionsHaveABrakeOfTheirOwnAndNothingIsBilledWrongly() {
        names(200).forEach(backend::inUse);
        backend.full();
        names(100).forEach(vm -> backend.cloud.stop(SCOPE, address(vm)));
        backend.quickAfter(HALF_A_MINUTE);
        assertThat(names(100).stream()
                        .filter(vm -> backend.store.metering(sessionOf(vm)).stream()
                                .anyMatch(metering -> metering.openGap().isPresent())))
                .hasSize(20);
        names(100).forEach(vm -> backend.cloud.start(SCOPE, address(vm)));
        backend.quickAfter(HALF_A_MINUTE);

        assertThat(names(100))
                .allSatisfy(vm -> assertThat(backend.store
                                .metering(sessionOf(vm))
                                .orElseThrow()
                                .gaps())
                        .as("billing of %s", vm)
                        .singleElement()
                        .satisfies(gap -> {
                            assertThat(gap.from()).isEqualTo(Backend.START);
                            assertThat(gap.to()).contains(Backend.START.plus(Duration.ofMinutes(1)));
                        }));
    }
}
