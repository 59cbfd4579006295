package com.berryfi.vmsync.testkit.simulation.campaign;

import com.berryfi.vmsync.testkit.simulation.Sabotage;
import com.berryfi.vmsync.testkit.simulation.Simulation;
import com.berryfi.vmsync.testkit.simulation.check.Violation;
import java.util.Optional;

/** The search for a seed that shows a planted fault. */
final class Hunt {

    /** A planted fault must show within so many seeds. */
    static final int SEEDS = 1_000;

    private Hunt() {}

    /**
     * What came of a search.
     *
     * @param sabotage what was planted
     * @param shown how it showed, by the invariant that it must break; empty if it did not
     */
    record Catch(Sabotage sabotage, Optional<Violation> shown) {
        @Override
        public String toString() {
            return "planted: " + sabotage.name() + ": "
                    + shown.map(violation -> "caught by invariant " + violation.invariant() + ", first with seed "
                                    + violation.seed() + " (" + violation.vm() + ")")
                            .orElse("NOT caught by invariant " + sabotage.invariant() + " within " + SEEDS + " seeds");
        }
    }

    /** The first seed from 1 on in whose world the fault shows, and without it nothing of the kind. */
    static Catch of(Sabotage sabotage) {
        Simulation broken = Simulation.standard().with(sabotage);
        Simulation whole = Simulation.standard();
        for (long seed = 1; seed <= SEEDS; seed++) {
            Optional<Violation> shown = shown(broken, sabotage, seed);
            if (shown.isPresent() && shown(whole, sabotage, seed).isEmpty()) {
                return new Catch(sabotage, shown);
            }
        }
        return new Catch(sabotage, Optional.empty());
    }

    private static Optional<Violation> shown(Simulation simulation, Sabotage sabotage, long seed) {
        return simulation.run(seed).violations().stream()
                .filter(violation -> violation.invariant() == sabotage.invariant())
                .findFirst();
    }
}
