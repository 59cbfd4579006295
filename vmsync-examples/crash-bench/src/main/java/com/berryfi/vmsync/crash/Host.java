package com.berryfi.vmsync.crash;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The host's own code, and what happens to its machines behind its back, as a seed says: users come and go, machines stop and come back,
 * and rows are saved blindly. One thread does it all, so that the host never overtakes itself.
 */
final class Host {

    private final HostRows rows;
    private final HostLog log = new HostLog();
    private final ExecutorService thread;
    private volatile boolean resting;

    Host(Bookkeeping books, long seed, List<Machine> machines) {
        this.rows = new HostRows(books);
        ThreadFactory daemons = task -> {
            Thread host = new Thread(task, "host");
            host.setDaemon(true);
            return host;
        };
        this.thread = Executors.newSingleThreadExecutor(daemons);
        for (int i = 0; i < machines.size(); i++) {
            // One machine of each subscription is let alone: nobody may ever end what runs on it.
            boolean steady = machines.get(i).id().endsWith("-0");
            new Seat(machines.get(i), new Random(seed * 1_000 + i), steady).rest();
        }
    }

    /** What it did. */
    HostLog log() {
        return log;
    }

    /** Nothing happens any longer, wherever it stands. */
    void rest() throws InterruptedException {
        resting = true;
        thread.shutdownNow();
        if (!thread.awaitTermination(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the host does not come to rest");
        }
    }

    /** What the host does next with a machine. */
    private interface Step {
        void run() throws InterruptedException;
    }

    /** One machine and those who use it, one after another. */
    private final class Seat {

        private final Machine machine;
        private final Random random;
        private final boolean steady;
        private int visits;
        private int writes;
        private String session = "";

        Seat(Machine machine, Random random, boolean steady) {
            this.machine = machine;
            this.random = random;
            this.steady = steady;
        }

        private void after(Duration delay, Step step) {
            if (resting) {
                return;
            }
            CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, thread)
                    .execute(() -> take(step));
        }

        private void take(Step step) {
            try {
                step.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                System.err.println("the host broke off: " + e);
            }
        }

        private Duration millis(int from, int to) {
            return Duration.ofMillis(from + random.nextInt(to - from));
        }

        private void rest() {
            after(millis(200, 3_000), this::come);
        }

        private void come() throws InterruptedException {
            if (!machine.isOff()) {
                after(millis(300, 600), this::come);
                return;
            }
            session = machine.id() + "-s" + (visits + 1);
            if (!rows.allot(machine.id(), session)) {
                after(millis(300, 600), this::come);
                return;
            }
            visits++;
            writes++;
            boolean dies = !steady && random.nextInt(100) < 5;
            if (dies) {
                awaitEnd();
            } else {
                machine.start();
                after(BenchSettings.TRANSITION, this::activate);
            }
        }

        private void activate() throws InterruptedException {
            if (!machine.isOn()) {
                after(millis(100, 300), this::activate);
                return;
            }
            writes++;
            boolean active = rows.activate(machine.id(), session);
            log.noteChange(machine.id());
            if (!active) {
                machine.deallocate();
                rest();
            } else if (!steady) {
                use();
            } else {
                blindSave();
            }
        }

        private void use() {
            int fate = random.nextInt(100);
            Duration used = millis(5_500, 13_000);
            blindSave();
            if (random.nextInt(100) < 35) {
                after(millis(3_000, 5_000), this::blip);
                used = used.plusSeconds(13);
            }
            after(used, fate < 35 ? this::leave : this::vanish);
        }

        /** The machine goes off and comes back, and nobody told the host. */
        private void blip() throws InterruptedException {
            if (!machine.isOn() || !inUse()) {
                return;
            }
            String of = session;
            turnOff();
            after(BenchSettings.TRANSITION.plus(millis(300, 8_000)), () -> {
                if (of.equals(session) && machine.isOff() && inUse()) {
                    machine.start();
                }
            });
        }

        private boolean inUse() throws InterruptedException {
            return rows.status(session).equals(Optional.of("ACTIVE"));
        }

        private void turnOff() {
            if (random.nextBoolean()) {
                machine.stop();
            } else {
                machine.deallocate();
            }
        }

        /** The machine goes off for good, and vmsync is to find out. */
        private void vanish() throws InterruptedException {
            if (machine.isOn()) {
                blindSave();
                turnOff();
            }
            awaitEnd();
        }

        private void leave() throws InterruptedException {
            Instant now = Instant.now();
            writes++;
            if (!rows.terminate(machine.id(), session, now)) {
                vanish();
                return;
            }
            log.noteEndRequest(session, now);
            machine.deallocate();
            boolean dies = random.nextInt(100) < 20;
            if (dies) {
                awaitEnd();
            } else {
                complete();
            }
        }

        private void complete() throws InterruptedException {
            if (!machine.isOff()) {
                after(millis(200, 500), this::complete);
                return;
            }
            writes++;
            rows.complete(machine.id(), session);
            awaitEnd();
        }

        private void awaitEnd() throws InterruptedException {
            Optional<String> status = rows.status(session);
            if (status.isPresent()
                    && List.of("COMPLETED", "TERMINATED", "FAILED").contains(status.get())) {
                rest();
            } else {
                after(millis(400, 700), this::awaitEnd);
            }
        }

        /** Reads both rows now, and writes them back a little later, unless the host itself has been there meanwhile. */
        private void blindSave() {
            int times = steady ? 1 : 1 + random.nextInt(2);
            Duration wait = steady ? millis(2_000, 4_000) : millis(0, 2_000);
            for (int i = 0; i < times; i++) {
                after(wait.multipliedBy(i + 1L), () -> {
                    String of = session;
                    int seen = writes;
                    List<HostRows.Row> read = rows.read(machine.id(), of);
                    after(millis(300, 4_000), () -> {
                        if (writes == seen && of.equals(session)) {
                            rows.saveBlindly(read);
                            log.noteBlindSave(machine.id());
                        }
                        if (steady) {
                            blindSave();
                        }
                    });
                });
            }
        }
    }
}
