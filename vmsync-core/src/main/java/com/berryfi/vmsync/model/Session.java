package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A user's paid use of one VM, as its row says.
 *
 * @param id the host's key
 * @param vm the VM its own row names
 * @param status where it stands
 * @param startTime when metering starts; empty if it has not
 * @param endTime when the host asked it to end; empty while nobody did
 * @param lastHeartbeat the last sign of life the host noted; empty if there was none. In no fingerprint: it changes all the time
 */
public record Session(
        SessionId id,
        VmId vm,
        SessionStatus status,
        Optional<Instant> startTime,
        Optional<Instant> endTime,
        Optional<Instant> lastHeartbeat) {

    /**
     * A session without a heartbeat.
     *
     * @param id the host's key
     * @param vm the VM its own row names
     * @param status where it stands
     * @param startTime when metering starts; empty if it has not
     * @param endTime when the host asked it to end; empty while nobody did
     */
    public Session(
            SessionId id, VmId vm, SessionStatus status, Optional<Instant> startTime, Optional<Instant> endTime) {
        this(id, vm, status, startTime, endTime, Optional.empty());
    }
}
