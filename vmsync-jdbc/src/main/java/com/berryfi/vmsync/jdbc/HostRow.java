package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.RowProblem;

/** What came of reading a VM with its session. */
sealed interface HostRow {

    /**
     * A row that can be worked with.
     *
     * @param version of the VM's row; 0 if the host keeps none
     * @param sessionVersion of the session's row; 0 if there is none, or the host keeps none
     */
    record Good(ManagedVm managed, long version, long sessionVersion) implements HostRow {}

    record Bad(RowProblem problem) implements HostRow {}
}
