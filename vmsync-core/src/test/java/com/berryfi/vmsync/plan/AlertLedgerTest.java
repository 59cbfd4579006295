package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.plan.Told.ONE;
import static com.berryfi.vmsync.plan.Told.TWO;
import static com.berryfi.vmsync.plan.Told.full;
import static com.berryfi.vmsync.plan.Told.quick;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SyncStatus;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.plan.AlertLedger.News;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who was told what, and what is news to him. */
class AlertLedgerTest {

    private Picture picture = Picture.blank(true, false, Duration.ofSeconds(30), Duration.ofMinutes(5));
    private AlertLedger ledger = AlertLedger.EMPTY;

    private SyncStatus status() {
        return picture.status(new Knowledge(Map.of(), NOW, List.of()), NOW);
    }

    private void look(Told report) {
        picture = picture.after(report.report());
        ledger = ledger.seeing(status());
    }

    /** What is news, after which all of it was told. */
    private List<String> tell() {
        List<News> news = ledger.news();
        news.forEach(each -> ledger = ledger.told(each));
        return news.stream()
                .map(each -> (each.isOver() ? "over " : "") + each.alert().key())
                .toList();
    }

    private static Told orphans(int from, int to) {
        Told report = full(NOW.plusSeconds(from)).read(ONE);
        IntStream.range(from, to)
                .forEach(i -> report.idle(ONE, String.format(Locale.ROOT, "vm-%03d", i), FindingKind.ORPHAN));
        return report;
    }

    @Test
    void eachIsSaidOnceAndThatItIsOverOnce() {
        look(orphans(0, 1));
        assertThat(tell()).containsExactly("ORPHAN/vm-000");
        look(orphans(0, 1));
        assertThat(tell()).isEmpty();
        look(full(NOW).read(ONE));
        assertThat(tell()).containsExactly("over ORPHAN/vm-000");
        look(full(NOW).read(ONE));
        assertThat(tell()).isEmpty();
    }

    @Test
    void whatEndsBeforeItCouldBeToldIsNeverTold() {
        look(orphans(0, 1));
        look(full(NOW).read(ONE));
        assertThat(ledger.news()).isEmpty();
    }

    @Test
    void whatWasNotSaidToBeOverIsStillToBeSaid() {
        look(orphans(0, 1));
        tell();
        look(full(NOW).read(ONE));
        look(full(NOW).read(ONE));
        assertThat(tell()).containsExactly("over ORPHAN/vm-000");
    }

    @Test
    void anotherCauseIsNewsAndStaysSoUntilItIsTold() {
        look(quick(NOW).failed(ONE, UnknownCause.FORBIDDEN));
        look(quick(NOW).failed(ONE, UnknownCause.FORBIDDEN));
        assertThat(tell()).containsExactly("FAILING_CREDENTIAL/" + ONE);
        look(quick(NOW).failed(ONE, UnknownCause.UNAUTHENTICATED));
        look(quick(NOW).failed(ONE, UnknownCause.UNAUTHENTICATED));
        look(quick(NOW).failed(ONE, UnknownCause.UNAUTHENTICATED));
        assertThat(ledger.news()).singleElement().satisfies(news -> {
            assertThat(news.isOver()).isFalse();
            assertThat(news.alert().cause()).isEqualTo("UNAUTHENTICATED");
        });
    }

    @Test
    void whoWasToldOfKeepsItsPlaceAmongTheHundred() {
        look(orphans(100, 300));
        assertThat(tell()).hasSize(101).contains("ORPHAN/vm-100", "ORPHAN/vm-199", "ORPHAN/more");
        look(orphans(0, 300));
        assertThat(tell()).as("older ones that come later").isEmpty();
        look(orphans(150, 300));
        assertThat(tell())
                .hasSize(100)
                .contains("over ORPHAN/vm-100", "over ORPHAN/vm-149", "ORPHAN/vm-200", "ORPHAN/vm-249")
                .doesNotContain("ORPHAN/more", "over ORPHAN/more");
        look(orphans(250, 300));
        assertThat(tell()).contains("over ORPHAN/more", "ORPHAN/vm-299").hasSize(151);
    }

    @Test
    void whatAnotherReplicaTakesOverIsNotSaidToBeOver() {
        look(full(NOW).read(ONE).read(TWO).idle(ONE, "a", FindingKind.ORPHAN).idle(TWO, "b", FindingKind.ORPHAN));
        tell();
        look(full(NOW).left(ONE).read(TWO));
        assertThat(tell()).containsExactly("over ORPHAN/b");
        assertThat(ledger.told()).isEmpty();
    }

    @Test
    void whatEndsWhileAnotherReplicaMakesTheOtherKindOfSyncIsSaidToBeOver() {
        look(full(NOW).left(ONE));
        look(quick(NOW).read(ONE).inUse(ONE, "a", FindingKind.STUCK_OPERATION));
        assertThat(tell()).containsExactly("STUCK_OPERATION/a");
        look(quick(NOW).read(ONE));
        assertThat(tell()).containsExactly("over STUCK_OPERATION/a");
    }

    @Test
    void billsThatAnotherReplicaDeliversFromNowOnAreNotSaidToBeOver() {
        BillingInstruction parked =
                new BillingInstruction.Suspend(new BillingKey(new SessionId("s"), 1), new VmId("a"), NOW, "as planned");
        picture = picture.billed(NOW, Optional.of(0), List.of(parked));
        look(full(NOW).read(ONE));
        assertThat(tell()).containsExactly("POISON/s#1");
        picture = picture.billed(NOW, Optional.empty(), List.of());
        look(full(NOW).read(ONE));
        assertThat(tell()).isEmpty();
        picture = picture.billed(NOW, Optional.of(0), List.of(parked));
        look(full(NOW).read(ONE));
        tell();
        picture = picture.billed(NOW, Optional.of(0), List.of());
        look(full(NOW).read(ONE));
        assertThat(tell()).containsExactly("over POISON/s#1");
    }
}
