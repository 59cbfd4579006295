package com.berryfi.vmsync.testkit.contract;

import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.testkit.SessionRow;

/** The host's side of a store, as a contract scripts it: what is written here, others have written. */
public interface HostRows {

    /** Inserts a VM's row or writes all of its columns, as a host's save does. */
    void put(Vm vm);

    /** Inserts a session's row, with connection details, or writes all of its columns. */
    void put(Session session);

    /** Whether the store under test reads heartbeats; a host may have no column for them. */
    default boolean readsHeartbeats() {
        return true;
    }

    /** Deletes a VM's row. */
    void remove(VmId vm);

    /** Deletes a session's row. */
    void remove(SessionId session);

    /** Writes what hosts write all the time, {@code updated_at} and heartbeat, on a VM and its sessions; nothing else. */
    void touch(VmId vm);

    /** A VM's row as it stands; it must be there. */
    Vm vm(VmId vm);

    /** A session's row as it stands; it must be there. */
    SessionRow session(SessionId session);

    /**
     * Gives a VM's row a status that nobody knows.
     *
     * @return the column, as a problem is expected to name it
     */
    String spoil(VmId vm, String status);

    /**
     * Gives a session's row a status that nobody knows.
     *
     * @return the column, as a problem is expected to name it
     */
    String spoil(SessionId session, String status);

    /**
     * Puts a VM's row that names no subscription.
     *
     * @return the column, as a problem is expected to name it
     */
    String putWithoutSubscription(Vm vm);
}
