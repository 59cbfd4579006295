package com.berryfi.vmsync.rule;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SESSION_START;
import static com.berryfi.vmsync.rule.Rulings.ago;
import static com.berryfi.vmsync.rule.Rulings.minutes;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.Story;
import com.berryfi.vmsync.model.BillingCut;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncPolicy;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** To which instant a bill is cut. */
class BillTest {

    private static final SyncPolicy FIRST_OFF = SyncPolicy.standard().withCut(BillingCut.FIRST_PROOF_OF_OFF);

    @Test
    void theGapThatIsOpenDecides() {
        Story story = off().suspended(minutes(9)).lapsed(minutes(7), minutes(6)).provenRunning(minutes(5));

        assertThat(Bill.cut(story.facts())).isEqualTo(ago(minutes(9)));
        assertThat(Bill.cut(story.under(FIRST_OFF).facts())).isEqualTo(ago(minutes(9)));
    }

    @Test
    void elseTheLapse() {
        Story story = off().seenFor(minutes(3)).lapsed(minutes(7), minutes(6)).provenRunning(minutes(5));

        assertThat(Bill.cut(story.facts())).isEqualTo(ago(minutes(7)));
        assertThat(Bill.cut(story.under(FIRST_OFF).facts())).isEqualTo(ago(minutes(6)));
    }

    @Test
    void elseWhatWasSeen() {
        Story story = off().seenFor(minutes(3)).provenRunning(minutes(5));

        assertThat(Bill.cut(story.facts())).isEqualTo(ago(minutes(5)));
        assertThat(Bill.cut(story.under(FIRST_OFF).facts())).isEqualTo(ago(minutes(3)));
    }

    @Test
    void withoutAProofThatItRanNothingIsBilled() {
        assertThat(Bill.cut(off().seenFor(minutes(3)).facts())).isEqualTo(SESSION_START);
        assertThat(Bill.cut(off().neverBegun().seenFor(minutes(3)).facts())).isEqualTo(ago(minutes(3)));
    }

    @Test
    void itIsNeverBeforeTheStartNorBeforeWhatWasBilledAgain() {
        Gap closed = new Gap(ago(minutes(20)), Optional.of(ago(minutes(4))));
        Gap older = new Gap(ago(minutes(40)), Optional.of(ago(minutes(30))));

        assertThat(Bill.cut(off().provenRunning(minutes(61)).facts())).isEqualTo(SESSION_START);
        assertThat(Bill.cut(off().under(FIRST_OFF).facts())).isEqualTo(SESSION_START);
        assertThat(Bill.cut(off().provenRunning(minutes(5))
                        .metering(List.of(older, closed))
                        .facts()))
                .isEqualTo(ago(minutes(4)));
        assertThat(Bill.cut(off().provenRunning(minutes(3))
                        .metering(List.of(older, closed))
                        .facts()))
                .isEqualTo(ago(minutes(3)));
    }

    @Test
    void theHostsWordIsWhenTheEndWasAskedFor() {
        assertThat(Bill.endRequest(terminating().endTime(ago(minutes(8))).facts()))
                .isEqualTo(ago(minutes(8)));
        assertThat(Bill.endRequest(
                        terminating().seenFor(Duration.ZERO).endTime(NOW).facts()))
                .isEqualTo(NOW);
        assertThat(Bill.endRequest(terminating()
                        .seenFor(Duration.ZERO)
                        .endTime(NOW.plusMillis(1))
                        .provenRunning(minutes(5))
                        .endRequested(minutes(4))
                        .facts()))
                .isEqualTo(ago(minutes(5)));
    }

    @Test
    void elseWhenItWasFirstSeenButNotLaterThanTheCut() {
        Story story = terminating().provenRunning(minutes(7));

        assertThat(Bill.endRequest(story.endRequested(minutes(8)).facts())).isEqualTo(ago(minutes(8)));
        assertThat(Bill.endRequest(story.endRequested(minutes(6)).facts())).isEqualTo(ago(minutes(7)));
    }

    @Test
    void itIsNeverLaterThanTheFirstProofOfOff() {
        assertThat(Bill.endRequest(terminating().endTime(ago(minutes(2))).facts()))
                .isEqualTo(ago(minutes(5)));
        assertThat(Bill.endRequest(terminating().under(FIRST_OFF).facts())).isEqualTo(ago(minutes(5)));
    }

    @Test
    void norThanAnInterruptionThatLasts() {
        Story story = terminating().endTime(ago(minutes(8)));

        assertThat(Bill.endRequest(story.suspended(minutes(10)).facts())).isEqualTo(ago(minutes(10)));
        assertThat(Bill.endRequest(story.suspended(minutes(7)).facts())).isEqualTo(ago(minutes(8)));
        assertThat(Bill.endRequest(terminating()
                        .endTime(ago(minutes(8)))
                        .lapsed(minutes(9), minutes(8))
                        .facts()))
                .isEqualTo(ago(minutes(9)));
    }

    @Test
    void anInterruptionThatIsOverCutsNothingThatWasUsedAfterIt() {
        for (Story story : List.of(off().suspended(minutes(10)), off().lapsed(minutes(10), minutes(9)))) {
            story.back(minutes(8)).provenRunning(minutes(4)).seenFor(minutes(3));
            assertThat(Bill.cut(story.facts())).isEqualTo(ago(minutes(4)));
            assertThat(Bill.cut(story.under(FIRST_OFF).facts())).isEqualTo(ago(minutes(3)));
            assertThat(Bill.cut(story.under(SyncPolicy.standard())
                            .provenRunning(minutes(9))
                            .facts()))
                    .isEqualTo(ago(minutes(8)));
        }
        for (Story story :
                List.of(terminating().suspended(minutes(10)), terminating().lapsed(minutes(10), minutes(9)))) {
            story.back(minutes(8)).provenRunning(minutes(7));
            assertThat(Bill.endRequest(story.endTime(ago(minutes(6))).facts())).isEqualTo(ago(minutes(6)));
        }
    }

    @Test
    void anInterruptionThatIsOverIsEnteredAsItWas() {
        Story running = Story.of(VmStatus.RUNNING, SessionStatus.ACTIVE, PowerState.RUNNING)
                .lapsed(minutes(10), minutes(9))
                .back(minutes(8))
                .provenRunning(Duration.ZERO);

        assertThat(Bill.resumption(running.facts(), Bill.RESUMED))
                .containsExactly(
                        new Effect.SuspendMetering(ago(minutes(10)), "VM was off in Azure"),
                        new Effect.ResumeMetering(ago(minutes(8)), Bill.RESUMED));
    }

    @Test
    void norBeforeTheStartOrWhatWasBilledAgain() {
        Gap closed = new Gap(ago(minutes(20)), Optional.of(ago(minutes(9))));

        assertThat(Bill.endRequest(terminating().endTime(ago(minutes(61))).facts()))
                .isEqualTo(SESSION_START);
        assertThat(Bill.endRequest(terminating()
                        .endTime(ago(minutes(12)))
                        .metering(List.of(closed))
                        .facts()))
                .isEqualTo(ago(minutes(9)));
    }

    private static Story off() {
        return Story.of(VmStatus.RUNNING, SessionStatus.ACTIVE, PowerState.STOPPED);
    }

    /** First seen off five minutes ago. */
    private static Story terminating() {
        return Story.of(VmStatus.STOPPING, SessionStatus.TERMINATING, PowerState.STOPPED)
                .seenFor(minutes(5));
    }
}
