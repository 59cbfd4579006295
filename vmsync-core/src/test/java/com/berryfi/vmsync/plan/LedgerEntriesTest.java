package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SESSION;
import static com.berryfi.vmsync.Samples.VM;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.Interval;
import com.berryfi.vmsync.model.Lapse;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Tombstone;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What each effect enters in a bill. */
class LedgerEntriesTest {

    private static final Metering NEW = Metering.untouched(SESSION, VM);
    private static final Gap CLOSED = new Gap(at(5), Optional.of(at(10)));
    private static final Gap OPEN = new Gap(at(20), Optional.empty());

    @Test
    void aSuspensionOpensAGapAndSaysSo() {
        Ledger.Entry entry = enter(with(CLOSED), new Effect.SuspendMetering(at(20), "off"));

        assertThat(entry.metering().gaps()).containsExactly(CLOSED, OPEN);
        assertThat(entry.metering().stopped()).isFalse();
        assertThat(entry.instruction())
                .contains(new BillingInstruction.Suspend(new BillingKey(SESSION, 2), VM, at(20), "off"));
    }

    @Test
    void aResumptionClosesTheGapAndSaysSo() {
        Ledger.Entry entry = enter(with(CLOSED, OPEN), new Effect.ResumeMetering(at(30), "runs"));

        assertThat(entry.metering().gaps()).containsExactly(CLOSED, new Gap(at(20), Optional.of(at(30))));
        assertThat(entry.metering().stopped()).isFalse();
        assertThat(entry.instruction())
                .contains(new BillingInstruction.Resume(new BillingKey(SESSION, 2), VM, at(30), "runs"));
    }

    @Test
    void aGapThatNeverWasIsRestored() {
        for (Instant restored : List.of(at(20), at(19))) {
            Ledger.Entry entry = enter(with(CLOSED, OPEN), new Effect.ResumeMetering(restored, "never off"));
            assertThat(entry.metering().gaps()).containsExactly(CLOSED);
        }
    }

    @Test
    void whoeverSuspendedASessionItIsResumed() {
        Ledger.Entry entry = enter(NEW, new Effect.ResumeMetering(at(3), "runs"));

        assertThat(entry.metering().gaps()).isEmpty();
        assertThat(entry.instruction()).isPresent();
        assertThat(enter(with(CLOSED), new Effect.ResumeMetering(at(30), "runs"))
                        .metering()
                        .gaps())
                .containsExactly(CLOSED);
    }

    @Test
    void aSuspensionAfterAnInterruptionThatWasOverMakesThatAGapOfItsOwn() {
        Metering back = NEW.lapsed(Optional.of(new Lapse(at(20), at(21)))).back(at(25));

        assertThat(enter(back, new Effect.SuspendMetering(at(30), "stuck"))
                        .metering()
                        .gaps())
                .containsExactly(new Gap(at(20), Optional.of(at(25))), new Gap(at(30), Optional.empty()));
        assertThat(enter(back, new Effect.SuspendMetering(at(20), "was off"))
                        .metering()
                        .gaps())
                .as("that very interruption")
                .containsExactly(OPEN);
    }

    @Test
    void aHostThatBillsItselfLeavesOutTheGapsItWasNotAdjustedBy() {
        Session ended = session(Optional.of(at(0)), Optional.of(at(40)));
        Metering asked = with(CLOSED, OPEN).askedFor();

        assertThat(Ledger.leftOut(with(CLOSED, OPEN))).containsExactly(CLOSED, OPEN);
        assertThat(Ledger.leftOut(Ledger.endedByHost(asked, ended, NOW).metering()))
                .as("asked again after the bill was closed")
                .containsExactly(CLOSED, OPEN);
        assertThat(Ledger.leftOut(
                        Ledger.endedByHost(with(CLOSED, OPEN), ended, NOW).metering()))
                .as("adjusted")
                .isEmpty();
    }

    @Test
    void aHostThatBillsASessionThatWeEndedLeavesOutWhatWeDid() {
        for (Metering metering : List.of(with(CLOSED, OPEN), with(CLOSED, OPEN).askedFor())) {
            Metering ended = enter(metering, new Effect.EndSession(SessionStatus.TERMINATED, at(30), "end", true))
                    .metering();
            Ledger.Entry stop = enter(ended, new Effect.StopMetering(at(30), "end"));
            List<Gap> leftOut = Ledger.leftOut(stop.metering());

            assertThat(leftOut)
                    .containsExactly(CLOSED, new Gap(at(20), Optional.of(at(30))), new Gap(at(30), Optional.empty()));
            assertThat(stop.instruction())
                    .get()
                    .isInstanceOfSatisfying(
                            BillingInstruction.Stop.class,
                            said -> assertThat(said.billed()).isEqualTo(Ledger.billed(at(0), at(50), leftOut)));
        }
        Metering later = NEW.lapsed(Optional.of(new Lapse(at(20), at(21))))
                .back(at(35))
                .buried(new Tombstone(SessionStatus.TERMINATED, at(30), "end", true));
        assertThat(Ledger.leftOut(later))
                .containsExactly(new Gap(at(20), Optional.of(at(30))), new Gap(at(30), Optional.empty()));
    }

    @Test
    void aStopClosesTheGapThatLasts() {
        Ledger.Entry entry = enter(with(OPEN), new Effect.StopMetering(at(30), "end"));

        assertThat(entry.metering().gaps()).containsExactly(new Gap(at(20), Optional.of(at(30))));
        assertThat(entry.instruction())
                .contains(new BillingInstruction.Stop(
                        new BillingKey(SESSION, 2), VM, at(30), List.of(new Interval(at(0), at(20))), "end"));
    }

    @Test
    void aStopCountsALapseThatWasNeverEntered() {
        Metering lapsed = NEW.lapsed(Optional.of(new Lapse(at(20), at(21))));

        Ledger.Entry entry = enter(lapsed, new Effect.StopMetering(at(30), "end"));

        assertThat(entry.metering().gaps()).containsExactly(new Gap(at(20), Optional.of(at(30))));
        assertThat(entry.metering().lapse()).isEmpty();
        assertThat(entry.instruction())
                .get()
                .isInstanceOfSatisfying(
                        BillingInstruction.Stop.class,
                        stop -> assertThat(stop.total()).isEqualTo(Duration.ofMinutes(20)));
    }

    @Test
    void aLapseIsAGapFromTheLastProofOnButNotIntoWhatWasResumed() {
        Metering metering = with(CLOSED);
        assertThat(Ledger.gaps(metering)).containsExactly(CLOSED);
        assertThat(Ledger.gaps(metering.lapsed(Optional.of(new Lapse(at(20), at(21))))))
                .containsExactly(CLOSED, OPEN);
        assertThat(Ledger.gaps(metering.lapsed(Optional.of(new Lapse(at(9), at(21))))))
                .containsExactly(CLOSED, new Gap(at(10), Optional.empty()));
        assertThat(Ledger.gaps(NEW.lapsed(Optional.of(new Lapse(at(20), at(21))))))
                .containsExactly(OPEN);
        assertThat(Ledger.gaps(with(OPEN).lapsed(Optional.of(new Lapse(at(25), at(26))))))
                .as("a gap that lasts is the same interruption")
                .containsExactly(OPEN);
    }

    @Test
    void anEndingLeavesATombstoneOnceWhateverTheBillSays() {
        Effect end = new Effect.EndSession(SessionStatus.TERMINATED, at(30), "end", true);
        for (Metering metering : List.of(NEW, NEW.closed())) {
            Ledger.Entry entry = enter(metering, end);
            assertThat(entry.instruction()).isEmpty();
            assertThat(entry.metering())
                    .isEqualTo(metering.buried(new Tombstone(SessionStatus.TERMINATED, at(30), "end", true)));
            Effect again = new Effect.EndSession(SessionStatus.FAILED, at(40), "again", false);
            assertThat(enter(entry.metering(), again)).isEqualTo(new Ledger.Entry(entry.metering(), Optional.empty()));
        }
    }

    @Test
    void whatIsNoneOfTheBillsIsNotEntered() {
        for (Effect effect : List.of(
                new Effect.SetVmStatus(VmStatus.RUNNING),
                new Effect.ReleaseVm(VmStatus.AVAILABLE),
                new Effect.Deallocate("orphan"),
                new Effect.Report(FindingKind.ORPHAN, at(0), "text"))) {
            assertThat(enter(with(OPEN), effect)).isEqualTo(new Ledger.Entry(with(OPEN), Optional.empty()));
        }
    }

    @Test
    void theHostsOwnEndIsAdjustedByTheGapsWithinTheSession() {
        Metering metering = with(
                new Gap(at(-10), Optional.of(at(2))),
                new Gap(at(5), Optional.of(at(5))),
                new Gap(at(10), Optional.of(at(12))),
                new Gap(at(20), Optional.of(at(45))),
                new Gap(at(50), Optional.empty()));

        Ledger.Entry entry = Ledger.endedByHost(metering, session(Optional.of(at(0)), Optional.of(at(40))), NOW);

        assertThat(entry.instruction())
                .contains(new BillingInstruction.Adjust(
                        new BillingKey(SESSION, 2),
                        VM,
                        List.of(new Interval(at(0), at(2)), new Interval(at(10), at(12)), new Interval(at(20), at(40))),
                        "the host ended the session and did not ask for its gaps"));
        assertThat(entry.metering().stopped()).isTrue();
    }

    @Test
    void theHostsOwnEndIsAdjustedByALapseToo() {
        Metering lapsed = NEW.lapsed(Optional.of(new Lapse(at(20), at(21))));

        Ledger.Entry entry = Ledger.endedByHost(lapsed, session(Optional.of(at(0)), Optional.empty()), at(30));

        assertThat(entry.instruction())
                .get()
                .isInstanceOfSatisfying(
                        BillingInstruction.Adjust.class,
                        adjust -> assertThat(adjust.unbilled()).containsExactly(new Interval(at(20), at(30))));
        assertThat(entry.metering().gaps()).containsExactly(new Gap(at(20), Optional.of(at(30))));
    }

    @Test
    void whoAskedOrHasNoGapsIsNotAdjusted() {
        Session ended = session(Optional.of(at(0)), Optional.of(at(40)));
        for (Metering metering : List.of(with(OPEN).askedFor(), NEW)) {
            assertThat(Ledger.endedByHost(metering, ended, NOW))
                    .isEqualTo(new Ledger.Entry(metering.closed(), Optional.empty()));
        }
        assertThat(Ledger.endedByHost(with(OPEN), session(Optional.empty(), Optional.of(at(40))), NOW)
                        .instruction())
                .as("never started")
                .isEmpty();
        assertThat(Ledger.endedByHost(with(OPEN), session(Optional.of(at(0)), Optional.of(at(20))), NOW)
                        .instruction())
                .as("ended when the gap began")
                .isEmpty();
    }

    private static Ledger.Entry enter(Metering metering, Effect effect) {
        return Ledger.enter(metering, effect, Optional.of(at(0)));
    }

    private static Metering with(Gap... gaps) {
        return NEW.instructed(List.of(gaps), false);
    }

    private static Session session(Optional<Instant> start, Optional<Instant> end) {
        return new Session(SESSION, VM, SessionStatus.COMPLETED, start, end);
    }

    private static Instant at(int minute) {
        return NOW.plus(Duration.ofMinutes(minute));
    }
}
