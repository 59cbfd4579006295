package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SESSION;
import static com.berryfi.vmsync.Samples.VM;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Tombstone;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FreshnessTest {

    private static final Duration QUICK = Duration.ofSeconds(30);
    private static final Duration FULL = Duration.ofMinutes(5);
    private static final Decision STATUS = acting(new Effect.SetVmStatus(VmStatus.RUNNING));
    private static final Decision MONEY = acting(new Effect.SuspendMetering(NOW, "off"));
    private static final Decision FINDING = acting(new Effect.Report(FindingKind.ORPHAN, NOW, "runs"));

    private final Scene scene = Scene.inUse(PowerState.STOPPED);

    @Test
    void aStatusMayRestOnEvidenceAsOldAsTheInterval() {
        assertThat(holds(STATUS, FULL, FULL)).isTrue();
        assertThat(holds(STATUS, FULL.plusMillis(1), FULL)).isFalse();
        assertThat(holds(STATUS, QUICK, QUICK)).isTrue();
        assertThat(holds(STATUS, QUICK.plusMillis(1), QUICK)).isFalse();
    }

    @Test
    void anEndingOrABillMayRestOnAMinuteAtMost() {
        assertThat(holds(MONEY, Duration.ofSeconds(60), FULL)).isTrue();
        assertThat(holds(MONEY, Duration.ofSeconds(60).plusMillis(1), FULL)).isFalse();
        assertThat(holds(MONEY, QUICK.plusMillis(1), QUICK)).isFalse();
        assertThat(holds(MONEY, QUICK, QUICK)).isTrue();
    }

    @Test
    void whatChangesNothingIsNeverTooOld() {
        assertThat(holds(FINDING, Duration.ofDays(1), QUICK)).isTrue();
        assertThat(holds(Decision.nothing("rule", "because"), Duration.ofDays(1), QUICK))
                .isTrue();
    }

    @Test
    void anEndingOrABillNeedsAFreshDirectReadThatSaysSomething() {
        assertThat(lacksProof(MONEY)).isFalse();

        scene.kind = ReadKind.LIST;
        assertThat(lacksProof(MONEY)).isTrue();
        assertThat(lacksProof(STATUS)).as("a status").isFalse();
        assertThat(lacksProof(FINDING)).as("a finding").isFalse();
        scene.kind = ReadKind.DIRECT;

        scene.readAt = NOW.plusMillis(1);
        assertThat(lacksProof(MONEY)).as("stale").isTrue();
        scene.readAt = NOW;

        scene.observation = Scene.unknown();
        assertThat(lacksProof(MONEY)).as("unknown").isTrue();
        scene.observation = Scene.missing();
        assertThat(lacksProof(MONEY)).as("missing").isFalse();
    }

    @Test
    void toPutBackAnEndingThatWasProvenTakesNoNewProof() {
        scene.kind = ReadKind.LIST;
        scene.metering = Optional.of(
                Metering.untouched(SESSION, VM).buried(new Tombstone(SessionStatus.TERMINATED, NOW, "off", false)));

        assertThat(lacksProof(MONEY)).isFalse();
    }

    private boolean holds(Decision decision, Duration age, Duration interval) {
        return Freshness.holds(decision, scene.evidence(), NOW.plus(age), interval);
    }

    private boolean lacksProof(Decision decision) {
        return Freshness.lacksProof(decision, scene.facts());
    }

    private static Decision acting(Effect effect) {
        return Decision.act("rule", "because", List.of(effect));
    }
}
