package com.berryfi.vmsync.backend;

import org.springframework.data.jpa.repository.JpaRepository;

interface BillingTransactions extends JpaRepository<BillingTransaction, String> {}
