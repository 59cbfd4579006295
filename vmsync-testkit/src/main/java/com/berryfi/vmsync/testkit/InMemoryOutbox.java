package com.berryfi.vmsync.testkit;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.port.SyncJournal.Settlement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Staged billing instructions and what became of them. Guarded by its journal. */
final class InMemoryOutbox {

    /** All that were ever staged. */
    private final Set<BillingKey> staged = new HashSet<>();
    /** Those that wait, by session in the order of its first staging, each session's in the order of their keys. */
    private final Map<SessionId, TreeMap<Long, BillingInstruction>> waiting = new LinkedHashMap<>();
    /** The first parked instruction of a session; those behind it wait. */
    private final Map<SessionId, Long> parked = new LinkedHashMap<>();

    Optional<String> refusal(List<BillingInstruction> instructions) {
        return instructions.stream()
                .map(BillingInstruction::key)
                .filter(staged::contains)
                .findFirst()
                .map(key -> "billing instruction " + key + " is staged already");
    }

    void stage(BillingInstruction instruction) {
        staged.add(instruction.key());
        waiting.computeIfAbsent(instruction.session(), same -> new TreeMap<>())
                .put(instruction.key().counter(), instruction);
    }

    void settle(BillingKey key, Settlement settlement) {
        TreeMap<Long, BillingInstruction> ofSession = waiting.get(key.session());
        if (ofSession == null || ofSession.remove(key.counter()) == null) {
            return;
        }
        if (ofSession.isEmpty()) {
            waiting.remove(key.session());
        }
        if (settlement == Settlement.PARKED) {
            parked.merge(key.session(), key.counter(), Math::min);
        }
    }

    List<BillingInstruction> undelivered(int limit) {
        List<List<BillingInstruction>> sessions = new ArrayList<>();
        waiting.forEach((session, instructions) -> {
            long before = parked.getOrDefault(session, Long.MAX_VALUE);
            sessions.add(List.copyOf(instructions.headMap(before).values()));
        });
        List<BillingInstruction> all = new ArrayList<>();
        for (int turn = 0; all.size() < limit; turn++) {
            int before = all.size();
            for (List<BillingInstruction> session : sessions) {
                if (turn < session.size() && all.size() < limit) {
                    all.add(session.get(turn));
                }
            }
            if (all.size() == before) {
                break;
            }
        }
        return all;
    }
}
