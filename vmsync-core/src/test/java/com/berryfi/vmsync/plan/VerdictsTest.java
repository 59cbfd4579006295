package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SCOPE;
import static com.berryfi.vmsync.Samples.SESSION;
import static com.berryfi.vmsync.Samples.VM;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.Samples;
import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.VmStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When people are told, and what. */
class VerdictsTest {

    private static final Held WAIT = new Held(Held.Reason.CONFIRMATION, Optional.empty(), Held.ReleasedBy.DIRECT_READ);
    private static final Decision HELD = Decision.held("end-when-stopped", "because", WAIT);
    private static final Decision NOTHING = Decision.nothing("agree-in-step", "because");

    private Scene scene = Scene.inUse(PowerState.STOPPED);

    @Test
    void aVerdictIsNewUntilItWasTold() {
        assertThat(isNew(HELD, "")).isTrue();
        assertThat(isNew(HELD, "end-when-stopped")).isTrue();
        assertThat(isNew(HELD, "end-when-stopped:CONFIRMATION")).isFalse();
        assertThat(ChangePlan.isNewVerdict(HELD, scene.untracked(), scene.facts()))
                .isTrue();
    }

    @Test
    void ofWhatIsStaleOrUnknownNothingIsTold() {
        scene.readAt = NOW.plusMillis(1);
        assertThat(isNew(HELD, "")).isFalse();
        scene.readAt = NOW;
        scene.observation = Scene.unknown();
        assertThat(isNew(HELD, "")).isFalse();
        scene.observation = Samples.notListed();
        assertThat(isNew(HELD, "")).isTrue();
    }

    @Test
    void thatASessionIsInStepAgainIsToldOnce() {
        scene = Scene.inUse(PowerState.RUNNING);
        assertThat(isNew(NOTHING, "end-when-stopped:CONFIRMATION")).isTrue();
        assertThat(isNew(NOTHING, "")).isFalse();
        assertThat(ChangePlan.isNewVerdict(NOTHING, scene.untracked(), scene.facts()))
                .isFalse();

        scene = Scene.idle(VmStatus.STOPPED, PowerState.DEALLOCATED);
        assertThat(isNew(NOTHING, "follow-power")).as("no session").isFalse();
    }

    @Test
    void whatIsInStepAndYetWaitsOrActsIsAVerdict() {
        scene = Scene.inUse(PowerState.RUNNING);
        assertThat(isNew(HELD, "")).isTrue();
        assertThat(isNew(
                        Decision.act(
                                "watch", "because", List.of(new Effect.Report(FindingKind.ROWS_DISAGREE, NOW, "text"))),
                        ""))
                .isTrue();
    }

    @Test
    void whatIsDoneIsAuditedThoughItsVerdictWasToldBefore() {
        Decision acting = Decision.act("rule", "because", List.of(new Effect.SuspendMetering(NOW, "off")));

        assertThat(audit(acting, "rule", Mode.ACT)).hasSize(1);
        assertThat(audit(Decision.nothing("other", "because"), "rule", Mode.ACT))
                .hasSize(1);
        scene.proven = Optional.of(NOW);
        assertThat(audit(Decision.nothing("rule", "because"), "rule", Mode.ACT))
                .as("another proof is to be remembered, not told")
                .isEmpty();
        assertThat(audit(acting, "rule", Mode.OBSERVE)).isEmpty();
    }

    @Test
    void aRecordHoldsBothSides() {
        Decision decision = new Decision(
                "end-when-stopped",
                "because",
                List.of(new Effect.SuspendMetering(NOW, "off"), new Effect.SetVmStatus(VmStatus.STOPPED)),
                Optional.of(WAIT));

        assertThat(audit(decision, "", Mode.ALERT))
                .containsExactly(new AuditRecord(
                        NOW,
                        "cycle-1",
                        VM,
                        Optional.of(SESSION),
                        SCOPE,
                        "end-when-stopped",
                        Mode.ALERT,
                        "because",
                        VmStatus.RUNNING,
                        Optional.of(SessionStatus.ACTIVE),
                        scene.evidence(),
                        List.of("billing suspended as of " + NOW, "VM -> STOPPED"),
                        Optional.of(WAIT)));
    }

    private boolean isNew(Decision decision, String told) {
        return ChangePlan.isNewVerdict(decision, scene.remembered(told), scene.facts());
    }

    private List<AuditRecord> audit(Decision decision, String told, Mode mode) {
        ChangePlan.Terms terms = new ChangePlan.Terms(mode, false, true, false, "cycle-1");
        return ChangePlan.of(scene.facts(), decision, scene.remembered(told), terms)
                .orElseThrow()
                .change()
                .audit();
    }
}
