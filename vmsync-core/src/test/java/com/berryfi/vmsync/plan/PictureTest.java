package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.plan.Told.ONE;
import static com.berryfi.vmsync.plan.Told.TWO;
import static com.berryfi.vmsync.plan.Told.full;
import static com.berryfi.vmsync.plan.Told.quick;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.ScopeStatus;
import com.berryfi.vmsync.model.ScopeStatus.Unreadable;
import com.berryfi.vmsync.model.Standing;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.SyncStatus;
import com.berryfi.vmsync.model.UnknownCause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What reports come to, one after another. */
class PictureTest {

    private static final Instant LATER = NOW.plusSeconds(30);
    private static final Instant LAST = NOW.plusSeconds(60);

    private static Picture after(Told... reports) {
        Picture picture = Picture.blank(true, false, Duration.ofSeconds(30), Duration.ofMinutes(5));
        for (Told report : reports) {
            picture = picture.after(report.report());
        }
        return picture;
    }

    private static SyncStatus status(Told... reports) {
        return after(reports).status(new Knowledge(Map.of(), NOW, List.of()), LAST);
    }

    private static List<String> findings(SyncStatus status) {
        return status.findings().stream()
                .map(finding -> finding.kind() + " " + finding.vm())
                .toList();
    }

    private static Optional<Unreadable> unreadable(Told... reports) {
        return status(reports).scopes().stream()
                .filter(scope -> scope.scope().equals(ONE))
                .findFirst()
                .flatMap(ScopeStatus::unreadable);
    }

    @Test
    void aQuickSyncSpeaksOfVmsInUseAndLeavesTheOthersWhatTheyWere() {
        Told first = full(NOW)
                .read(ONE)
                .inUse(ONE, "used", FindingKind.STUCK_OPERATION)
                .idle(ONE, "idle", FindingKind.ORPHAN);
        assertThat(findings(status(first, quick(LATER).read(ONE)))).containsExactly("ORPHAN idle");
        assertThat(findings(status(first, full(LATER).read(ONE)))).isEmpty();
    }

    @Test
    void whatCouldNotBeReadTakesNothingAwayAndAddsWhatWasSeen() {
        Told first = full(NOW)
                .read(ONE)
                .inUse(ONE, "used", FindingKind.STUCK_OPERATION)
                .idle(ONE, "idle", FindingKind.ORPHAN);
        Told failed = quick(LATER).failed(ONE, UnknownCause.TIMED_OUT).inUse(ONE, "more", FindingKind.ROWS_DISAGREE);
        assertThat(findings(status(first, failed)))
                .containsExactlyInAnyOrder("ORPHAN idle", "STUCK_OPERATION used", "ROWS_DISAGREE more");
    }

    @Test
    void aScopeThatIsNotNamedHasNoVmInUseOrNoRowAtAll() {
        Told first = full(NOW)
                .read(ONE)
                .read(TWO)
                .inUse(ONE, "used", FindingKind.STUCK_OPERATION)
                .idle(ONE, "idle", FindingKind.ORPHAN);
        SyncStatus quick = status(first, quick(LATER).read(TWO));
        assertThat(findings(quick)).containsExactly("ORPHAN idle");
        assertThat(quick.scopes()).hasSize(2);
        assertThat(quick.scopes().get(0).live()).isZero();
        assertThat(quick.scopes().get(0).oldestUnverified()).isEmpty();
        assertThat(status(first, full(LATER).read(TWO)).scopes())
                .extracting(ScopeStatus::scope)
                .containsExactly(TWO);
    }

    @Test
    void aCycleThatTheDatabaseCostSaysNothingOfWhatItDidNotMeet() {
        Told first = full(NOW)
                .read(ONE)
                .idle(ONE, "idle", FindingKind.ORPHAN)
                .stray(TWO, "gone")
                .problem("vm x");
        SyncStatus status = status(first, full(LATER).lost());
        assertThat(findings(status)).containsExactlyInAnyOrder("ORPHAN idle", "REMOVED_BUT_ALIVE gone");
        assertThat(status.badRows().orElseThrow().rows()).hasSize(1);
        assertThat(status.database()).contains(new SyncStatus.Lost(LATER, "as planned", 1));
        assertThat(status(first, full(LATER).lost(), full(LAST).lost())
                        .database()
                        .orElseThrow()
                        .times())
                .isEqualTo(2);
        assertThat(status(first, full(LATER).lost(), quick(LAST).read(ONE)).database())
                .isEmpty();
        SyncStatus partly = status(first, full(LATER).notEvenLookedAt(ONE, UnknownCause.DATABASE));
        assertThat(partly.database()).isPresent();
        assertThat(partly.scopes().get(0).unreadable())
                .as("it is not the cloud's fault")
                .isEmpty();
        assertThat(findings(partly)).contains("ORPHAN idle");
    }

    @Test
    void machinesWhoseRowsAreGoneStandUntilAFullSyncDoesNotNameThem() {
        Told first = full(NOW).read(ONE).stray(TWO, "gone");
        assertThat(findings(status(first))).containsExactly("REMOVED_BUT_ALIVE gone");
        assertThat(findings(status(first, quick(LATER).read(ONE)))).hasSize(1);
        assertThat(findings(status(first, full(LATER).read(ONE)))).isEmpty();
        assertThat(findings(status(first, full(LATER).read(ONE).left(TWO)))).isEmpty();
    }

    @Test
    void aFailureBelongsToTheKindOfSyncThatMetIt() {
        Told quick = quick(NOW).failed(ONE, UnknownCause.FORBIDDEN);
        assertThat(unreadable(quick)).contains(new Unreadable(UnknownCause.FORBIDDEN, "as planned", NOW, 1));
        assertThat(unreadable(quick, quick(LATER).failed(ONE, UnknownCause.FORBIDDEN))
                        .orElseThrow()
                        .times())
                .isEqualTo(2);
        assertThat(unreadable(quick, full(LATER).read(ONE))).isEmpty();
        assertThat(unreadable(
                        full(NOW).failed(ONE, UnknownCause.FORBIDDEN),
                        quick(LATER).read(ONE)))
                .as("the full sync asks for more")
                .isPresent();
    }

    @Test
    void whoWasNotAskedWasNotRefusedAndAnotherMatterIsTakenUpWhenItShowsTwice() {
        Told refused = quick(NOW).failed(ONE, UnknownCause.FORBIDDEN);
        assertThat(unreadable(refused, quick(LATER).failed(ONE, UnknownCause.LEFT_ALONE)))
                .contains(new Unreadable(UnknownCause.FORBIDDEN, "as planned", NOW, 2));
        Told late = quick(LATER).failed(ONE, UnknownCause.TIMED_OUT);
        assertThat(unreadable(refused, late)).contains(new Unreadable(UnknownCause.FORBIDDEN, "as planned", NOW, 2));
        assertThat(unreadable(refused, late, quick(LAST).failed(ONE, UnknownCause.SERVER_ERROR)))
                .contains(new Unreadable(UnknownCause.SERVER_ERROR, "as planned", LATER, 3));
        assertThat(unreadable(refused, late, refused, late))
                .as("now this, now that")
                .contains(new Unreadable(UnknownCause.FORBIDDEN, "as planned", NOW, 4));
    }

    @Test
    void whatAnotherReplicaSyncsIsItsOwnToTell() {
        Told first = full(NOW)
                .read(ONE)
                .inUse(ONE, "used", FindingKind.STUCK_OPERATION)
                .idle(ONE, "idle", FindingKind.ORPHAN);
        SyncStatus withoutFull = status(
                first,
                quick(NOW).read(ONE).inUse(ONE, "used", FindingKind.MISSING),
                full(LATER).left(ONE));
        assertThat(findings(withoutFull)).containsExactly("MISSING used");
        assertThat(withoutFull.elsewhere()).isEqualTo(Map.of(ONE, Set.of(SyncKind.FULL)));
        assertThat(withoutFull.scopes().get(0).live()).isEqualTo(1);

        Told fullOnly =
                full(LAST).read(ONE).inUse(ONE, "used", FindingKind.MISSING).idle(ONE, "idle", FindingKind.ORPHAN);
        SyncStatus withoutQuick = status(first, quick(LATER).left(ONE), fullOnly);
        assertThat(findings(withoutQuick)).containsExactly("ORPHAN idle");
        assertThat(withoutQuick.scopes().get(0).oldestUnverified())
                .as("the replica that reads it every half a minute knows better")
                .isEmpty();

        SyncStatus withoutBoth =
                status(first, quick(LATER).left(ONE), full(LATER).left(ONE));
        assertThat(withoutBoth.scopes()).isEmpty();
        assertThat(withoutBoth.findings()).isEmpty();
        assertThat(status(
                                first,
                                quick(LATER).left(ONE),
                                full(LATER).left(ONE),
                                quick(LAST).read(ONE))
                        .elsewhere())
                .isEqualTo(Map.of(ONE, Set.of(SyncKind.FULL)));
    }

    @Test
    void badRowsStandUntilAFullSyncCanWorkWithThem() {
        Told first = full(NOW).read(ONE).problem("vm x").problem(SyncReport.BILLING);
        SyncStatus quick = status(first, quick(LATER).read(ONE).problem("vm y"));
        assertThat(quick.badRows().orElseThrow().rows())
                .extracting(Object::toString)
                .hasSize(2);
        assertThat(quick.badRows().orElseThrow().since()).isEqualTo(NOW);
        assertThat(status(first, full(LATER).read(ONE)).badRows()).isEmpty();
    }

    @Test
    void findingsComeOldestFirst() {
        SyncStatus status = status(
                full(NOW).read(ONE).read(TWO).idle(TWO, "z", FindingKind.ORPHAN),
                quick(LATER).read(ONE).inUse(ONE, "a", FindingKind.MISSING));
        assertThat(status.findings()).extracting(Standing::since).containsExactly(NOW, LATER);
    }
}
