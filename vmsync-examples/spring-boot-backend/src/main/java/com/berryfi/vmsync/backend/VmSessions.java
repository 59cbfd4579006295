package com.berryfi.vmsync.backend;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface VmSessions extends JpaRepository<VmSession, String> {

    List<VmSession> findByStatus(VmSession.Status status);

    /** The seconds of a project's sessions of one status. */
    @Query("select coalesce(sum(s.durationSeconds), 0) from VmSession s where s.projectId = ?1 and s.status = ?2")
    long seconds(String projectId, VmSession.Status status);
}
