package com.berryfi.vmsync.port;

import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The host's VMs and sessions, and the way to change them. Safe to call from several threads; blocks as long as its database
 * does; throws {@link UnavailableException} if that cannot be reached.
 */
public interface SessionStore {

    /** Which VMs of a scope a page holds. */
    enum Selection {
        /** Those whose session is live or TERMINATING. */
        IN_USE,
        /** All that are managed. */
        ALL
    }

    /**
     * A page of VMs, in the order that the store keeps of their keys: of texts, numbers or whatever they are there.
     *
     * @param vms the rows that can be worked with
     * @param problems the rows that cannot; each is left out of {@code vms}
     * @param next pass it as {@code after} to get the next page; empty after the last
     */
    record Page(List<ManagedVm> vms, List<RowProblem> problems, Optional<VmId> next) {
        /**
         * Copies both lists: later changes of them are not seen here.
         *
         * @param vms the rows that can be worked with
         * @param problems the rows that cannot
         * @param next pass it as {@code after} to get the next page; empty after the last
         */
        public Page {
            vms = List.copyOf(vms);
            problems = List.copyOf(problems);
        }
    }

    /**
     * All scopes that the selected VMs live in.
     *
     * @param scopes each once; may be empty
     * @param problems rows that belong to no scope: a VM without a subscription, a session whose VM is gone
     */
    record Scopes(List<Scope> scopes, List<RowProblem> problems) {
        /**
         * Copies both lists: later changes of them are not seen here.
         *
         * @param scopes each once; may be empty
         * @param problems rows that belong to no scope: a VM without a subscription, a session whose VM is gone
         */
        public Scopes {
            scopes = List.copyOf(scopes);
            problems = List.copyOf(problems);
        }
    }

    /**
     * The scopes of the selected VMs.
     *
     * @param selection of which VMs
     * @return each scope once, and the rows that belong to none
     */
    Scopes scopes(Selection selection);

    /**
     * A page of a scope, by key: rows that come and go meanwhile neither repeat nor hide another.
     *
     * @param scope of which scope
     * @param selection which of its VMs
     * @param after the last id of the page before; empty for the first page
     * @param limit the most rows, at least 1
     * @return the rows after that one, and where the next page begins; without rows if there are no more
     */
    Page page(Scope scope, Selection selection, Optional<VmId> after, int limit);

    /**
     * One VM.
     *
     * @param vm its key
     * @return empty if there is no such row
     * @throws RejectedException if the row cannot be worked with; the message says why
     */
    Optional<ManagedVm> find(VmId vm);

    /**
     * A session's own row, ended or not.
     *
     * @param session its key
     * @return empty if there is no such row
     * @throws RejectedException if the row cannot be worked with; the message says why
     */
    Optional<Session> session(SessionId session);

    /**
     * Writes changes in one transaction, each by compare-and-set on the host's rows and on what is remembered; with a change
     * go its memory, its billing instructions and its audit records. A row's conflict is its own: the others go through.
     *
     * @param changes at most {@code azure.status.sync.batch.size}, each of another VM
     * @return an outcome for each change, in their order
     * @throws UnavailableException if none of them was written, or nobody knows; deciding afresh is safe
     */
    List<CommitOutcome> commit(List<Change> changes);

    /** {@return the journal that is written in the same transactions} */
    SyncJournal journal();

    /**
     * What it was built with, as far as all replicas over the same rows must agree: names of tables, columns and values by what is
     * mapped to them, and the like. Compared by {@link WorkCoordinator#join}.
     *
     * @return by the names of properties; never a secret; by default empty
     */
    default Map<String, String> setup() {
        return Map.of();
    }
}
