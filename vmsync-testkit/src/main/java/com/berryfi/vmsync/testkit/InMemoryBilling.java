package com.berryfi.vmsync.testkit;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.port.BillingPort;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.UnavailableException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A {@link BillingPort} in memory: applies each key once and counts how often it came. Thread-safe. */
public final class InMemoryBilling implements BillingPort {

    private final Map<BillingKey, BillingInstruction> applied = new LinkedHashMap<>();
    private final Map<BillingKey, Integer> came = new HashMap<>();
    private int unavailable;
    private int rejections;

    /**
     * {@inheritDoc}
     *
     * @throws RejectedException also if a key comes again with another instruction, which vmsync must never do
     */
    @Override
    public synchronized void apply(BillingInstruction instruction) {
        came.merge(instruction.key(), 1, Integer::sum);
        if (unavailable > 0) {
            unavailable--;
            throw new UnavailableException("in-memory billing: is down");
        }
        if (rejections > 0) {
            rejections--;
            throw new RejectedException("in-memory billing: refuses " + instruction.key());
        }
        BillingInstruction before = applied.putIfAbsent(instruction.key(), instruction);
        if (before != null && !before.equals(instruction)) {
            throw new RejectedException("in-memory billing: " + instruction.key() + " was another instruction before");
        }
    }

    /**
     * Fails as unavailable from now on, so many calls long.
     *
     * @param calls how many; zero ends it
     */
    public synchronized void goDown(int calls) {
        unavailable = calls;
    }

    /**
     * Rejects from now on, so many calls long; calls that fail as unavailable come first.
     *
     * @param calls how many; zero ends it
     */
    public synchronized void reject(int calls) {
        rejections = calls;
    }

    /** {@return what was applied, in order} */
    public synchronized List<BillingInstruction> applied() {
        return List.copyOf(applied.values());
    }

    /**
     * {@return what was applied to one session, in order}
     *
     * @param session of which session
     */
    public synchronized List<BillingInstruction> applied(SessionId session) {
        return applied.values().stream()
                .filter(instruction -> instruction.session().equals(session))
                .toList();
    }

    /**
     * {@return how often a key came, failed calls included; zero if it never did}
     *
     * @param key which key
     */
    public synchronized int timesCame(BillingKey key) {
        return came.getOrDefault(key, 0);
    }
}
