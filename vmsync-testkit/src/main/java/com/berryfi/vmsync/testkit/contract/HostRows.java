package com.berryfi.vmsync.testkit.contract;

import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.testkit.SessionRow;

/** The host's side of a store, as a contract scripts it: what is written here, others have written. */
public interface HostRows {

    /**
     * {@return the key of the row that a contract calls by a name, such as {@code vm-1} or {@code s-vm-1}} It is the same for the same
     * name, another for another, and for names that differ in their last digit in the order of the names. A host whose keys are no texts
     * has others.
     *
     * @param name the contract's name
     */
    default String keyOf(String name) {
        return name;
    }

    /**
     * {@return a value for {@link #spoil} that no status has, as the column can hold it, from a word for it}
     *
     * @param word the contract's word for it
     */
    default String unknownStatus(String word) {
        return word;
    }

    /**
     * {@return whether a session has a row of its own} One in the row of its VM goes with it, and leaves no room for a second: waive the
     * tests that speak of either.
     */
    default boolean sessionsHaveRows() {
        return true;
    }

    /**
     * Inserts a VM's row or writes all of its columns, as a host's save does.
     *
     * @param vm all that the row holds
     */
    void put(Vm vm);

    /**
     * Inserts a session's row, with connection details, or writes all of its columns.
     *
     * @param session what the row holds of it
     */
    void put(Session session);

    /** {@return whether the store under test reads heartbeats; a host may have no column for them} */
    default boolean readsHeartbeats() {
        return true;
    }

    /**
     * Deletes a VM's row.
     *
     * @param vm whose row
     */
    void remove(VmId vm);

    /**
     * Deletes a session's row.
     *
     * @param session whose row
     */
    void remove(SessionId session);

    /**
     * Writes what hosts write all the time, {@code updated_at} and heartbeat, on a VM and its sessions; nothing else.
     *
     * @param vm whose rows
     */
    void touch(VmId vm);

    /**
     * {@return a VM's row as it stands; it must be there}
     *
     * @param vm whose row
     */
    Vm vm(VmId vm);

    /**
     * {@return a session's row as it stands; it must be there}
     *
     * @param session whose row
     */
    SessionRow session(SessionId session);

    /**
     * Gives a VM's row a status that nobody knows.
     *
     * @param vm whose row
     * @param status a value that the column can hold and that no status has, from {@link #unknownStatus}
     * @return the column, as a problem is expected to name it
     */
    String spoil(VmId vm, String status);

    /**
     * Gives a session's row a status that nobody knows.
     *
     * @param session whose row
     * @param status a value that the column can hold and that no status has, from {@link #unknownStatus}
     * @return the column, as a problem is expected to name it
     */
    String spoil(SessionId session, String status);

    /**
     * Puts a VM's row that names no subscription.
     *
     * @param vm what the row holds beside its subscription
     * @return the column, as a problem is expected to name it
     */
    String putWithoutSubscription(Vm vm);
}
