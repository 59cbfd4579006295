package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.plan.Told.ONE;
import static com.berryfi.vmsync.plan.Told.TWO;
import static com.berryfi.vmsync.plan.Told.full;
import static com.berryfi.vmsync.plan.Told.quick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What VMs wait for, and since when. */
class WaitsTest {

    private static final Instant LATER = NOW.plusSeconds(30);
    private static final Instant LAST = NOW.plusSeconds(60);

    private static List<Wait> after(Told... reports) {
        Picture picture = Picture.blank(true, false, Duration.ofSeconds(30), Duration.ofMinutes(5));
        for (Told report : reports) {
            picture = picture.after(report.report());
        }
        return picture.status(new Knowledge(Map.of(), NOW, List.of()), LAST).waits();
    }

    private static Told fence(Instant at, String because) {
        return quick(at).read(ONE).waits(ONE, "a", Held.Reason.FENCE, because);
    }

    @Test
    void aWaitSaysWhoWaitsForWhatAndSinceWhen() {
        assertThat(after(fence(NOW, "the host starts it")))
                .containsExactly(new Wait(
                        new VmId("a"),
                        Optional.of(new SessionId("s-a")),
                        ONE,
                        NOW,
                        "a-rule",
                        "the host starts it",
                        new Held(Held.Reason.FENCE, Optional.empty(), Held.ReleasedBy.CLOUD)));
    }

    @Test
    void itsBeginIsKeptWhileItsReasonStaysAndItsWordsAreTheLatest() {
        assertThat(after(fence(NOW, "one minute left"), fence(LATER, "half a minute left")))
                .extracting(Wait::since, Wait::because)
                .containsExactly(tuple(NOW, "half a minute left"));
    }

    @Test
    void anotherReasonOrSessionBeginsAnotherWait() {
        Told other = quick(LATER).read(ONE).waits(ONE, "a", Held.Reason.BRAKE, "too many");
        assertThat(after(fence(NOW, "x"), other)).extracting(Wait::since).containsExactly(LATER);
        Told next = quick(LATER).read(ONE).waits(ONE, "a", "s-next", Held.Reason.FENCE, "x");
        assertThat(after(fence(NOW, "x"), next)).extracting(Wait::since).containsExactly(LATER);
    }

    @Test
    void whoWasInStepMeanwhileWaitsAnew() {
        assertThat(after(fence(NOW, "x"), quick(LATER).read(ONE))).isEmpty();
        assertThat(after(fence(NOW, "x"), quick(LATER).read(ONE), fence(LAST, "x")))
                .extracting(Wait::since)
                .containsExactly(LAST);
    }

    @Test
    void whatCouldNotBeReadWaitsOnSinceItBegan() {
        Told failed = quick(LATER).failed(ONE, UnknownCause.TIMED_OUT);
        assertThat(after(fence(NOW, "x"), failed)).extracting(Wait::since).containsExactly(NOW);
        assertThat(after(fence(NOW, "x"), failed, fence(LAST, "x")))
                .extracting(Wait::since)
                .containsExactly(NOW);
    }

    @Test
    void thoseWithASessionComeFirstThenTheOldest() {
        Told first = full(NOW).read(ONE).waitsIdle(ONE, "idle").waits(ONE, "old", Held.Reason.FENCE, "x");
        Told second = full(LATER)
                .read(ONE)
                .read(TWO)
                .waitsIdle(ONE, "idle")
                .waits(ONE, "old", Held.Reason.FENCE, "x")
                .waits(TWO, "new", Held.Reason.BRAKE, "x")
                .idle(TWO, "found", FindingKind.ORPHAN);
        assertThat(after(first, second))
                .extracting(wait -> wait.vm().value(), Wait::scope)
                .containsExactly(tuple("old", ONE), tuple("new", TWO), tuple("idle", ONE));
    }

    @Test
    void thousandsThatWaitForTheSameReasonShareItsWords() {
        Told many = quick(NOW).read(ONE);
        for (int i = 0; i < 3; i++) {
            many.waits(ONE, "vm-" + i, Held.Reason.FREEZE, new String("the scope is frozen"));
        }
        List<Wait> waits = after(many);
        assertThat(waits)
                .hasSize(3)
                .allSatisfy(
                        wait -> assertThat(wait.because()).isSameAs(waits.get(0).because()));
    }

    @Test
    void whatAnotherReplicaSyncsIsItsOwnToTell() {
        assertThat(after(fence(NOW, "x"), quick(LATER).left(ONE))).isEmpty();
    }
}
