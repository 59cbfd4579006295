package com.berryfi.vmsync.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.Samples;
import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Standing;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.model.VmOutcome.Result;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DriftReportTest {

    private final DriftReport report = DriftReport.of(Reports.ofEverything());

    @Test
    void whatWasNotReadCountsAsInStepNowhere() {
        assertThat(report.totals()).isEqualTo(new Totals(13, 5, 4, 4, 4, 3, 2));
        assertThat(report.isWhole()).isFalse();
    }

    @Test
    void whatWasLookedAtIsInStepOutOfStepOrUnknown() {
        Totals totals = report.totals();

        assertThat(totals.inStep() + totals.outOfStep() + totals.unknown()).isEqualTo(totals.checked());
    }

    @Test
    void theCausesAreTheRulesThatSpeakMostVmsFirst() {
        DriftReport twice = DriftReport.of(Reports.report(
                List.of(),
                List.of(
                        Reports.free("vm-1", Decision.held("a", "it is missing", Reports.confirmation()), Result.HELD),
                        Reports.free("vm-3", Decision.act("b", "off", List.of(Reports.stopped())), Result.WOULD_DO),
                        Reports.free("vm-2", Decision.act("b", "gone", List.of(Reports.stopped())), Result.WOULD_DO)),
                List.of()));

        assertThat(twice.causes()).containsExactly(new Cause("b", 2, "gone"), new Cause("a", 1, "it is missing"));
    }

    @Test
    void correctionsAreInTheOrderOfTheVmsAndWhatWentWrongIsAmongThem() {
        assertThat(report.corrections())
                .extracting(outcome -> outcome.before().id().value())
                .containsExactly("vm-2", "vm-3", "vm-6", "vm-9");
    }

    @Test
    void sessionsWaitBeforeVmsWithoutOne() {
        DriftReport waiting = DriftReport.of(Reports.report(
                List.of(),
                List.of(
                        Reports.free("vm-1", Decision.held("a", "x", Reports.confirmation()), Result.HELD),
                        Reports.inUse("vm-2", Decision.held("a", "x", Reports.confirmation()), Result.HELD)),
                List.of()));

        assertThat(waiting.waits())
                .extracting(outcome -> outcome.before().id().value())
                .containsExactly("vm-2", "vm-1");
    }

    @Test
    void findingsAreSummedByKind() {
        assertThat(report.findings())
                .extracting(Standing::kind)
                .containsExactly(FindingKind.REMOVED_BUT_ALIVE, FindingKind.ORPHAN);
        assertThat(report.costs())
                .containsExactly(
                        new Cost(FindingKind.ORPHAN, 1, Duration.ofMinutes(90)),
                        new Cost(FindingKind.REMOVED_BUT_ALIVE, 1, Duration.ofHours(2)));
        assertThat(report.lasted()).isEqualTo(Duration.ofMinutes(210));
    }

    @Test
    void theBillsStepsAreThoseOfTheEffects() {
        assertThat(report.bill())
                .containsExactly(
                        new BillStep(
                                BillStep.Kind.GAP_OPENED,
                                new VmId("vm-2"),
                                new SessionId("s-vm-2"),
                                Samples.SESSION_START,
                                "VM stopped in Azure"),
                        new BillStep(
                                BillStep.Kind.STOPPED,
                                new VmId("vm-3"),
                                new SessionId("s-vm-3"),
                                Samples.NOW,
                                "deallocated"));
        assertThat(report.count(BillStep.Kind.GAP_OPENED)).isEqualTo(1);
        assertThat(report.count(BillStep.Kind.GAP_CLOSED)).isZero();
    }

    @ParameterizedTest
    @EnumSource(value = Mode.class, mode = EnumSource.Mode.EXCLUDE, names = "ACT")
    void aRuleThatDoesNotActMovesNoBill(Mode mode) {
        assertThat(DriftReport.of(resuming(mode, Result.WOULD_DO)).bill()).isEmpty();
    }

    @Test
    void whatWasDoneMovesTheBillAndWhatFailedDoesNot() {
        assertThat(DriftReport.of(resuming(Mode.ACT, Result.DONE)).count(BillStep.Kind.GAP_CLOSED))
                .isEqualTo(1);
        assertThat(DriftReport.of(resuming(Mode.ACT, Result.LOST_RACE)).bill()).isEmpty();
    }

    @Test
    void everyVmThatTheReportSpeaksOfIsSpokenOf() {
        SyncReport everything = Reports.ofEverything();

        assertThat(Stream.concat(
                        Stream.concat(report.corrections().stream(), report.waits().stream())
                                .map(VmOutcome::before)
                                .map(before -> before.id()),
                        report.findings().stream().map(Standing::vm)))
                .containsAll(everything.outcomes().stream()
                        .map(outcome -> outcome.before().id())
                        .toList());
    }

    @Test
    void aReportOfAllThatThereIsIsWhole() {
        DriftReport whole = DriftReport.of(
                Reports.report(List.of(Reports.scope(Samples.SCOPE, 2, 2, 0, Optional.empty())), List.of(), List.of()));

        assertThat(whole.isWhole()).isTrue();
        assertThat(whole.toText()).doesNotContain("NOT EVERYTHING");
        assertThat(whole.toHtml()).doesNotContain("Not everything");
    }

    private static SyncReport resuming(Mode mode, Result result) {
        return Reports.report(
                List.of(),
                List.of(Reports.inUse(
                        "vm-1",
                        Decision.act(
                                "resume-metering", "it runs", List.of(new Effect.ResumeMetering(Samples.NOW, "runs"))),
                        mode,
                        result)),
                List.of());
    }
}
