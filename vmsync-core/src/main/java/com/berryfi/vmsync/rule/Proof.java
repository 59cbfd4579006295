package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Run;
import com.berryfi.vmsync.model.Session;
import java.time.Instant;
import java.util.Optional;

/** What must be seen before something is ended or the bill is moved. */
final class Proof {

    private Proof() {}

    /** The wait for a direct read, now. */
    static Held byDirectRead() {
        return byDirectRead(Held.Reason.CONFIRMATION);
    }

    static Held byDirectRead(Held.Reason reason) {
        return new Held(reason, Optional.empty(), Held.ReleasedBy.DIRECT_READ);
    }

    /**
     * What is still to be waited for before a machine that is off counts as off. One wrong answer must never end a session: for
     * DEALLOCATED it takes a direct read and a list that agrees, or two direct reads, apart by the confirmation span; for STOPPED two
     * direct reads in any case.
     *
     * @return empty if it is proven
     */
    static Optional<Held> ofBeingOff(Facts facts) {
        boolean direct = facts.evidence().isDirect();
        if (facts.power() == PowerState.DEALLOCATED) {
            boolean agreed =
                    facts.run().filter(run -> run.count() > run.directs()).isPresent()
                            || isReached(secondDirect(facts), facts);
            return direct && agreed ? signOfLife(facts) : Optional.of(byDirectRead());
        }
        Optional<Instant> second = secondDirect(facts);
        return direct && isReached(second, facts)
                ? signOfLife(facts)
                : Optional.of(new Held(Held.Reason.CONFIRMATION, second, Held.ReleasedBy.DIRECT_READ));
    }

    /**
     * What is still to be waited for before our machine counts as gone: three direct not-founds over the missing span, or two direct
     * reads, apart by the confirmation span, of another machine in its place.
     *
     * @return empty if it is proven
     */
    static Optional<Held> ofBeingGone(Facts facts) {
        if (!facts.evidence().isDirect()) {
            return Optional.of(byDirectRead(Held.Reason.MISSING));
        }
        if (facts.isReplaced()) {
            Optional<Instant> second = secondDirect(facts);
            return isReached(second, facts)
                    ? Optional.empty()
                    : Optional.of(new Held(Held.Reason.MISSING, second, Held.ReleasedBy.DIRECT_READ));
        }
        return facts.isProvenMissing()
                ? Optional.empty()
                : Optional.of(new Held(Held.Reason.MISSING, Optional.empty(), Held.ReleasedBy.DIRECT_READ));
    }

    private static Optional<Instant> secondDirect(Facts facts) {
        return facts.run()
                .flatMap(Run::firstDirect)
                .map(first -> first.plus(facts.policy().confirmationSpan()));
    }

    private static boolean isReached(Optional<Instant> instant, Facts facts) {
        return instant.filter(at -> !facts.evidence().sentAt().isBefore(at)).isPresent();
    }

    /** A heartbeat of the VM itself that is newer than what spoke against it puts an ending off, once. */
    private static Optional<Held> signOfLife(Facts facts) {
        Instant since = facts.seenSince();
        return facts.policy()
                .heartbeatDelay()
                .filter(delay -> facts.managed()
                        .session()
                        .flatMap(Session::lastHeartbeat)
                        .filter(since::isBefore)
                        .isPresent())
                .map(since::plus)
                .filter(facts.now()::isBefore)
                .map(until -> new Held(Held.Reason.HEARTBEAT, Optional.of(until), Held.ReleasedBy.TIME));
    }
}
