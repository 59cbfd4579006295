package com.berryfi.vmsync.backend;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.Table;
import java.time.Clock;
import java.time.LocalDateTime;

/** A user's paid use of a VM. */
@Entity
@Table(name = "vm_sessions")
class VmSession {

    enum Status {
        REQUESTED,
        STARTING,
        ACTIVE,
        IDLE,
        TERMINATING,
        COMPLETED,
        TERMINATED,
        FAILED
    }

    @Id
    String id;

    String vmInstanceId;
    String projectId;

    @Enumerated(EnumType.STRING)
    Status status;

    LocalDateTime startTime;
    LocalDateTime endTime;
    LocalDateTime lastHeartbeat;
    Long durationSeconds;
    Double creditsUsed;
    String billingTransactionId;
    String terminationReason;
    String vmIpAddress;
    Integer vmPort;
    String connectionUrl;
    LocalDateTime updatedAt;

    @PreUpdate
    void touch() {
        updatedAt = LocalDateTime.now(Clock.systemUTC());
    }
}
