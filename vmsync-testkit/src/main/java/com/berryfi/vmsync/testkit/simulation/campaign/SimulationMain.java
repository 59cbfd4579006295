package com.berryfi.vmsync.testkit.simulation.campaign;

import com.berryfi.vmsync.testkit.simulation.world.HostDatabase;
import java.io.PrintStream;
import java.util.function.LongFunction;

/**
 * Runs many seeds for vmsync and for the naive loop, all incidents and all planted faults, and says what came of them; or one seed again.
 * By system properties, or arguments of the form {@code key=value}:
 *
 * <ul>
 *   <li>{@code vmsync.seeds}: how many seeds; 1,000 unless told otherwise
 *   <li>{@code vmsync.threads}: how many at the same time; 2
 *   <li>{@code vmsync.seed}: the one seed to replay, with what happened in its world
 *   <li>{@code vmsync.vm}: in a replay, the VM whose whole timeline is shown
 *   <li>{@code vmsync.sabotage}: in a replay, the fault to plant, by its name
 * </ul>
 *
 * The last line begins with {@code SIMULATION OK} or {@code SIMULATION FAILED}.
 */
public final class SimulationMain {

    private SimulationMain() {}

    /**
     * Ends the process: with 0 if all was as it must be, else with 1.
     *
     * @param arguments {@code key=value}, each in place of the system property of that name
     * @throws InterruptedException if the calling thread is interrupted before all seeds have run
     */
    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(seed -> HostDatabase.inMemory(), System.out, arguments) ? 0 : 1);
    }

    /**
     * Runs what the properties and the arguments ask for.
     *
     * @param databases an empty one for a seed's world
     * @param out where it is told
     * @param arguments {@code key=value}, each in place of the system property of that name
     * @return whether all was as it must be
     * @throws IllegalArgumentException if a property or an argument is bad; the message names it
     * @throws InterruptedException if the calling thread is interrupted before all seeds have run
     */
    public static boolean run(LongFunction<HostDatabase> databases, PrintStream out, String... arguments)
            throws InterruptedException {
        Options options = Options.of(System.getProperties(), arguments);
        Worlds worlds = new Worlds(databases);
        return options.seed().isPresent()
                ? new Replay(worlds, out).run(options.seed().getAsLong(), options.sabotage(), options.vm())
                : new Campaign(worlds, out).run(options.seeds(), options.threads());
    }
}
