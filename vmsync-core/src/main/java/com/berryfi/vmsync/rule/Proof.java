package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Run;
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
     * What is still to be waited for before a machine that is off counts as off: for DEALLOCATED one direct read, for STOPPED two
     * in the same run, apart by the confirmation span.
     *
     * @return empty if it is proven
     */
    static Optional<Held> ofBeingOff(Facts facts) {
        boolean direct = facts.evidence().isDirect();
        if (facts.power() == PowerState.DEALLOCATED) {
            return direct ? Optional.empty() : Optional.of(byDirectRead());
        }
        Optional<Instant> second = facts.run()
                .flatMap(Run::firstDirect)
                .map(first -> first.plus(facts.policy().confirmationSpan()));
        if (direct && second.isPresent() && !facts.evidence().sentAt().isBefore(second.get())) {
            return Optional.empty();
        }
        return Optional.of(new Held(Held.Reason.CONFIRMATION, second, Held.ReleasedBy.DIRECT_READ));
    }
}
