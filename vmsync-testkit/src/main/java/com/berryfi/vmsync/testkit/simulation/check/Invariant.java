package com.berryfi.vmsync.testkit.simulation.check;

import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import com.berryfi.vmsync.testkit.simulation.world.Witness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One thing that must never happen in a world. */
public abstract class Invariant implements Witness {

    /** More of the same say nothing new. */
    private static final int KEPT = 5;

    private static final int LINES = 25;

    final SimulatedWorld world;
    private final int number;
    private final String sentence;
    private final List<Violation> violations = new ArrayList<>();

    Invariant(SimulatedWorld world, int number, String sentence) {
        this.world = world;
        this.number = number;
        this.sentence = sentence;
    }

    /** {@return its number among the design's} */
    public int number() {
        return number;
    }

    /** {@return when it did not hold: the first times, and no more than a few; empty if it held} */
    public List<Violation> violations() {
        return violations;
    }

    final void violated(VmId vm, String what) {
        violated(vm, now(), what);
    }

    /** @param until when it happened: what came after says nothing more */
    final void violated(VmId vm, Instant until, String what) {
        if (violations.size() < KEPT) {
            violations.add(new Violation(
                    number,
                    sentence,
                    world.seed(),
                    until,
                    vm,
                    what,
                    world.timeline().of(vm, world.cloud().slot(vm).scope(), until, LINES)));
        }
    }

    final Instant now() {
        return world.time().instant();
    }
}
