package com.berryfi.vmsync.testkit.simulation.check;

import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** All that watch a world, and what they have seen. */
public final class Checkers {

    private final List<Invariant> invariants;
    private final BillsAreTrue bills;
    private final Measures measures;

    private Checkers(SimulatedWorld world, boolean judging) {
        AnswerLog log = new AnswerLog(world);
        bills = new BillsAreTrue(world);
        measures = new Measures(world);
        if (!judging) {
            invariants = List.of();
            world.watch(bills);
            world.watch(measures);
            return;
        }
        invariants = List.of(
                new NoWrongfulEnd(world, log),
                new EndedStaysEnded(world),
                bills,
                new InstructionsExactlyOnce(world),
                new HostWins(world),
                new EveryScopeIsRead(world),
                new BrakesHold(world, log),
                new EverythingIsAudited(world, log),
                new AllComesRight(world));
        world.watch(log);
        invariants.forEach(world::watch);
        world.watch(measures);
    }

    /**
     * Begins to watch a world.
     *
     * @param world a world in which nothing has happened yet
     * @return checkers that see all that happens in it from now on
     */
    public static Checkers of(SimulatedWorld world) {
        return new Checkers(world, true);
    }

    /**
     * Begins to measure what happens in a world, without judging it.
     *
     * @param world a world in which nothing has happened yet
     * @return checkers that find no violations
     */
    public static Checkers measuring(SimulatedWorld world) {
        return new Checkers(world, false);
    }

    /** {@return all that did not hold so far, in the order of the invariants} */
    public List<Violation> violations() {
        return invariants.stream()
                .sorted(Comparator.comparing(Invariant::number))
                .flatMap(each -> each.violations().stream())
                .toList();
    }

    /** {@return what was counted} */
    public Measures measures() {
        return measures;
    }

    /** {@return how long was billed although proven off; known once the world has finished} */
    public Duration billedWhileOff() {
        return bills.billedWhileOff();
    }

    /** {@return how long was not billed although proven on; known once the world has finished} */
    public Duration unbilledWhileOn() {
        return bills.unbilledWhileOn();
    }

    /** {@return how long was billed although the machine did not run; known once the world has finished} */
    public Duration billedInTruthOff() {
        return bills.billedInTruthOff();
    }

    /** {@return how long a session's machine ran and was not billed; known once the world has finished} */
    public Duration unbilledInTruthOn() {
        return bills.unbilledInTruthOn();
    }
}
