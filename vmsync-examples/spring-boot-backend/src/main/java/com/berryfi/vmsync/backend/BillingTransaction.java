package com.berryfi.vmsync.backend;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What a user was charged for a session. */
@Entity
@Table(name = "billing_transactions")
class BillingTransaction {

    @Id
    String id;

    String sessionId;
    long seconds;
    double credits;
}
