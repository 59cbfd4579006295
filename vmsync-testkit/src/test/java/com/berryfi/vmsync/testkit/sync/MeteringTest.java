package com.berryfi.vmsync.testkit.sync;

import static com.berryfi.vmsync.testkit.sync.Backend.SCOPE;
import static com.berryfi.vmsync.testkit.sync.Backend.START;
import static com.berryfi.vmsync.testkit.sync.Backend.address;
import static com.berryfi.vmsync.testkit.sync.Backend.sessionOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.Interval;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Standing;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What must not be billed, who ends a session, and what is said of it. */
class MeteringTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final Backend backend = new Backend();

    private static Instant after(long seconds) {
        return START.plusSeconds(seconds);
    }

    private void hostEnds(String vm, Instant at) {
        backend.store.updateSession(
                sessionOf(vm),
                row -> new Session(row.id(), row.vm(), SessionStatus.COMPLETED, row.startTime(), Optional.of(at)));
        backend.store.updateVm(
                new VmId(vm),
                row -> new Vm(
                        row.id(), row.scope(), row.address(), VmStatus.AVAILABLE, Optional.empty(), row.lastStarted()));
    }

    /** Off for a minute, seen by two cycles. */
    private void interrupted(String vm) {
        backend.inUse(vm);
        backend.quick();
        backend.cloud.stop(SCOPE, address(vm));
        backend.quickAfter(HALF_A_MINUTE);
        backend.cloud.start(SCOPE, address(vm));
        backend.quickAfter(HALF_A_MINUTE);
    }

    @Test
    void aHostThatEndsASessionItselfIsToldWhatMustNotBeBilledAndHearsNoMore() {
        interrupted("a");

        List<Gap> unbilled = backend.sync.unbilled(sessionOf("a"));
        hostEnds("a", after(90));
        backend.quickAfter(Duration.ofMinutes(10));

        assertThat(unbilled).containsExactly(new Gap(START, Optional.of(after(60))));
        assertThat(backend.billing.applied(sessionOf("a")))
                .noneMatch(BillingInstruction.Adjust.class::isInstance)
                .noneMatch(BillingInstruction.Stop.class::isInstance);
        assertThat(backend.store.metering(sessionOf("a")).orElseThrow().stopped())
                .isTrue();
    }

    @Test
    void aHostThatDoesNotAskGetsOneAdjustment() {
        interrupted("a");
        hostEnds("a", after(90));
        backend.quickAfter(HALF_A_MINUTE);
        assertThat(backend.billing.applied(sessionOf("a")))
                .as("it may still ask")
                .hasSize(2);
        for (int i = 0; i < 5; i++) {
            backend.quickAfter(Duration.ofMinutes(5));
        }

        assertThat(backend.billing.applied(sessionOf("a")))
                .hasSize(3)
                .last()
                .isInstanceOfSatisfying(BillingInstruction.Adjust.class, adjust -> {
                    assertThat(adjust.unbilled()).containsExactly(new Interval(START, after(60)));
                    assertThat(adjust.total()).isEqualTo(Duration.ofMinutes(1));
                });
        assertThat(backend.sync.unbilled(sessionOf("a")))
                .as("it is said already")
                .isEmpty();
        assertThat(backend.store.journal().history(sessionOf("a")))
                .last()
                .satisfies(record -> assertThat(record.rule()).isEqualTo("adjust-after-host"));
    }

    @Test
    void whoAskedBeforeMoreWasLostIsAdjustedAllTheSame() {
        interrupted("a");
        backend.sync.unbilled(sessionOf("a"));
        backend.cloud.stop(SCOPE, address("a"));
        backend.quickAfter(HALF_A_MINUTE);
        hostEnds("a", after(100));
        backend.quickAfter(Duration.ofMinutes(10));

        assertThat(backend.billing.applied(sessionOf("a")))
                .last()
                .isInstanceOfSatisfying(
                        BillingInstruction.Adjust.class,
                        adjust -> assertThat(adjust.unbilled())
                                .containsExactly(new Interval(START, after(60)), new Interval(after(60), after(100))));
    }

    @Test
    void aMachineThatHasRunWithoutABreakWasNeverOff() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.stop(SCOPE, address("a"));
        backend.quickAfter(HALF_A_MINUTE);
        backend.cloud.put(
                SCOPE,
                address("a"),
                new Observation.Seen(
                        PowerState.RUNNING,
                        ProvisioningState.SUCCEEDED,
                        Optional.empty(),
                        Optional.of(START.minus(Duration.ofHours(2)))));
        backend.quickAfter(HALF_A_MINUTE);

        assertThat(backend.sync.unbilled(sessionOf("a"))).isEmpty();
        assertThat(backend.billing.applied(sessionOf("a")))
                .last()
                .isInstanceOfSatisfying(
                        BillingInstruction.Resume.class,
                        resume -> assertThat(resume.at()).isEqualTo(START));
    }

    @Test
    void aBlindSaveOverAnEndingIsEndedAgainReportedAndNeverBilledTwice() {
        backend.inUse("a");
        backend.quick();
        Session old = backend.row("a").session();
        Vm oldVm = backend.store.vm(new VmId("a")).orElseThrow();
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.quickAfter(HALF_A_MINUTE);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);

        backend.store.putSession(old);
        backend.store.putVm(oldVm);
        backend.cloud.start(SCOPE, address("a"));
        SyncReport report = backend.quickAfter(HALF_A_MINUTE);

        assertThat(report.findings()).extracting(Standing::kind).containsExactly(FindingKind.OVERWRITTEN);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
        assertThat(backend.row("a").session().endTime()).contains(START);
        assertThat(backend.store.vm(new VmId("a")).orElseThrow().currentSession())
                .isEmpty();
        assertThat(backend.billing.applied(sessionOf("a"))).hasSize(1);

        backend.store.putVm(oldVm);
        backend.time.pass(Duration.ofMinutes(5));
        backend.full();
        assertThat(backend.store.vm(new VmId("a")).orElseThrow().currentSession())
                .isEmpty();
        assertThat(backend.billing.applied(sessionOf("a"))).hasSize(1);
    }

    @Test
    void aHostThatEndsWhatItSavedOverOurEndingBillsNoMoreThanWeDid() {
        backend.inUse("a");
        backend.quick();
        Session old = backend.row("a").session();
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.quickAfter(HALF_A_MINUTE);
        backend.store.putSession(old);
        hostEnds("a", after(45));

        assertThat(backend.sync.unbilled(sessionOf("a"))).containsExactly(new Gap(START, Optional.empty()));
    }

    @Test
    void whoeverAsksAgainGetsTheSameAnswerOnceTheBillIsClosedToo() {
        interrupted("a");
        List<Gap> unbilled = backend.sync.unbilled(sessionOf("a"));
        hostEnds("a", after(90));
        backend.quickAfter(Duration.ofMinutes(10));

        assertThat(backend.sync.unbilled(sessionOf("a"))).isEqualTo(unbilled).isNotEmpty();
    }

    @Test
    void theHostsOwnWayToEndASessionIsAskedUntilItsRowSaysSo() {
        List<String> asked = new ArrayList<>();
        backend.inUse("a");
        backend.start(builder -> builder.withSessionEnder((managed, transition) -> {
            asked.add(managed.sessionId().orElseThrow() + " "
                    + transition.sessionEnd().orElseThrow().billable());
            if (asked.size() == 1) {
                throw new UnavailableException("not now");
            }
            hostEnds("a", transition.sessionEnd().orElseThrow().endTime());
        }));
        backend.quick();
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.quickAfter(HALF_A_MINUTE);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
        for (int i = 0; i < 3; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }

        assertThat(asked).containsExactly("session-of-a PT1H", "session-of-a PT1H");
        assertThat(backend.status("a")).isEqualTo(SessionStatus.COMPLETED);
        assertThat(backend.billing.applied(sessionOf("a"))).singleElement().isInstanceOf(BillingInstruction.Stop.class);
    }
}
