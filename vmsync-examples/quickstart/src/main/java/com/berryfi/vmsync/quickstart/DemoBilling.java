package com.berryfi.vmsync.quickstart;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.port.BillingPort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The host's billing: keeps what it was told, once for each key. */
final class DemoBilling implements BillingPort {

    private final Map<BillingKey, BillingInstruction> ledger = new LinkedHashMap<>();

    @Override
    public synchronized void apply(BillingInstruction instruction) {
        ledger.putIfAbsent(instruction.key(), instruction);
    }

    synchronized List<BillingInstruction> all() {
        return List.copyOf(ledger.values());
    }

    synchronized List<BillingInstruction> of(SessionId session) {
        return ledger.values().stream()
                .filter(instruction -> instruction.session().equals(session))
                .toList();
    }
}
