package com.berryfi.vmsync.testkit.simulation.incident;

import java.util.List;

/**
 * What came of an incident.
 *
 * @param incident which
 * @param seed in which world
 * @param failures what did not hold, each with what had happened to the VM; empty if all did
 */
public record IncidentResult(Incident incident, long seed, List<String> failures) {

    /**
     * Copies the failures: later changes of them are not seen here.
     *
     * @param incident which
     * @param seed in which world
     * @param failures what did not hold, each with what had happened to the VM; empty if all did
     */
    public IncidentResult {
        failures = List.copyOf(failures);
    }

    /** {@return whether all was as it must be} */
    public boolean held() {
        return failures.isEmpty();
    }

    /** One line if it held; else all that did not. */
    @Override
    public String toString() {
        return held()
                ? "held: " + incident
                : "INCIDENT VIOLATED with seed " + seed + ": " + incident + "\n  must: " + incident.must() + "\n  "
                        + String.join("\n  ", failures);
    }
}
