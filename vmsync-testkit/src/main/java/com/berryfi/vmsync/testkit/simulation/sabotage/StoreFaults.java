package com.berryfi.vmsync.testkit.simulation.sabotage;

import com.berryfi.vmsync.model.Budget;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.BillingPort;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.port.SyncJournal;
import com.berryfi.vmsync.port.UnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What may be wrong in a store, its journal or the way to the bill. */
final class StoreFaults {

    private static final Logger LOG = LoggerFactory.getLogger(StoreFaults.class);

    private StoreFaults() {}

    /** An instruction counts as delivered before the host's billing has it: if that is down, it is lost. */
    static BillingPort settleBeforeApplying(BillingPort real) {
        return instruction -> {
            try {
                real.apply(instruction);
            } catch (UnavailableException e) {
                LOG.warn("lost: {}", instruction, e);
            }
        };
    }

    /** A change that meets other rows than were read is written all the same. */
    static SessionStore withoutComparing(SessionStore real) {
        return new OtherStore(real) {
            @Override
            public List<CommitOutcome> commit(List<Change> changes) {
                List<CommitOutcome> outcomes = new ArrayList<>(real.commit(changes));
                for (int i = 0; i < outcomes.size(); i++) {
                    if (outcomes.get(i) instanceof CommitOutcome.Conflict) {
                        outcomes.set(i, written(changes.get(i), outcomes.get(i)));
                    }
                }
                return outcomes;
            }

            private CommitOutcome written(Change change, CommitOutcome conflict) {
                Optional<ManagedVm> now = real.find(change.expected().id());
                if (now.isEmpty()
                        || !now.get().sessionId().equals(change.expected().sessionId())) {
                    return conflict;
                }
                Memory memory = real.journal()
                        .recall(List.of(now.get()))
                        .getOrDefault(now.get().id(), Memory.EMPTY);
                return real.commit(List.of(new Change(
                                change.at(),
                                now.get(),
                                change.transition(),
                                memory,
                                change.after(),
                                change.billing(),
                                change.audit())))
                        .get(0);
            }
        };
    }

    /** One row that cannot be read costs all of its scope. */
    static SessionStore failingWhole(SessionStore real) {
        return new OtherStore(real) {
            @Override
            public Page page(Scope scope, Selection selection, Optional<VmId> after, int limit) {
                Page page = real.page(scope, selection, after, limit);
                if (!page.problems().isEmpty()) {
                    throw new RejectedException(page.problems().get(0).toString());
                }
                return page;
            }
        };
    }

    /** What was spent under the brakes is never remembered. */
    static SessionStore forgettingTheBrake(SessionStore real) {
        return withJournal(real, new OtherJournal(real.journal()) {
            @Override
            public Budget budget(Instant since) {
                return new Budget(real.budget(since).version(), List.of());
            }
        });
    }

    /** Of some VMs no audit record is ever written. */
    static SessionStore droppingAudit(SessionStore real) {
        return new OtherStore(real) {
            @Override
            public List<CommitOutcome> commit(List<Change> changes) {
                return real.commit(changes.stream().map(this::poorer).toList());
            }

            private Change poorer(Change change) {
                return change.expected().id().value().endsWith("7")
                        ? new Change(
                                change.at(),
                                change.expected(),
                                change.transition(),
                                change.before(),
                                change.after(),
                                change.billing(),
                                List.of())
                        : change;
            }
        };
    }

    private static SessionStore withJournal(SessionStore real, SyncJournal journal) {
        return new OtherStore(real) {
            @Override
            public SyncJournal journal() {
                return journal;
            }
        };
    }
}
