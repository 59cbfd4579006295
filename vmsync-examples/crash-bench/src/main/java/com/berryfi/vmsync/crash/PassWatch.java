package com.berryfi.vmsync.crash;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Notes every pass of a subscription that becomes durable: it says that somebody has read all machines in use there, and has written down
 * what followed, but of those it excepts. Thread-safe.
 */
final class PassWatch {

    /**
     * A pass.
     *
     * @param at when it was asked for, by the replica's word; but never later than when it was found, for that word may be wrong
     * @param foundAt when it was found to be durable
     * @param excepted of which VMs it says nothing, each with the last proof that it ran
     */
    record Pass(String subscription, Instant at, Instant foundAt, Map<String, String> excepted) {}

    private record Found(String subscription, Instant at, String except) {}

    private final Bookkeeping books;
    private final List<Pass> passes = new ArrayList<>();
    private final Map<String, Instant> last = new HashMap<>();
    private final Thread thread = new Thread(this::watch, "pass-watch");
    private volatile boolean closed;

    PassWatch(String url) {
        this.books = new Bookkeeping(url);
        thread.setDaemon(true);
        thread.start();
    }

    /** Of one machine: all that speak of it, oldest first. */
    synchronized List<Instant> of(Machine machine) {
        return passes.stream()
                .filter(pass -> pass.subscription().equals(machine.subscription())
                        && !pass.excepted().containsKey(machine.id()))
                .map(Pass::at)
                .sorted()
                .toList();
    }

    /** Of one machine: all of its subscription, in words. */
    synchronized List<String> describe(Machine machine) {
        return passes.stream()
                .filter(pass -> pass.subscription().equals(machine.subscription()))
                .map(pass -> pass.at() + " pass"
                        + Optional.ofNullable(pass.excepted().get(machine.id()))
                                .map(proof -> ", excepting it, last proof " + proof)
                                .orElse(""))
                .toList();
    }

    /** The longest time between two instants that any one subscription went without. */
    synchronized Duration longestGap(Instant from, Instant to) {
        Duration longest = Duration.ZERO;
        for (String subscription : last.keySet()) {
            Instant before = from;
            for (Pass pass : passes) {
                if (pass.subscription().equals(subscription) && pass.foundAt().isAfter(from)) {
                    longest = Spans.longer(longest, Duration.between(before, pass.foundAt()));
                    before = pass.foundAt();
                }
            }
            longest = Spans.longer(longest, Duration.between(before, to));
        }
        return longest;
    }

    private void watch() {
        try {
            while (!closed) {
                look();
                Thread.sleep(BenchSettings.LOOKS.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            books.close();
        }
    }

    private void look() {
        Optional<List<Found>> found = books.attempt(connection -> Bookkeeping.query(
                connection,
                "SELECT subscription, passed_at, except_vms FROM vmsync_pass",
                row -> new Found(
                        row.getString(1), Bookkeeping.instant(row, "passed_at").orElseThrow(), row.getString(3))));
        Instant now = Instant.now();
        found.ifPresent(rows -> rows.forEach(row -> note(row, now)));
    }

    private synchronized void note(Found row, Instant now) {
        if (!row.at().equals(last.put(row.subscription(), row.at()))) {
            Map<String, String> excepted = new HashMap<>();
            row.except().lines().forEach(line -> {
                int slash = line.indexOf('/');
                excepted.put(line.substring(slash + 1), line.substring(0, slash));
            });
            passes.add(new Pass(row.subscription(), Spans.earlier(row.at(), now), now, excepted));
        }
    }

    /** Looks no longer. */
    void end() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
