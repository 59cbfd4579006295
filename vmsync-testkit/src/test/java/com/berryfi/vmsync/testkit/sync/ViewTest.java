package com.berryfi.vmsync.testkit.sync;

import static com.berryfi.vmsync.testkit.sync.Backend.SCOPE;
import static com.berryfi.vmsync.testkit.sync.Backend.address;
import static com.berryfi.vmsync.testkit.sync.Backend.outcome;
import static com.berryfi.vmsync.testkit.sync.Backend.sessionOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.View;
import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome.Result;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.rule.Rule;
import com.berryfi.vmsync.rule.StandardRules;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What operators see and order. */
class ViewTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final Backend backend = new Backend();

    @Test
    void aPreviewSaysWhatAFullSyncThenDoesAndDoesNothing() {
        backend.inUse("a").vm("b", VmStatus.RUNNING, PowerState.DEALLOCATED);
        backend.full();
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.time.pass(HALF_A_MINUTE);

        SyncReport preview = backend.sync.view().preview();
        assertThat(outcome(preview, "a").result()).isEqualTo(Result.WOULD_DO);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
        assertThat(backend.store.journal().history(sessionOf("a"))).isEmpty();

        SyncReport done = backend.full();
        assertThat(outcome(done, "a").result()).isEqualTo(Result.DONE);
        assertThat(outcome(done, "a").decision())
                .isEqualTo(outcome(preview, "a").decision());
    }

    @Test
    void everySessionIsExplainedInPlainWords() {
        backend.inUse("a").inUse("b");
        backend.quick();
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.cloud.vanish(SCOPE, address("b"));
        backend.quickAfter(HALF_A_MINUTE);

        assertThat(backend.sync.view().explain(sessionOf("a")))
                .contains("session-of-a is TERMINATED")
                .contains("vmsync ended it")
                .contains("end-when-deallocated")
                .contains("a direct read");
        assertThat(backend.sync.view().explain(sessionOf("b")))
                .contains("session-of-b is ACTIVE")
                .contains("has not ended it")
                .contains("may be found again");
        assertThat(backend.sync.view().explain(new SessionId("nobody"))).contains("has no row");
    }

    @Test
    void theAuditOfASessionAndTheBillsOfWhichSomethingIsLeftOut() {
        backend.inUse("a").inUse("b").inUse("c");
        backend.quick();
        backend.sync.operator().hold(new VmId("a"), "under repair");
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.cloud.deallocate(SCOPE, address("b"));
        backend.quickAfter(HALF_A_MINUTE);

        View view = backend.sync.view();
        assertThat(view.bills()).extracting(Metering::session).containsExactly(sessionOf("a"));
        assertThat(view.bills().get(0).openGap()).isPresent();
        assertThat(view.bill(sessionOf("b")).orElseThrow().stopped()).isTrue();
        assertThat(view.bill(sessionOf("c"))).isEmpty();
        assertThat(view.history(sessionOf("b")))
                .isEqualTo(backend.store.journal().history(sessionOf("b")))
                .extracting(AuditRecord::rule)
                .containsExactly("end-when-deallocated");
        assertThat(view.history(sessionOf("c"))).isEmpty();
    }

    @Test
    void aHoldIsObeyedUntilItIsReleasedAndTheBillPauses() {
        backend.inUse("a");
        backend.quick();
        Order hold = backend.sync.operator().hold(new VmId("a"), "under repair");
        backend.cloud.deallocate(SCOPE, address("a"));
        for (int i = 0; i < 5; i++) {
            SyncReport report = backend.quickAfter(HALF_A_MINUTE);
            assertThat(outcome(report, "a").decision().held()).map(Held::reason).contains(Held.Reason.HOLD);
        }
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
        assertThat(backend.store.metering(sessionOf("a")).orElseThrow().openGap())
                .isPresent();

        assertThat(backend.sync.operator().release(hold.id())).isTrue();
        backend.quickAfter(HALF_A_MINUTE);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
    }

    @Test
    void whatTheCloudSaidLastIsKnown() {
        backend.inUse("a");
        assertThat(backend.sync.view().lastKnown(new VmId("a"))).isEmpty();
        backend.quick();
        assertThat(backend.sync.view().lastKnown(new VmId("a")).orElseThrow().power())
                .isEqualTo(PowerState.RUNNING);
    }

    @Test
    void aHintIsFollowedByAReadAndIsNeverAFact() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.clearRequests();
        backend.sync.hint(new VmId("a"));
        backend.sync.hint(new VmId("a"));
        backend.sync.hint(new VmId("nobody"));
        backend.time.tick(Duration.ofSeconds(1));

        assertThat(backend.cloud.directReads()).isEqualTo(1);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
    }

    @Test
    void aBookThatDecidesTwiceOrNotAtAllIsRefusedAsItIsBuilt() {
        assertThatThrownBy(() -> backend.start(builder -> builder.withRules(
                        StandardRules.book().insertBefore("agree-in-step", new AnotherAgreement(), Mode.ACT))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another-agreement");
    }

    private static final class AnotherAgreement implements Rule {
        @Override
        public String id() {
            return "another-agreement";
        }

        @Override
        public String sentence() {
            return "Both sides agree, says another.";
        }

        @Override
        public Optional<Decision> decide(Facts facts) {
            return facts.inStep() ? Optional.of(Decision.nothing(id(), "in step")) : Optional.empty();
        }
    }
}
