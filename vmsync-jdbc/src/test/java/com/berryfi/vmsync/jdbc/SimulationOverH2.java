package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.testkit.simulation.campaign.SimulationMain;
import com.berryfi.vmsync.testkit.simulation.world.HostDatabase;

/** The simulation, every 50th seed over the real store in an H2: the program of the build's profile {@code simulation}. */
final class SimulationOverH2 {

    private static final long EVERY = 50;

    private SimulationOverH2() {}

    /** Ends the process: with 0 if all was as it must be, else with 1. */
    public static void main(String[] arguments) throws InterruptedException {
        System.exit(SimulationMain.run(SimulationOverH2::database, System.out, arguments) ? 0 : 1);
    }

    private static HostDatabase database(long seed) {
        return seed % EVERY == 0 ? new H2HostDatabase() : HostDatabase.inMemory();
    }
}
