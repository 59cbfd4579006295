package com.berryfi.vmsync.testkit.simulation.campaign;

import com.berryfi.vmsync.testkit.simulation.incident.IncidentResult;
import com.berryfi.vmsync.testkit.simulation.incident.Incidents;
import com.berryfi.vmsync.testkit.simulation.sabotage.Sabotages;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** All seeds, all incidents and all planted faults. */
final class Campaign {

    /** From so many seeds on, everything that can happen must have happened. */
    private static final int ENOUGH_FOR_ALL = 1_000;

    private static final int LEAST_FAULTS = 20;
    private static final int LEAST_KINDS = 5;
    private static final int PROGRESS = 1_000;

    private final Worlds worlds;
    private final PrintStream out;
    private final Pages pages;

    Campaign(Worlds worlds, PrintStream out) {
        this.worlds = worlds;
        this.out = out;
        this.pages = new Pages(out);
    }

    /** Runs everything; whether all was as it must be. */
    boolean run(int seeds, int threads) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        Calm calm = Calm.begin();
        try {
            Future<List<IncidentResult>> incidents = pool.submit(() -> Incidents.runAll(1));
            List<Future<Hunt.Catch>> hunts = Sabotages.all().stream()
                    .map(sabotage -> pool.submit(() -> Hunt.of(sabotage)))
                    .toList();
            Worlds.Both both = worlds.run(seeds, pool, done -> {
                if (done % PROGRESS == 0 && done < seeds) {
                    out.println(done + " of " + seeds + " seeds");
                }
            });
            List<Hunt.Catch> catches = new ArrayList<>();
            for (Future<Hunt.Catch> hunt : hunts) {
                catches.add(hunt.get());
            }
            return conclude(both, incidents.get(), catches);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the simulation broke off", e);
        } finally {
            calm.close();
            pool.shutdownNow();
        }
    }

    private boolean conclude(Worlds.Both both, List<IncidentResult> incidents, List<Hunt.Catch> catches) {
        Sums sums = both.vmSync();
        List<String> wrong = new ArrayList<>();
        List<String> never = pages.histograms(sums);
        if (sums.seeds() >= ENOUGH_FOR_ALL) {
            never.forEach(what -> wrong.add("never happened: " + what));
        }
        pages.comparison(both.naive(), sums);
        if (both.naive().wrongfulEnds() == 0) {
            wrong.add("the naive loop ended no session wrongfully: these worlds are too mild");
        }
        out.println(
                "the mildest seeds: " + sums.fewestFaults() + " faults, " + sums.fewestKinds() + " kinds of faults");
        if (sums.fewestFaults() < LEAST_FAULTS || sums.fewestKinds() < LEAST_KINDS) {
            wrong.add("a seed had less than " + LEAST_FAULTS + " faults of " + LEAST_KINDS + " kinds");
        }
        catches.forEach(out::println);
        catches.stream().filter(each -> each.shown().isEmpty()).forEach(each -> wrong.add(each.toString()));
        out.println();
        incidents.stream().filter(result -> !result.held()).forEach(result -> wrong.add(result.toString()));
        List<Sums.Failure> failures = new ArrayList<>(sums.failures());
        failures.addAll(both.naive().failures());
        failures.forEach(failure -> {
            failure.what().forEach(out::println);
            out.println();
        });
        wrong.forEach(out::println);
        boolean ok = wrong.isEmpty() && failures.isEmpty();
        out.println("SIMULATION " + (ok ? "OK" : "FAILED")
                + " seeds=" + sums.seeds()
                + " simulated-days=" + sums.simulated().toDays()
                + " faults=" + sums.allFaults()
                + " incidents="
                + incidents.stream().filter(IncidentResult::held).count() + "/" + incidents.size()
                + " violations=" + sums.violations());
        return ok;
    }
}
