package com.berryfi.vmsync.crash;

import com.berryfi.vmsync.crash.Booking.Booked;
import com.berryfi.vmsync.crash.Fault.Kind;
import com.berryfi.vmsync.crash.Ledger.Arrival;
import com.berryfi.vmsync.crash.Ledger.Metered;
import com.berryfi.vmsync.crash.Ledger.SessionRow;
import com.berryfi.vmsync.crash.Ledger.Staged;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether each instruction was booked once and in its order, by the tables alone. */
final class Books {

    private final Ledger ledger;
    private final List<Fault> faults = new ArrayList<>();

    private Books(Ledger ledger) {
        this.ledger = ledger;
    }

    static List<Fault> faults(Ledger ledger) {
        Books books = new Books(ledger);
        books.lost();
        books.duplicated();
        books.misordered();
        return books.faults;
    }

    private void add(Kind kind, String session, String what) {
        faults.add(new Fault(kind, session, what));
    }

    private void lost() {
        Map<Ledger.Key, Arrival> first = ledger.firstArrivals();
        for (Staged staged : ledger.staged()) {
            if (!first.containsKey(staged.key())) {
                add(Kind.LOST, staged.key().session(), staged + " was never booked");
            } else if (!staged.state().equals("DELIVERED")) {
                add(Kind.LOST, staged.key().session(), staged + " was booked and still waits");
            }
        }
        ledger.meterings().forEach((session, metered) -> {
            List<Staged> own = ledger.stagedOf(session);
            long last = own.isEmpty() ? 0 : own.get(own.size() - 1).key().counter();
            if (last != metered.counter() || own.size() != metered.counter()) {
                add(Kind.LOST, session, "its counter is " + metered.counter() + ", staged is " + own);
            }
        });
        for (SessionRow row : ledger.sessions()) {
            Metered metered = ledger.meterings().get(row.id());
            if (metered != null && metered.buried() && !row.isOver()) {
                add(Kind.LOST, row.id(), "vmsync has ended it, and it is " + row.status());
            }
            boolean ended = row.status().equals("TERMINATED");
            if (ended && ledger.booked(row.id(), "STOP").isEmpty()) {
                add(Kind.LOST, row.id(), "vmsync has ended it, and its bill was never closed");
            }
        }
    }

    private void duplicated() {
        Map<Ledger.Key, Integer> effects = new HashMap<>();
        Map<Ledger.Key, Booked> told = new HashMap<>();
        ledger.staged().forEach(staged -> told.put(staged.key(), staged.booked()));
        for (Arrival arrival : ledger.arrivals()) {
            effects.merge(arrival.key(), arrival.hasEffect() ? 1 : 0, Integer::sum);
            if (!arrival.booked().equals(told.get(arrival.key()))) {
                add(
                        Kind.DUPLICATED,
                        arrival.key().session(),
                        arrival + " was booked, and staged was " + told.get(arrival.key()));
            }
        }
        effects.forEach((key, times) -> {
            if (times > 1) {
                add(Kind.DUPLICATED, key.session(), key + " had " + times + " effects");
            }
        });
        for (SessionRow row : ledger.sessions()) {
            List<Staged> own = ledger.stagedOf(row.id());
            for (int i = 0; i < own.size() - 1; i++) {
                if (List.of("STOP", "ADJUST").contains(own.get(i).booked().kind())) {
                    add(Kind.DUPLICATED, row.id(), own.get(i + 1) + " follows the closing " + own.get(i));
                }
            }
        }
    }

    private void misordered() {
        Map<String, Long> last = new HashMap<>();
        Map<Ledger.Key, Arrival> first = ledger.firstArrivals();
        for (Arrival arrival : ledger.arrivals()) {
            if (arrival.equals(first.get(arrival.key()))) {
                long before = last.merge(arrival.key().session(), arrival.key().counter(), Math::max);
                if (before > arrival.key().counter()) {
                    add(Kind.MISORDERED, arrival.key().session(), arrival + " came first after #" + before);
                }
            }
        }
    }
}
