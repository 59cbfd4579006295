package com.berryfi.vmsync.crash;

import com.berryfi.vmsync.crash.Fault.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What came of the bench.
 *
 * @param databases on which it ran
 * @param done what was done to replicas and databases
 * @param faults what must never be
 * @param shortfalls what was to be done and was not, in words: a bench that hits nothing proves nothing
 */
record Verdict(List<String> databases, Chaos.Done done, List<Fault> faults, List<String> shortfalls) {

    private static final double IN_TRANSACTION = 0.6;

    /**
     * Of a run on one database.
     *
     * @param wanted how many kills it was to have
     */
    static Verdict of(String database, int wanted, Chaos.Done done, List<Fault> faults) {
        List<String> shortfalls = new ArrayList<>();
        demand(shortfalls, database, "kills", done.kills(), wanted);
        demand(shortfalls, database, "pauses", done.pauses(), Math.max(1, wanted / 10));
        demand(shortfalls, database, "restarts", done.restarts(), Math.max(1, wanted / 25));
        demand(shortfalls, database, "kills in a transaction or a delivery", done.inTransaction(), (int)
                (wanted * IN_TRANSACTION));
        return new Verdict(List.of(database), done, faults, shortfalls);
    }

    private static void demand(List<String> shortfalls, String database, String what, int is, int wanted) {
        if (is < wanted) {
            shortfalls.add(database + ": " + is + " " + what + ", " + wanted + " were to be");
        }
    }

    /** Of both. */
    Verdict and(Verdict other) {
        return new Verdict(
                concat(databases, other.databases),
                new Chaos.Done(
                        done.kills() + other.done.kills(),
                        done.inTransaction() + other.done.inTransaction(),
                        done.pauses() + other.done.pauses(),
                        done.restarts() + other.done.restarts()),
                concat(faults, other.faults),
                concat(shortfalls, other.shortfalls));
    }

    private static <T> List<T> concat(List<T> some, List<T> others) {
        List<T> all = new ArrayList<>(some);
        all.addAll(others);
        return List.copyOf(all);
    }

    boolean isOk() {
        return faults.isEmpty() && shortfalls.isEmpty();
    }

    /** How many sessions have a fault of a kind. */
    long count(Kind kind) {
        return faults.stream()
                .filter(fault -> fault.kind() == kind)
                .map(Fault::session)
                .distinct()
                .count();
    }

    /** The last line. */
    String line() {
        return (isOk() ? "CRASH OK" : "CRASH FAILED")
                + " databases=" + String.join(",", databases)
                + " kills=" + done.kills()
                + " in-transaction=" + done.inTransaction()
                + " pauses=" + done.pauses()
                + " restarts=" + done.restarts()
                + Arrays.stream(Kind.values())
                        .map(kind -> " " + kind.name().toLowerCase(Locale.ROOT) + "=" + count(kind))
                        .collect(Collectors.joining())
                + (shortfalls.isEmpty() ? "" : " (" + String.join("; ", shortfalls) + ")");
    }
}
