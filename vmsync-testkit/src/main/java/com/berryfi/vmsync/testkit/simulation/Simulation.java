package com.berryfi.vmsync.testkit.simulation;

import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.testkit.simulation.world.Dice;
import com.berryfi.vmsync.testkit.simulation.world.HostDatabase;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedProcess;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import com.berryfi.vmsync.testkit.simulation.world.Synchroniser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Runs seeds: a world of faults, a healing, and a while in which all must come right. */
public final class Simulation {

    private static final Duration FAULTS = Duration.ofMinutes(360);
    private static final Duration AFTER = Duration.ofMinutes(35);

    private final HostDatabase database;
    private final Synchroniser.Factory synchroniser;

    private Simulation(HostDatabase database, Synchroniser.Factory synchroniser) {
        this.database = database;
        this.synchroniser = synchroniser;
    }

    /** Runs a seed of vmsync in memory. */
    public static SeedResult run(long seed) {
        return new Simulation(HostDatabase.inMemory(), VmSyncs.standard()).seed(seed);
    }

    private SeedResult seed(long seed) {
        SimulatedWorld world = new SimulatedWorld(seed, database);
        Dice dice = Dice.of(seed, "world");
        List<Scope> scopes = new ArrayList<>();
        for (int i = dice.between(2, 4); i > 0; i--) {
            scopes.add(SimulatedWorld.scope(i));
        }
        int vms = dice.chance(0.05) ? dice.between(40, 60) : dice.between(20, 26);
        for (int i = 1; i <= vms; i++) {
            world.vm(
                    "vm-" + i,
                    dice.pick(scopes),
                    VmStatus.AVAILABLE,
                    dice.chance(0.9) ? PowerState.DEALLOCATED : PowerState.STOPPED);
        }
        int processes = dice.chance(0.6) ? 2 : dice.chance(0.5) ? 1 : 3;
        for (int i = 0; i < processes; i++) {
            world.process(synchroniser);
        }
        Instant healing = world.time().instant().plus(FAULTS);
        new RandomUsers(world, healing).begin();
        new RandomEvents(world, scopes, healing).begin();
        new RandomFaults(world, scopes, healing).begin();
        new RandomHost(world, healing).begin();
        world.processes().forEach(SimulatedProcess::start);
        world.run(FAULTS);
        RandomFaults.heal(world);
        world.run(AFTER);
        world.finish();
        return new SeedResult(world);
    }
}
