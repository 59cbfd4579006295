package com.berryfi.vmsync.testkit.simulation.world;

import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.testkit.contract.HostRows;

/** The one database of a simulated world: what vmsync sees of it, and what the host writes there. A world begins with an empty one. */
public interface HostDatabase {

    /** {@return the store that vmsync gets; its journal included} */
    SessionStore store();

    /** {@return the host's own writes and reads} */
    HostRows rows();

    /** Its world is over. */
    default void close() {}

    /** {@return a new, empty database in memory} */
    static HostDatabase inMemory() {
        return new InMemoryHostDatabase();
    }
}
