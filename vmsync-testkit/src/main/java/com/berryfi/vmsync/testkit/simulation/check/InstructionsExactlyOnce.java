package com.berryfi.vmsync.testkit.simulation.check;

import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.testkit.simulation.world.Frame;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Invariant 4: a billing instruction is neither lost nor applied twice, whatever crashes and whenever. */
final class InstructionsExactlyOnce extends Invariant {

    private final Map<BillingKey, BillingInstruction> committed = new LinkedHashMap<>();
    private final Map<SessionId, Long> last = new HashMap<>();
    private final Set<BillingKey> applied = new HashSet<>();
    private final Set<SessionId> closed = new HashSet<>();

    InstructionsExactlyOnce(SimulatedWorld world) {
        super(world, 4, "a billing instruction is neither lost nor applied twice, whatever crashes and whenever");
    }

    @Override
    public void committed(Frame frame, Change change, CommitOutcome outcome) {
        stage(change.billing(), outcome);
    }

    @Override
    public void amended(Frame frame, Amendment amendment, CommitOutcome outcome) {
        stage(amendment.billing(), outcome);
    }

    private void stage(List<BillingInstruction> billing, CommitOutcome outcome) {
        if (!(outcome instanceof CommitOutcome.Committed)) {
            return;
        }
        for (BillingInstruction instruction : billing) {
            if (committed.put(instruction.key(), instruction) != null) {
                violated(instruction.vm(), "staged twice: " + instruction);
            }
            boolean closes =
                    instruction instanceof BillingInstruction.Stop || instruction instanceof BillingInstruction.Adjust;
            if (!closed.isEmpty() && closed.contains(instruction.session())) {
                violated(instruction.vm(), "staged after the bill was closed: " + instruction);
            }
            if (closes) {
                closed.add(instruction.session());
            }
        }
    }

    @Override
    public void billed(BillingInstruction instruction) {
        if (!instruction.equals(committed.get(instruction.key()))) {
            violated(
                    instruction.vm(),
                    "applied and not committed so: " + instruction + ", committed " + committed.get(instruction.key()));
        }
        if (applied.add(instruction.key())) {
            long before = last.getOrDefault(instruction.session(), 0L);
            if (instruction.key().counter() <= before) {
                violated(instruction.vm(), "applied out of order, after " + before + ": " + instruction);
            }
            last.put(instruction.session(), instruction.key().counter());
        }
    }

    @Override
    public void finished(Instant now) {
        committed.forEach((key, instruction) -> {
            if (!applied.contains(key)) {
                violated(instruction.vm(), "never applied: " + instruction);
            }
        });
    }
}
