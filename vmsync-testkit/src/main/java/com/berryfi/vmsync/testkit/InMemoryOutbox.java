package com.berryfi.vmsync.testkit;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.port.SyncJournal.Settlement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The billing instructions that an {@link InMemoryJournal} has staged. Not thread-safe: its owner holds the lock. */
final class InMemoryOutbox {

    /** An instruction, when it was staged, how often it has failed, and whether it is parked. */
    private record Staged(BillingInstruction instruction, long order, int failures, boolean parked) {}

    /** An instruction that can be delivered, and how many of its session come before it. */
    private record Turn(Staged staged, int before) {}

    private final Set<BillingKey> known = new HashSet<>();
    /** What is not delivered, by session and counter. */
    private final Map<SessionId, TreeMap<Long, Staged>> waiting = new HashMap<>();

    private long order;

    /** The first of some instructions whose key was staged before; empty if none was. */
    Optional<BillingKey> staged(List<BillingInstruction> instructions) {
        return instructions.stream()
                .map(BillingInstruction::key)
                .filter(known::contains)
                .findFirst();
    }

    void stage(BillingInstruction instruction) {
        known.add(instruction.key());
        waiting.computeIfAbsent(instruction.session(), session -> new TreeMap<>())
                .put(instruction.key().counter(), new Staged(instruction, order++, 0, false));
    }

    List<BillingInstruction> undelivered(int limit) {
        List<Turn> turns = new ArrayList<>();
        for (TreeMap<Long, Staged> session : waiting.values()) {
            int before = 0;
            for (Staged staged : session.values()) {
                if (staged.parked()) {
                    break;
                }
                turns.add(new Turn(staged, before++));
            }
        }
        return turns.stream()
                .sorted(Comparator.comparing(Turn::before)
                        .thenComparing(turn -> turn.staged().order()))
                .limit(limit)
                .map(turn -> turn.staged().instruction())
                .toList();
    }

    void settle(BillingKey key, Settlement settlement) {
        find(key).filter(staged -> !staged.parked()).ifPresent(staged -> {
            if (settlement == Settlement.PARKED) {
                replace(new Staged(staged.instruction(), staged.order(), staged.failures(), true));
            } else {
                remove(key);
            }
        });
    }

    int noteFailure(BillingKey key) {
        Optional<Staged> failed = find(key)
                .filter(staged -> !staged.parked())
                .map(staged -> new Staged(staged.instruction(), staged.order(), staged.failures() + 1, false));
        failed.ifPresent(this::replace);
        return failed.map(Staged::failures).orElse(0);
    }

    List<BillingInstruction> parked() {
        return waiting.values().stream()
                .flatMap(session -> session.values().stream())
                .filter(Staged::parked)
                .sorted(Comparator.comparing(Staged::order))
                .map(Staged::instruction)
                .toList();
    }

    boolean release(BillingKey key, boolean again) {
        Optional<Staged> parked = find(key).filter(Staged::parked);
        parked.ifPresent(staged -> {
            if (again) {
                replace(new Staged(staged.instruction(), staged.order(), 0, false));
            } else {
                remove(key);
            }
        });
        return parked.isPresent();
    }

    private Optional<Staged> find(BillingKey key) {
        return Optional.ofNullable(waiting.get(key.session())).map(session -> session.get(key.counter()));
    }

    private void replace(Staged staged) {
        BillingKey key = staged.instruction().key();
        waiting.computeIfAbsent(key.session(), session -> new TreeMap<>()).put(key.counter(), staged);
    }

    private void remove(BillingKey key) {
        waiting.computeIfPresent(key.session(), (session, staged) -> {
            staged.remove(key.counter());
            return staged.isEmpty() ? null : staged;
        });
    }
}
