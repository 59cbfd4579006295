package com.berryfi.vmsync.crash;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Kills replicas, has them sleep longer than a lease, and has the database die: what, where and when, as a seed says. */
final class Chaos implements AutoCloseable {

    static final int REPLICAS = 3;

    private static final int UP_WITHIN_SECONDS = 60;
    private static final int COMES_BY_WITHIN_SECONDS = 8;
    private static final Place[] PLACES = Place.values();

    private enum Step {
        KILL_IN_PLACE,
        KILL,
        SLEEP_IN_PLACE,
        SLEEP,
        RESTART
    }

    /** What was done. */
    record Done(int kills, int inTransaction, int pauses, int restarts) {}

    private record Caught(Replica replica, Place place) {}

    private record Sleeper(Replica replica, Thread alarm) {}

    private final DatabaseServer server;
    private final String endpoint;
    private final Sabotage sabotage;
    private final Path log;
    private final Random random;
    private final PrintStream out;
    private final List<Replica> replicas = new ArrayList<>();
    private final List<Sleeper> sleepers = new ArrayList<>();
    /** Only those that somebody woke up from. */
    private final AtomicInteger pauses = new AtomicInteger();

    private int kills;
    private int inTransaction;
    private int restarts;

    Chaos(DatabaseServer server, String endpoint, Sabotage sabotage, Path log, long seed, PrintStream out)
            throws IOException {
        this.server = server;
        this.endpoint = endpoint;
        this.sabotage = sabotage;
        this.log = log;
        this.random = new Random(seed);
        this.out = out;
        for (int i = 0; i < REPLICAS; i++) {
            replicas.add(started(i));
        }
    }

    private Replica started(int number) throws IOException {
        long skew = (number - 1) * BenchSettings.SKEW.toSeconds();
        return Replica.start("replica-" + number, endpoint, server.url(), skew, sabotage, log);
    }

    /** So many kills, with a sleep for each seven of them and a restart for each twenty-five, at least one of each. */
    Done run(int wanted) throws IOException, InterruptedException {
        awaitUp();
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            steps.add(i % 5 == 0 ? Step.KILL : Step.KILL_IN_PLACE);
        }
        for (int i = 0; i < (wanted + 6) / 7; i++) {
            steps.add(i % 2 == 0 ? Step.SLEEP_IN_PLACE : Step.SLEEP);
        }
        steps.addAll(Collections.nCopies((wanted + 24) / 25, Step.RESTART));
        Collections.shuffle(steps, random);
        for (Step step : steps) {
            Thread.sleep(500L + random.nextInt(3_000));
            take(step);
        }
        for (Sleeper sleeper : sleepers) {
            sleeper.alarm().join();
        }
        replicas.forEach(Replica::release);
        awaitUp();
        return new Done(kills, inTransaction, pauses.get(), restarts);
    }

    private void take(Step step) throws IOException, InterruptedException {
        if (!dead().isEmpty()) {
            throw new IllegalStateException("replicas have died by themselves: " + dead() + ", see " + log);
        }
        switch (step) {
            case KILL_IN_PLACE, KILL -> kill(step == Step.KILL_IN_PLACE);
            case SLEEP_IN_PLACE, SLEEP -> sleep(step == Step.SLEEP_IN_PLACE);
            case RESTART -> {
                out.println("  the database dies");
                server.crash();
                Thread.sleep(random.nextInt(2_500));
                server.start();
                restarts++;
            }
        }
    }

    private void kill(boolean inPlace) throws IOException, InterruptedException {
        Place place = PLACES[random.nextInt(PLACES.length)];
        Optional<Caught> there = inPlace ? inPlace(place) : Optional.empty();
        Replica victim = there.map(Caught::replica).orElseGet(this::anybody);
        victim.kill();
        kills++;
        there.ifPresent(any -> inTransaction++);
        out.println("  kill " + kills + ": " + victim.name()
                + there.map(caught -> " " + caught.place()).orElse(""));
        int number = replicas.indexOf(victim);
        replicas.set(number, started(number));
    }

    private void sleep(boolean inPlace) throws IOException, InterruptedException {
        Place place = PLACES[random.nextInt(PLACES.length)];
        Optional<Caught> there = inPlace ? inPlace(place) : Optional.empty();
        Replica sleeper = there.map(Caught::replica).orElseGet(this::anybody);
        sleeper.pause();
        out.println("  sleep: " + sleeper.name()
                + there.map(caught -> " " + caught.place()).orElse(""));
        long millis = BenchSettings.LEASE.toMillis() + 500 + random.nextInt(2_500);
        Thread alarm = new Thread(
                () -> {
                    try {
                        Thread.sleep(millis);
                        sleeper.release();
                        sleeper.goOn();
                        pauses.incrementAndGet();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (IOException e) {
                        System.err.println(sleeper.name() + " cannot be woken: " + e);
                    }
                },
                "alarm");
        alarm.setDaemon(true);
        alarm.start();
        sleepers.add(new Sleeper(sleeper, alarm));
    }

    /**
     * The first that comes by a place, of those that are awake, stands there still, and the others go on. If none does in time, the first
     * that is about to commit; empty if there is none either.
     */
    private Optional<Caught> inPlace(Place wanted) throws InterruptedException {
        Optional<Caught> there = reaching(wanted).map(replica -> new Caught(replica, wanted));
        return there.isPresent()
                ? there
                : reaching(Place.BEFORE_COMMIT).map(replica -> new Caught(replica, Place.BEFORE_COMMIT));
    }

    private Optional<Replica> reaching(Place place) throws InterruptedException {
        List<Replica> awake = awake();
        CompletableFuture<Object> first = CompletableFuture.anyOf(
                awake.stream().map(each -> each.arm(place)).toArray(CompletableFuture<?>[]::new));
        Optional<Replica> there;
        try {
            there = Optional.of((Replica) first.get(COMES_BY_WITHIN_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            there = Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        for (Replica each : awake) {
            if (there.filter(each::equals).isEmpty()) {
                each.release();
            }
        }
        return there;
    }

    private Replica anybody() {
        List<Replica> awake = awake();
        return awake.get(random.nextInt(awake.size()));
    }

    private List<Replica> awake() {
        List<Replica> asleep = sleepers.stream()
                .filter(each -> each.alarm().isAlive())
                .map(Sleeper::replica)
                .toList();
        List<Replica> awake =
                replicas.stream().filter(each -> !asleep.contains(each)).toList();
        // All of them may sleep; then the oldest sleeper dies in its sleep.
        return awake.isEmpty() ? List.of(asleep.get(0)) : awake;
    }

    /** Comes back once every replica synchronises. */
    private void awaitUp() throws InterruptedException {
        for (Replica replica : replicas) {
            try {
                replica.up().get(UP_WITHIN_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException | ExecutionException e) {
                throw new IllegalStateException(replica.name() + " does not come up: see " + log, e);
            }
        }
    }

    /** The replicas that have died by themselves; there must be none. */
    List<String> dead() {
        return replicas.stream()
                .flatMap(each -> each.exitCode().map(code -> each.name() + " with " + code).stream())
                .toList();
    }

    /** Ends all replicas. */
    @Override
    public void close() {
        for (Replica replica : replicas) {
            replica.kill();
        }
    }
}
