package com.berryfi.vmsync.report;

import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.model.VmOutcome.Result;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One step that the bill of a session takes.
 *
 * @param kind which
 * @param vm on which machine
 * @param session whose bill
 * @param at as of when
 * @param reason in words
 */
public record BillStep(Kind kind, VmId vm, SessionId session, Instant at, String reason) {

    /** What happens to the bill. */
    public enum Kind {
        /** A gap opens: from then on nothing is billed. */
        GAP_OPENED,
        /** A gap closes: from then on it is billed again. */
        GAP_CLOSED,
        /** The bill is closed. */
        STOPPED
    }

    /** Those that are, or would be, taken for one VM; what failed, and a rule in another mode than to act, moves no bill. */
    static Stream<BillStep> of(VmOutcome outcome) {
        boolean carriedOut =
                outcome.mode() == Mode.ACT && (outcome.result() == Result.WOULD_DO || outcome.result() == Result.DONE);
        if (!carriedOut) {
            return Stream.empty();
        }
        return outcome.before().meteredSession().stream()
                .flatMap(session -> outcome.decision().effects().stream()
                        .flatMap(effect -> step(outcome.before().id(), session, effect).stream()));
    }

    private static Optional<BillStep> step(VmId vm, SessionId session, Effect effect) {
        if (effect instanceof Effect.SuspendMetering suspend) {
            return Optional.of(new BillStep(Kind.GAP_OPENED, vm, session, suspend.from(), suspend.reason()));
        }
        if (effect instanceof Effect.ResumeMetering resume) {
            return Optional.of(new BillStep(Kind.GAP_CLOSED, vm, session, resume.at(), resume.reason()));
        }
        return effect instanceof Effect.StopMetering stop
                ? Optional.of(new BillStep(Kind.STOPPED, vm, session, stop.at(), stop.reason()))
                : Optional.empty();
    }
}
