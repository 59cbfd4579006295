package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of one VM that is out of step. A VM in step has none: the last complete pass of its scope speaks for it.
 *
 * @param vm whose
 * @param version grows with every write, and never repeats even if the row is deleted and made again
 * @param fingerprint the material fingerprint of the host's rows that the rest is about
 * @param session the session that the rest is about; empty if the VM had none
 * @param changedAt when a change by the host to these rows was first seen; empty if none was
 * @param run the agreeing contrary observations so far; empty if there were none
 * @param provenRunningAt the last proof that the machine ran for the present session; empty if there is none
 * @param endRequestedAt when the present session was first seen TERMINATING; empty if it is not
 * @param ourError whether the ERROR in the VM's row was set by us
 * @param verdict the last verdict that was audited: rule and hold; an audit record is due when it changes
 */
public record Tracking(
        VmId vm,
        long version,
        String fingerprint,
        Optional<SessionId> session,
        Optional<Instant> changedAt,
        Optional<Run> run,
        Optional<Instant> provenRunningAt,
        Optional<Instant> endRequestedAt,
        boolean ourError,
        String verdict) {

    /**
     * Whether two say the same but for their versions.
     *
     * @param other which
     * @return whether there is no need to write the one in place of the other
     */
    public boolean saysTheSameAs(Tracking other) {
        return equals(new Tracking(
                other.vm,
                version,
                other.fingerprint,
                other.session,
                other.changedAt,
                other.run,
                other.provenRunningAt,
                other.endRequestedAt,
                other.ourError,
                other.verdict));
    }
}
