package com.berryfi.vmsync.testkit.simulation.world;

import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.testkit.contract.HostRows;

/** The one database of a simulated world: what vmsync sees of it, and what the host writes there. A world begins with an empty one. */
public interface HostDatabase {

    /** What vmsync gets; its journal included. */
    SessionStore store();

    /** The host's own writes and reads. */
    HostRows rows();

    /** Its world is over. */
    default void close() {}

    /** A new one in memory. */
    static HostDatabase inMemory() {
        return new InMemoryHostDatabase();
    }
}
