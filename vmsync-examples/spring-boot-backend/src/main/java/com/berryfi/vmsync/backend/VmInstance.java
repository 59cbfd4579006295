package com.berryfi.vmsync.backend;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.PreUpdate;
import jakarta.persistence.Table;
import java.time.Clock;
import java.time.LocalDateTime;

/** A VM, as the backend believes it to be. */
@Entity
@Table(name = "vm_instances")
class VmInstance {

    enum Status {
        AVAILABLE,
        ASSIGNED,
        STARTING,
        RUNNING,
        STOPPING,
        STOPPED,
        DEALLOCATED,
        MAINTENANCE,
        ERROR
    }

    @Id
    String id;

    String vmName;

    @Enumerated(EnumType.STRING)
    Status status;

    String azureSubscriptionId;
    String azureTenantId;
    String azureClientId;
    String azureClientSecret;
    String azureResourceGroup;
    String azureResourceId;
    String currentSessionId;
    String currentProjectId;
    LocalDateTime lastStarted;
    LocalDateTime lastStopped;
    LocalDateTime lastSyncTime;
    LocalDateTime updatedAt;

    @PreUpdate
    void touch() {
        updatedAt = LocalDateTime.now(Clock.systemUTC());
    }
}
