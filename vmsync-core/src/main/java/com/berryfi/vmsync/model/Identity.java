package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Which very machine a VM's address led to, as a direct read learned it. It outlives the VM's row, so that a machine whose row was
 * removed is still found.
 *
 * @param vm whose
 * @param scope where it was read
 * @param address under which address
 * @param uid the cloud's id of the machine, which no namesake shares; empty if the cloud names none
 * @param session for which session it was learned last; empty if the VM had none
 * @param learnedAt when the read was sent
 */
public record Identity(
        VmId vm,
        Scope scope,
        CloudAddress address,
        Optional<String> uid,
        Optional<SessionId> session,
        Instant learnedAt) {

    /**
     * Whether this was learned of the address that the rows name now.
     *
     * @param row the VM's row as it was read
     * @return whether VM, scope and address are the same
     */
    public boolean isOf(Vm row) {
        return row.id().equals(vm) && row.scope().equals(scope) && row.address().equals(address);
    }
}
