package com.berryfi.vmsync.backend;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.SessionId;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Ends sessions. */
@Service
public class SessionService {

    private final VmSessions sessions;
    private final VmInstances vms;
    private final BillingService billing;
    private final AzureVmService azure;
    private final VmSync sync;
    private final Clock clock;

    SessionService(
            VmSessions sessions,
            VmInstances vms,
            BillingService billing,
            AzureVmService azure,
            VmSync sync,
            Clock clock) {
        this.sessions = sessions;
        this.vms = vms;
        this.billing = billing;
        this.azure = azure;
        this.sync = sync;
        this.clock = clock;
    }

    /** Its user has had enough: ends a session and gives its machine back. */
    @Transactional
    public void stop(String sessionId) {
        VmSession session = sessions.findById(sessionId).orElseThrow();
        azure.deallocate(vms.findById(session.vmInstanceId).orElseThrow());
        end(sessionId, "Stopped by its user");
    }

    /** Ends a session, charges for it, and frees its VM. */
    @Transactional
    public void end(String sessionId, String reason) {
        VmSession session = sessions.findById(sessionId).orElseThrow();
        LocalDateTime end = LocalDateTime.now(clock);
        Duration used = Duration.between(session.startTime, end);
        for (Gap gap : sync.unbilled(new SessionId(sessionId))) {
            used = used.minus(Duration.between(gap.from(), gap.to().orElse(end.toInstant(ZoneOffset.UTC))));
        }
        session.status = VmSession.Status.COMPLETED;
        session.endTime = end;
        session.durationSeconds = used.toSeconds();
        session.terminationReason = reason;
        session.billingTransactionId = "end-" + sessionId;
        session.creditsUsed = billing.charge(session.billingTransactionId, sessionId, used);
        VmInstance vm = vms.findById(session.vmInstanceId).orElseThrow();
        vm.status = VmInstance.Status.AVAILABLE;
        vm.currentSessionId = null;
        vm.lastStopped = end;
    }
}
