package com.berryfi.vmsync.crash;

import com.berryfi.vmsync.crash.Fault.Kind;
import com.berryfi.vmsync.crash.Ledger.SessionRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The time after all that is done to replicas and databases, in which they are to put everything right. */
final class Rest {

    private static final Duration AT_LEAST = Duration.ofSeconds(3);

    private Rest() {}

    /**
     * Waits until nothing is left to be done, as the tables say, but no longer than it may take.
     *
     * @return what is left then
     */
    static List<Fault> await(List<Machine> machines, Bookkeeping books, PassWatch passes) throws InterruptedException {
        Instant since = Instant.now();
        Thread.sleep(AT_LEAST.toMillis());
        while (true) {
            Instant now = Instant.now();
            List<Fault> left = left(machines, books.insist(connection -> Ledger.read(connection, now)));
            if (left.isEmpty() || now.isAfter(since.plus(BenchSettings.quiet(passes.longestGap(since, now))))) {
                return left;
            }
            Thread.sleep(BenchSettings.LOOKS.multipliedBy(5).toMillis());
        }
    }

    /** What is still to be done: deliveries, bills to be closed, sessions to be ended. */
    static List<Fault> left(List<Machine> machines, Ledger ledger) {
        Set<String> on =
                machines.stream().filter(Machine::isOn).map(Machine::id).collect(Collectors.toSet());
        List<Fault> left = new ArrayList<>();
        ledger.staged().stream()
                .filter(staged -> !staged.state().equals("DELIVERED"))
                .map(staged -> new Fault(Kind.LOST, staged.key().session(), staged + " still waits"))
                .forEach(left::add);
        for (SessionRow row : ledger.sessions()) {
            boolean isOpen = Optional.ofNullable(ledger.meterings().get(row.id()))
                    .filter(metered -> !metered.stopped())
                    .isPresent();
            boolean mayLast = List.of("ACTIVE", "STARTING").contains(row.status()) && on.contains(row.vm());
            if (row.isOver() && isOpen) {
                left.add(new Fault(Kind.LOST, row.id(), "it is over, and its bill was never closed: " + row));
            } else if (!row.isOver() && !mayLast) {
                left.add(new Fault(Kind.OVERBILLED, row.id(), "nobody has ended it: " + row));
            }
        }
        return left;
    }
}
