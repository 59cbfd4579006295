package com.berryfi.vmsync.backend;

import java.time.Duration;
import org.springframework.stereotype.Service;

/** What a project has used. */
@Service
public class UsageReport {

    private final VmSessions sessions;

    UsageReport(VmSessions sessions) {
        this.sessions = sessions;
    }

    /** In sessions that are COMPLETED: the report knows no other end. */
    public Duration used(String projectId) {
        return Duration.ofSeconds(sessions.seconds(projectId, VmSession.Status.COMPLETED));
    }
}
