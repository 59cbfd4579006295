package com.berryfi.vmsync.rule;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SESSION;
import static com.berryfi.vmsync.rule.Rulings.ago;
import static com.berryfi.vmsync.rule.Rulings.effects;
import static com.berryfi.vmsync.rule.Rulings.held;
import static com.berryfi.vmsync.rule.Rulings.minutes;
import static com.berryfi.vmsync.rule.Rulings.report;
import static com.berryfi.vmsync.rule.Rulings.ruleOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.Story;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncPolicy;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Machines that serve nobody: {@link WatchRunning}, {@link WatchStopped} and {@link DeallocateOrphan}. */
class OrphanTest {

    /** 15 min until it is reported, then 30 min more. */
    private static final SyncPolicy GIVEN_BACK = SyncPolicy.standard().withQuarantine(minutes(30));

    private static final Duration DUE = minutes(45);

    @ParameterizedTest
    @CsvSource({
        "RUNNING, RUNNING, watch-running, ORPHAN",
        "AVAILABLE, RUNNING, watch-running, ORPHAN",
        "ASSIGNED, RUNNING, watch-running, ORPHAN",
        "ERROR, RUNNING, watch-running, ORPHAN",
        "STOPPED, STOPPED, watch-stopped, STOPPED_STILL_BILLED",
        "AVAILABLE, STOPPED, watch-stopped, STOPPED_STILL_BILLED",
        "ASSIGNED, STOPPED, watch-stopped, STOPPED_STILL_BILLED",
        "ERROR, STOPPED, watch-stopped, STOPPED_STILL_BILLED"
    })
    void itIsLawfulForAWhileAndAFindingAfter(VmStatus believed, PowerState power, String rule, FindingKind finding) {
        Story story = Story.of(believed, power).byList();

        assertThat(ruleOf(story.seenFor(minutes(15).minusMillis(1)))).isEqualTo(rule);
        assertThat(effects(story)).isEmpty();
        assertThat(Rulings.of(story).held()).isEmpty();
        assertThat(ruleOf(story.seenFor(minutes(15)))).isEqualTo(rule);
        assertThat(effects(story)).containsExactly(report(finding, ago(minutes(15))));
        assertThat(Rulings.of(story).because())
                .isEqualTo((power == PowerState.RUNNING
                                ? "the VM runs without a session"
                                : "the VM is stopped, not deallocated, without a session")
                        + " since " + ago(minutes(15)) + ", believed " + believed);
    }

    @Test
    void withoutTheHostsWishItIsNeverGivenBack() {
        assertThat(ruleOf(Story.of(VmStatus.AVAILABLE, PowerState.RUNNING).seenFor(Duration.ofDays(9))))
                .isEqualTo("watch-running");
    }

    @ParameterizedTest
    @CsvSource({"AVAILABLE, RUNNING", "RUNNING, RUNNING", "AVAILABLE, STOPPED", "STOPPED, STOPPED"})
    void afterItsQuarantineItIsGivenBackOnADirectRead(VmStatus believed, PowerState power) {
        FindingKind kind = power == PowerState.RUNNING ? FindingKind.ORPHAN : FindingKind.STOPPED_STILL_BILLED;
        Story story = Story.of(believed, power).under(GIVEN_BACK).seenFor(DUE);

        assertThat(ruleOf(story)).isEqualTo("deallocate-orphan");
        assertThat(effects(story))
                .containsExactly(report(kind, ago(DUE)), new Effect.Deallocate("Auto-deallocated: orphan"));
        assertThat(Rulings.of(story).held()).isEmpty();
        assertThat(Rulings.of(story).because())
                .isEqualTo("the VM is " + power + " without a session since " + ago(DUE) + ", believed " + believed);
        assertThat(effects(story.byList())).containsExactly(report(kind, ago(DUE)));
        assertThat(held(story))
                .isEqualTo(new Held(Held.Reason.QUARANTINE, Optional.empty(), Held.ReleasedBy.DIRECT_READ));
    }

    @Test
    void notAMomentBefore() {
        Story story = Story.of(VmStatus.AVAILABLE, PowerState.RUNNING)
                .under(GIVEN_BACK)
                .seenFor(DUE.minusMillis(1));

        assertThat(ruleOf(story)).isEqualTo("watch-running");
        assertThat(effects(story)).containsExactly(report(FindingKind.ORPHAN, ago(DUE.minusMillis(1))));
    }

    @Test
    void whatTheHostHasJustChangedIsNotGivenBack() {
        Story story = Story.of(VmStatus.RUNNING, PowerState.RUNNING)
                .under(GIVEN_BACK)
                .seenFor(DUE)
                .changedByHost(minutes(2));

        assertThat(ruleOf(story)).isEqualTo("deallocate-orphan");
        assertThat(effects(story)).containsExactly(report(FindingKind.ORPHAN, ago(DUE)));
        assertThat(held(story))
                .isEqualTo(new Held(Held.Reason.FENCE, Optional.of(NOW.plus(minutes(3))), Held.ReleasedBy.TIME));
        assertThat(effects(story.changedByHost(minutes(5)))).hasAtLeastOneElementOfType(Effect.Deallocate.class);
    }

    @ParameterizedTest
    @CsvSource({"ASSIGNED, RUNNING", "ERROR, RUNNING", "ASSIGNED, STOPPED", "ERROR, STOPPED"})
    void whatSomebodyMayClaimIsNeverGivenBack(VmStatus believed, PowerState power) {
        Story story = Story.of(believed, power).under(GIVEN_BACK);

        assertThat(ruleOf(story)).startsWith("watch-");
        assertThat(effects(story)).singleElement().isInstanceOf(Effect.Report.class);
    }

    @Test
    void aMachineWhoseRowNamesASessionIsNeverGivenBack() {
        assertThat(ruleOf(Story.of(VmStatus.RUNNING, PowerState.RUNNING)
                        .under(GIVEN_BACK)
                        .naming(Optional.of(SESSION))))
                .isEqualTo("watch-running");
        assertThat(ruleOf(Story.of(VmStatus.STOPPED, PowerState.STOPPED)
                        .under(GIVEN_BACK)
                        .naming(Optional.of(SESSION))))
                .isEqualTo("watch-stopped");
    }

    @Test
    void whatIsInUseOrToBeMendedIsNoOrphan() {
        assertThat(ruleOf(Story.of(VmStatus.RUNNING, SessionStatus.ACTIVE, PowerState.RUNNING)
                        .under(GIVEN_BACK)))
                .isEqualTo("agree-in-step");
        assertThat(ruleOf(Story.of(VmStatus.STOPPED, PowerState.RUNNING).under(GIVEN_BACK)))
                .isEqualTo("follow-power");
        assertThat(ruleOf(Story.of(VmStatus.AVAILABLE, PowerState.DEALLOCATED).under(GIVEN_BACK)))
                .isEqualTo("agree-in-step");
    }
}
