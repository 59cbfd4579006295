package com.berryfi.vmsync.backend;

import org.springframework.data.jpa.repository.JpaRepository;

interface VmInstances extends JpaRepository<VmInstance, String> {}
