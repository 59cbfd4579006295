package com.berryfi.vmsync.testkit.simulation;

import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.rule.StandardRules;
import com.berryfi.vmsync.testkit.contract.HostRows;
import com.berryfi.vmsync.testkit.simulation.check.Checkers;
import com.berryfi.vmsync.testkit.simulation.naive.NaiveLoop;
import com.berryfi.vmsync.testkit.simulation.world.Dice;
import com.berryfi.vmsync.testkit.simulation.world.HostDatabase;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedProcess;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import com.berryfi.vmsync.testkit.simulation.world.Synchroniser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs seeds: a world of faults for five hours and a half, a healing, and a while in which all must come right. The same seed always gives the same
 * result. Immutable; each run is a world of its own.
 */
public final class Simulation {

    private static final Duration FAULTS = Duration.ofMinutes(330);

    /** Two full syncs past the longest hold, brake or fence. */
    private static final Duration AFTER = Duration.ofMinutes(35);

    private final Supplier<HostDatabase> databases;
    private final Synchroniser.Factory synchroniser;
    private final Function<SimulatedWorld, Checkers> checkers;

    private Simulation(
            Supplier<HostDatabase> databases,
            Synchroniser.Factory synchroniser,
            Function<SimulatedWorld, Checkers> checkers) {
        this.databases = databases;
        this.synchroniser = synchroniser;
        this.checkers = checkers;
    }

    /** {@return a simulation of vmsync, over a database in memory} */
    public static Simulation standard() {
        return new Simulation(
                HostDatabase::inMemory,
                VmSyncs.with(VmSyncs.settingsWithQuarantine(), StandardRules.book()),
                Checkers::of);
    }

    /** {@return a simulation of the loop that backends write by hand, in the same worlds; what it does is measured and not judged} */
    public static Simulation naive() {
        return new Simulation(HostDatabase::inMemory, NaiveLoop::new, Checkers::measuring);
    }

    /**
     * {@return the same, over other databases: each seed gets an empty one}
     *
     * @param value gives an empty database at each call; each is closed after its seed
     */
    public Simulation withDatabases(Supplier<HostDatabase> value) {
        return new Simulation(value, synchroniser, checkers);
    }

    /**
     * {@return the same, with a fault planted}
     *
     * @param sabotage the fault; what runs with it is vmsync, whatever ran before
     */
    public Simulation with(Sabotage sabotage) {
        Synchroniser.Factory broken =
                VmSyncs.with(sabotage.settings(VmSyncs.settingsWithQuarantine()), sabotage.rules(StandardRules.book()));
        return new Simulation(
                () -> new Underneath(sabotage, databases.get()),
                wiring ->
                        broken.build(wiring.with(sabotage.asSeen(wiring.store()), sabotage.billing(wiring.billing()))),
                checkers);
    }

    /** A database whose store has a fault planted. */
    private static final class Underneath implements HostDatabase {
        private final HostDatabase real;
        private final SessionStore store;

        Underneath(Sabotage sabotage, HostDatabase real) {
            this.real = real;
            this.store = sabotage.underneath(real.store());
        }

        @Override
        public SessionStore store() {
            return store;
        }

        @Override
        public HostRows rows() {
            return real.rows();
        }

        @Override
        public void close() {
            real.close();
        }
    }

    /**
     * Runs one seed, on the calling thread.
     *
     * @param seed decides all that happens
     * @return what came of it
     */
    public SeedResult run(long seed) {
        return run(seed, world -> {});
    }

    /**
     * Runs one seed, and lets somebody look at its world when all is over.
     *
     * @param seed decides all that happens
     * @param atEnd given the world after its end, before its database is closed
     * @return what came of it
     */
    public SeedResult run(long seed, Consumer<SimulatedWorld> atEnd) {
        HostDatabase database = databases.get();
        try {
            SimulatedWorld world = new SimulatedWorld(seed, database);
            SeedResult result = run(world);
            atEnd.accept(world);
            return result;
        } finally {
            database.close();
        }
    }

    private SeedResult run(SimulatedWorld world) {
        Checkers watching = checkers.apply(world);
        Instant start = world.time().instant();
        Instant healing = start.plus(FAULTS);
        List<Scope> scopes = populate(world);
        new RandomUsers(world, healing).begin();
        new RandomEvents(world, scopes, healing).begin();
        new RandomFaults(world, scopes, healing).begin();
        new RandomHost(world, healing).begin();
        new RandomSlips(world, healing).begin();
        world.processes().forEach(SimulatedProcess::start);
        world.run(FAULTS);
        RandomFaults.heal(world);
        world.run(AFTER);
        world.finish();
        return new SeedResult(
                world.seed(),
                watching.violations(),
                world.tally().counts(),
                watching.measures().rules(),
                world.rows().sessions().size(),
                watching.measures().ends(),
                watching.measures().wrongfulEnds(),
                watching.billedWhileOff(),
                watching.unbilledWhileOn(),
                watching.billedInTruthOff(),
                watching.unbilledInTruthOn(),
                watching.measures().detections(),
                world.cloud().lists(),
                world.cloud().directs(),
                Duration.between(start, world.time().instant()),
                watching.measures().digest());
    }

    private List<Scope> populate(SimulatedWorld world) {
        Dice dice = Dice.of(world.seed(), "world");
        List<Scope> scopes = new ArrayList<>();
        for (int i = dice.between(2, 4); i > 0; i--) {
            scopes.add(SimulatedWorld.scope(i));
        }
        int vms = dice.chance(0.03) ? dice.between(40, 60) : dice.between(20, 22);
        for (int i = 1; i <= vms; i++) {
            world.vm(
                    "vm-" + i,
                    dice.pick(scopes),
                    VmStatus.AVAILABLE,
                    dice.chance(0.9) ? PowerState.DEALLOCATED : PowerState.STOPPED);
        }
        int processes = dice.chance(0.5) ? 2 : dice.chance(0.75) ? 1 : 3;
        for (int i = 0; i < processes; i++) {
            world.process(synchroniser);
        }
        return scopes;
    }
}
