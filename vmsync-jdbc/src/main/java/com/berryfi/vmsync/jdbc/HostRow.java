package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.RowProblem;

/** What came of reading a VM with its session. */
sealed interface HostRow {

    record Good(ManagedVm managed) implements HostRow {}

    record Bad(RowProblem problem) implements HostRow {}
}
