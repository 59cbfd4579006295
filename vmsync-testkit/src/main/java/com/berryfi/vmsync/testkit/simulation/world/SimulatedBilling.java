package com.berryfi.vmsync.testkit.simulation.world;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.port.BillingPort;
import com.berryfi.vmsync.port.UnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The host's billing: applies each key once. */
public final class SimulatedBilling implements BillingPort {

    private final SimulatedWorld world;
    private final Map<BillingKey, BillingInstruction> applied = new HashMap<>();
    private final Map<SessionId, List<BillingInstruction>> bySession = new HashMap<>();
    private Instant downUntil = Instant.MIN;
    private int callsUntilLoss;

    SimulatedBilling(SimulatedWorld world) {
        this.world = world;
    }

    /**
     * It cannot be reached until an instant.
     *
     * @param until when it can be reached again
     */
    public void down(Instant until) {
        downUntil = until;
    }

    /**
     * One instruction is applied and the answer is lost, after so many.
     *
     * @param calls how many calls from now on, that one included; zero for none
     */
    public void loseAnswerAfter(int calls) {
        callsUntilLoss = calls;
    }

    /** All of it is over. */
    public void heal() {
        downUntil = Instant.MIN;
        callsUntilLoss = 0;
    }

    /**
     * {@return what was applied to a session, in order}
     *
     * @param session which session
     */
    public List<BillingInstruction> applied(SessionId session) {
        return bySession.getOrDefault(session, List.of());
    }

    @Override
    public void apply(BillingInstruction instruction) {
        Instant now = world.time().instant();
        if (now.isBefore(downUntil)) {
            throw new UnavailableException("simulated billing: is down");
        }
        if (applied.putIfAbsent(instruction.key(), instruction) == null) {
            bySession
                    .computeIfAbsent(instruction.session(), same -> new ArrayList<>())
                    .add(instruction);
            world.timeline().note(instruction.vm(), now, "billing", instruction);
        }
        world.witnesses().billed(instruction);
        if (callsUntilLoss > 0 && --callsUntilLoss == 0) {
            throw new UnavailableException("simulated billing: the answer was lost");
        }
    }
}
