package com.berryfi.vmsync.rule;

import static com.berryfi.vmsync.rule.Rulings.DIRECT_READ;
import static com.berryfi.vmsync.rule.Rulings.ago;
import static com.berryfi.vmsync.rule.Rulings.effects;
import static com.berryfi.vmsync.rule.Rulings.minutes;
import static com.berryfi.vmsync.rule.Rulings.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.Story;
import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndWhenDeallocatedTest {

    private static final String REASON = "Auto-terminated: VM deallocated in Azure";

    /** One wrong answer must never end a session, however direct. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, DIRECT, false",
        "2, 1, DIRECT, true",
        "2, 2, DIRECT, false",
        "2, 1, LIST, false",
        "9, 0, LIST, false"
    })
    void itTakesADirectReadAndOneMoreAnswerThatAgrees(int answers, int directs, ReadKind kind, boolean ends) {
        Story story = inUse().seenFor(seconds(1)).answers(answers, directs).by(kind);

        assertThat(effects(story).stream().anyMatch(Effect.EndSession.class::isInstance))
                .isEqualTo(ends);
        assertThat(Rulings.of(story).held()).isEqualTo(ends ? Optional.empty() : Optional.of(DIRECT_READ));
    }

    @Test
    void theFirstDirectReadSuspendsTheBill() {
        Story story = inUse().justNow().provenRunning(seconds(40));

        assertThat(effects(story))
                .containsExactly(new Effect.SuspendMetering(ago(seconds(40)), "VM deallocated in Azure"));
        assertThat(effects(story.byList())).isEmpty();
        assertThat(effects(inUse().justNow().suspended(minutes(9)))).isEmpty();
    }

    @Test
    void onceProvenTheSessionIsEndedAndCleanedUp() {
        Instant cut = ago(minutes(3));
        Story story = inUse().provenRunning(minutes(3));

        assertThat(Rulings.of(story))
                .isEqualTo(Decision.act(
                        "end-when-deallocated",
                        "the VM is deallocated since " + ago(minutes(120)),
                        List.of(
                                new Effect.EndSession(SessionStatus.TERMINATED, cut, REASON, true),
                                new Effect.StopMetering(cut, REASON),
                                new Effect.ReleaseVm(VmStatus.AVAILABLE))));
    }

    @Test
    void aMachineOfWhichNothingIsRememberedIsReadAgain() {
        Facts first = Facts.firstLook(inUse().facts().managed(), inUse().facts().evidence());

        assertThat(StandardRules.book().rule(first).decision().held()).contains(DIRECT_READ);
    }

    private static Story inUse() {
        return Story.of(VmStatus.RUNNING, SessionStatus.IDLE, PowerState.DEALLOCATED);
    }
}
