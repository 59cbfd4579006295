package com.berryfi.vmsync;

import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.plan.Ledger;
import com.berryfi.vmsync.plan.Settlement;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.SyncJournal;
import com.berryfi.vmsync.port.UnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bills of sessions that the host has ended by itself. */
final class Settlements {

    private static final Logger LOG = LoggerFactory.getLogger(Settlements.class);
    private static final int ATTEMPTS = 20;

    private final SyncContext context;

    Settlements(SyncContext context) {
        this.context = context;
    }

    /** Closes the bills that are open, of sessions that were not met among those that live; how many. */
    int settle(Set<SessionId> living, String cycle) {
        return (int) journal().openMeterings().stream()
                .filter(metering -> !living.contains(metering.session()))
                .filter(metering -> isSettled(metering, cycle))
                .count();
    }

    private boolean isSettled(Metering metering, String cycle) {
        try {
            Optional<CommitOutcome> outcome = context.store()
                    .session(metering.session())
                    .flatMap(row -> Settlement.of(
                            metering,
                            row,
                            cycle,
                            context.now(),
                            context.settings().policy().fence()))
                    .map(journal()::amend);
            if (outcome.isPresent() && outcome.get() instanceof CommitOutcome.Refused refused) {
                LOG.error("the bill of session {} cannot be closed: {}", metering.session(), refused.why());
            }
            return outcome.filter(CommitOutcome.Committed.class::isInstance).isPresent();
        } catch (RejectedException e) {
            LOG.warn("the bill of session {} stays open: {}", metering.session(), e.getMessage());
            return false;
        }
    }

    /** What must not be billed, and a note that the host has asked. */
    List<Gap> unbilled(SessionId session) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Metering> metering = journal().metering(session);
            if (metering.isEmpty()) {
                return List.of();
            }
            boolean settled = metering.get().stopped() || metering.get().asked();
            if (settled || context.settings().dryRun() || isNoted(metering.get())) {
                return Ledger.leftOut(metering.get());
            }
        }
        throw new UnavailableException("the bill of session " + session + " changes all the time; ask again");
    }

    private boolean isNoted(Metering metering) {
        CommitOutcome outcome = journal().amend(Settlement.asked(metering, context.now()));
        if (outcome instanceof CommitOutcome.Refused refused) {
            throw new RejectedException(refused.why());
        }
        return outcome instanceof CommitOutcome.Committed;
    }

    private SyncJournal journal() {
        return context.store().journal();
    }
}
