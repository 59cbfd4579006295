package com.berryfi.vmsync.crash;

import com.berryfi.vmsync.crash.Fault.Kind;
import com.berryfi.vmsync.crash.Ledger.Arrival;
import com.berryfi.vmsync.crash.Ledger.Metered;
import com.berryfi.vmsync.crash.Ledger.SessionRow;
import com.berryfi.vmsync.model.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether each session is billed as its machine truly ran, as far as anybody could know: what counts as proven are the passes that are
 * durable. The tolerances are in {@link BenchSettings}.
 */
final class Bills {

    private final Ledger ledger;
    private final Map<String, Instant> endRequests;
    private final Instant now;
    private final List<Fault> faults = new ArrayList<>();
    private Duration mostOver = Duration.ZERO;
    private Duration mostUnder = Duration.ZERO;
    private int compared;

    /**
     * Looks at nothing yet.
     *
     * @param endRequests when the host asked for an end, by session
     * @param now when the tables were read
     */
    Bills(Ledger ledger, Map<String, Instant> endRequests, Instant now) {
        this.ledger = ledger;
        this.endRequests = endRequests;
        this.now = now;
    }

    /**
     * Compares all sessions of a machine.
     *
     * @param passes that speak of it, oldest first
     * @param hostChanges when the host wrote its rows
     */
    void compare(Machine machine, List<Instant> passes, List<Instant> hostChanges) {
        ledger.sessions().stream()
                .filter(row -> row.vm().equals(machine.id()))
                .forEach(row -> compare(row, machine, passes, hostChanges));
    }

    List<Fault> faults() {
        return List.copyOf(faults);
    }

    /** How many sessions were compared, and how near the worst came to the tolerances. */
    String summary() {
        return compared + " bills, billed while proven off " + mostOver.toMillis()
                + " ms at most, not billed while proven on " + mostUnder.toMillis()
                + " ms at most beyond what is tolerated";
    }

    private void compare(SessionRow row, Machine machine, List<Instant> passes, List<Instant> hostChanges) {
        Optional<Arrival> stop = ledger.booked(row.id(), "STOP");
        wrongful(row, machine, stop);
        if (row.start().isEmpty()) {
            return;
        }
        compared++;
        Interval used = used(row, stop);
        List<Interval> billed = billed(row, used, stop);
        List<Interval> over = new ArrayList<>();
        for (Interval off : machine.off(now)) {
            if (endsBy(off, row, stop) || isProven(off, used, passes, hostChanges)) {
                over.addAll(Spans.common(Spans.common(List.of(off), List.of(used)), billed));
            }
        }
        List<Interval> under = new ArrayList<>();
        for (Interval on : Spans.common(machine.on(now), List.of(used))) {
            proven(on, used, passes).ifPresent(proof -> under.addAll(Spans.without(List.of(proof), billed)));
        }
        mostOver = Spans.longer(mostOver, Interval.total(over));
        mostUnder = Spans.longer(mostUnder, Interval.total(under));
        String bill = " of " + row + ", used " + used + ", billed " + billed + ", truly on " + machine.on(now);
        if (Interval.total(over).compareTo(BenchSettings.OVER) > 0) {
            faults.add(new Fault(Kind.OVERBILLED, row.id(), over + bill));
        }
        if (!under.isEmpty()) {
            faults.add(new Fault(Kind.UNBILLED, row.id(), under + bill));
        }
    }

    /** Whether it is for this stretch of being off that vmsync has closed the bill: then it has seen it, whatever became durable. */
    private boolean endsBy(Interval off, SessionRow row, Optional<Arrival> stop) {
        return !endRequests.containsKey(row.id())
                && stop.map(ledger::closedAt)
                        .filter(closed -> !closed.isBefore(off.from()) && closed.isBefore(off.to()))
                        .isPresent();
    }

    private static boolean isProven(Interval off, Interval used, List<Instant> passes, List<Instant> hostChanges) {
        return Spans.common(List.of(off), List.of(used)).stream()
                .anyMatch(within -> passes.stream()
                        .anyMatch(pass -> !pass.isBefore(within.from())
                                && !pass.plus(BenchSettings.ANSWERED).isAfter(within.to())
                                && isUnfenced(pass, passes, hostChanges)));
    }

    /**
     * Whether the fence that a change of the host opens was over at a pass: without an outage between, another pass a fence before saw
     * the rows as they are.
     */
    private static boolean isUnfenced(Instant pass, List<Instant> passes, List<Instant> hostChanges) {
        Instant changed = hostChanges.stream()
                .filter(change -> !change.isAfter(pass))
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        Instant latest = pass;
        for (int i = passes.indexOf(pass) - 1; i >= 0 && !passes.get(i).isBefore(changed); i--) {
            if (passes.get(i).plus(BenchSettings.LEASE).isBefore(latest)) {
                return false;
            }
            if (!passes.get(i).plus(BenchSettings.FENCE).isAfter(pass)) {
                return true;
            }
            latest = passes.get(i);
        }
        return false;
    }

    /** From its start to the request of its end, to the closing of its bill, or to now. */
    private Interval used(SessionRow row, Optional<Arrival> stop) {
        Instant start = row.start().orElseThrow();
        Instant end = Optional.ofNullable(endRequests.get(row.id()))
                .or(() -> stop.map(ledger::closedAt))
                .orElse(now);
        return new Interval(start, Spans.later(start, end));
    }

    /** By the Stop, if there is one: it is the whole bill. Else by the host's own books, less what it was told to leave out. */
    private List<Interval> billed(SessionRow row, Interval used, Optional<Arrival> stop) {
        if (stop.isPresent()) {
            return stop.get().booked().intervals();
        }
        if (row.isOver()) {
            return Spans.without(
                    List.of(used),
                    ledger.booked(row.id(), "ADJUST")
                            .map(adjust -> adjust.booked().intervals())
                            .orElse(List.of()));
        }
        Metered metered = ledger.meterings().get(row.id());
        return Spans.without(List.of(used), metered == null ? List.of() : metered.gaps());
    }

    /** What of a stretch of being on lies between two proofs, or between the session's own start and a proof. */
    private static Optional<Interval> proven(Interval on, Interval used, List<Instant> passes) {
        List<Instant> within = passes.stream()
                .filter(pass -> !pass.isBefore(on.from())
                        && !pass.plus(BenchSettings.ANSWERED).isAfter(on.to()))
                .toList();
        if (within.isEmpty()) {
            return Optional.empty();
        }
        Instant from =
                on.from().equals(used.from()) ? used.from() : within.get(0).plus(BenchSettings.BACK);
        Instant to = within.get(within.size() - 1);
        return from.isBefore(to) ? Optional.of(new Interval(from, to)) : Optional.empty();
    }

    /** Whether vmsync has ended a session though its machine ran all the while. */
    private void wrongful(SessionRow row, Machine machine, Optional<Arrival> stop) {
        Optional<Interval> around = stop.map(booked -> new Interval(
                        Spans.later(
                                row.start().orElse(Instant.MIN),
                                booked.booked().at().orElseThrow().minus(BenchSettings.WRONGFUL)),
                        Spans.later(booked.booked().at().orElseThrow(), ledger.closedAt(booked))))
                .or(() -> row.end()
                        .filter(end -> row.status().equals("FAILED"))
                        .map(end -> new Interval(
                                end.minus(BenchSettings.WRONGFUL),
                                Spans.earlier(now, end.plus(BenchSettings.WRONGFUL)))));
        around.filter(window -> Spans.without(List.of(window), machine.on(now)).isEmpty())
                .ifPresent(window -> faults.add(new Fault(
                        Kind.WRONGFUL,
                        row.id(),
                        "ended as of " + window + " while its machine ran: " + machine.on(now))));
    }
}
