package com.berryfi.vmsync;

import com.berryfi.vmsync.event.BillingParked;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.port.BillingPort;
import com.berryfi.vmsync.port.PortException;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.SyncJournal;
import com.berryfi.vmsync.port.SyncJournal.Settlement;
import com.berryfi.vmsync.port.WorkCoordinator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries staged instructions to the host's billing, at least once, for each session in order. */
final class BillingDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(BillingDelivery.class);
    private static final int AT_ONCE = 1_000;

    /** A billing that fails so often in one round is down; it is asked again in the next. */
    private static final int GIVE_UP_AFTER = 5;

    /**
     * What became known last of the instructions that wait.
     *
     * @param waiting how many; empty if another replica delivers
     */
    record Count(Instant at, Optional<Integer> waiting) {}

    /** How a round of delivery went. */
    record Round(int delivered, int waiting) {
        static final Round NONE = new Round(0, 0);
    }

    private final SyncContext context;
    private final BillingPort billing;
    private final Set<SessionId> failing = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile Optional<Count> last = Optional.empty();

    BillingDelivery(SyncContext context, BillingPort billing) {
        this.context = context;
        this.billing = billing;
    }

    /**
     * Delivers what waits. If another thread or replica is at it already, that one's round stands for this one.
     *
     * @param isOver asked before each instruction: whether to leave the rest to the next round
     */
    Round deliver(BooleanSupplier isOver) {
        if (!underWay.compareAndSet(false, true)) {
            return Round.NONE;
        }
        try {
            Optional<Round> ours = context.ifOurs(
                    WorkCoordinator.SharedWork.BILLING,
                    context.settings().quickInterval(),
                    lease -> delivered(() -> !lease.isHeld() || isOver.getAsBoolean()));
            last = Optional.of(new Count(context.now(), ours.map(Round::waiting)));
            return ours.orElse(Round.NONE);
        } finally {
            underWay.set(false);
        }
    }

    /** What became known last of the instructions that wait; empty before the first round. */
    Optional<Count> last() {
        return last;
    }

    private Round delivered(BooleanSupplier isOver) {
        int delivered = 0;
        int waiting = 0;
        List<String> failures = new ArrayList<>();
        Set<SessionId> behind = new HashSet<>();
        for (BillingInstruction instruction : inTurn(journal().undelivered(AT_ONCE))) {
            SessionId session = instruction.session();
            boolean tried = !behind.contains(session) && failures.size() < GIVE_UP_AFTER && !isOver.getAsBoolean();
            if (tried && isDelivered(instruction, failures)) {
                failing.remove(session);
                delivered++;
            } else {
                if (tried) {
                    failing.add(session);
                }
                behind.add(session);
                waiting++;
            }
        }
        failing.retainAll(behind);
        if (!failures.isEmpty()) {
            LOG.warn(
                    "{} billing instructions wait, {} failed; the first: {}",
                    waiting,
                    failures.size(),
                    failures.get(0));
        }
        return new Round(delivered, waiting);
    }

    /** In their order, but those of sessions that have failed come last: they hold up nobody else. */
    private List<BillingInstruction> inTurn(List<BillingInstruction> waiting) {
        return waiting.stream()
                .sorted(Comparator.comparing(instruction -> failing.contains(instruction.session())))
                .toList();
    }

    private boolean isDelivered(BillingInstruction instruction, List<String> failures) {
        try {
            return applied(instruction);
        } catch (PortException e) {
            failures.add(instruction.key() + ": " + e.getMessage());
            return false;
        } catch (RuntimeException | Error e) {
            brokeOff(instruction, "the billing port threw " + Trouble.of(e), failures);
            return false;
        }
    }

    /** A billing that is down says so; what breaks off again and again is poison. */
    private void brokeOff(BillingInstruction instruction, String why, List<String> failures) {
        failures.add(instruction.key() + ": " + why);
        if (journal().noteFailure(instruction.key(), why) >= context.settings().billingAttempts()) {
            park(instruction, why);
        }
    }

    private boolean applied(BillingInstruction instruction) {
        try {
            billing.apply(instruction);
        } catch (RejectedException e) {
            park(instruction, String.valueOf(e.getMessage()));
            return false;
        }
        journal().settle(instruction.key(), Settlement.DELIVERED, "");
        return true;
    }

    private void park(BillingInstruction instruction, String why) {
        LOG.error("billing instruction {} is parked: {}", instruction.key(), why);
        journal().settle(instruction.key(), Settlement.PARKED, why);
        context.listeners().tell(listener -> listener.onBillingParked(new BillingParked(instruction, why)));
    }

    private SyncJournal journal() {
        return context.store().journal();
    }
}
