package com.berryfi.vmsync.jdbc;

import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The store against hand-written JDBC, on each database: the program of the build's profile {@code benchmark}. The last line says whether
 * the store reached what is asked of it.
 */
final class ThroughputMain {

    static final double ASKED = 0.70;

    /** Each from a pool. */
    static final List<Connecting> EVERYWHERE =
            List.of(Connecting.H2_MANUAL_COMMIT, Connecting.MARIADB, Connecting.POSTGRESQL);

    private static final int TRANSITIONS = 10_000;
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 5;

    private ThroughputMain() {}

    /** Ends the process: with 0 if the store was fast enough on each, else with 1. May be told how many transitions, rounds, and where. */
    public static void main(String[] arguments) throws SQLException {
        int transitions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : TRANSITIONS;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : ROUNDS;
        List<Connecting> everywhere = arguments.length > 2 ? List.of(Connecting.valueOf(arguments[2])) : EVERYWHERE;
        System.exit(run(everywhere, transitions, WARM_UP, rounds, System.out) ? 0 : 1);
    }

    static boolean run(List<Connecting> everywhere, int transitions, int warmUp, int rounds, PrintStream out)
            throws SQLException {
        List<Throughput.Result> results = new ArrayList<>();
        for (Connecting on : everywhere) {
            Throughput.Result result = new Throughput(on, transitions).measured(warmUp, rounds);
            out.println(result);
            results.add(result);
        }
        out.println(verdict(results));
        return isFastEnough(results);
    }

    static boolean isFastEnough(List<Throughput.Result> results) {
        return results.stream().allMatch(result -> result.ratio() >= ASKED);
    }

    static String verdict(List<Throughput.Result> results) {
        return "THROUGHPUT " + (isFastEnough(results) ? "OK" : "FAILED")
                + results.stream()
                        .map(result -> String.format(Locale.ROOT, " %s=%.2f", result.database(), result.ratio()))
                        .collect(Collectors.joining())
                + results.stream()
                        .map(result -> String.format(Locale.ROOT, "%.1f", result.statementsEach()))
                        .distinct()
                        .collect(Collectors.joining("/", " statements-per-transition=", ""));
    }
}
