package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.port.SyncJournal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The host's VMs and sessions in its own database. A call is a transaction on a connection of its own, taken from a pool with
 * autocommit on or off. Thread-safe.
 *
 * <p>Nothing of the host's connections is left changed. A transaction that compares and writes runs under READ COMMITTED, whatever
 * the connection's own isolation is, on MySQL, MariaDB and PostgreSQL; on H2 under the connection's own, whose default is the same.
 *
 * <p>A commit locks the rows of its VMs and of their sessions ({@code SELECT … FOR UPDATE}, in the order of their ids) and compares
 * before it writes; the host may write other rows meanwhile, and its reads do not wait. If a lock is not to be had in the time that
 * the database allows (MySQL: {@code innodb_lock_wait_timeout}, 50 s if nobody has set it; PostgreSQL: {@code lock_timeout}, or 10 s
 * where the host has set none), each change is tried once more in a transaction of its own, and the one whose row stays locked is a
 * conflict.
 */
public final class JdbcSessionStore implements SessionStore {

    private final Transactions transactions;
    private final HostSchema schema;
    private final HostConditions conditions;
    private final HostReader reader;
    private final ScopeReader scopeReader;
    private final Committer committer;
    private final JdbcSyncJournal journal;
    private final AfterCommits afterCommits;
    private final Map<String, String> setup;

    private JdbcSessionStore(
            Transactions transactions, HostSchema schema, BillingWay billing, List<AfterCommit> hooks) {
        this.transactions = transactions;
        this.schema = schema;
        this.conditions = new HostConditions(schema);
        this.reader = new HostReader(schema);
        this.scopeReader = new ScopeReader(schema);
        this.committer = new Committer(schema, billing);
        this.journal = new JdbcSyncJournal(transactions, billing);
        this.afterCommits = new AfterCommits(hooks);
        this.setup = MappingSetup.of(schema, billing);
    }

    /**
     * Begins a store.
     *
     * @param database the host's own pool
     * @param tables how the host's tables are called
     * @return a builder that bills through the {@code BillingPort} and has no hooks
     */
    public static Builder builder(DataSource database, HostTables tables) {
        return builder(UnitOfWork.of(database), tables);
    }

    /**
     * Begins a store whose transactions the host manages.
     *
     * @param transactions how it comes to them
     * @param tables how the host's tables are called
     * @return a builder that bills through the {@code BillingPort} and has no hooks
     */
    public static Builder builder(UnitOfWork transactions, HostTables tables) {
        return new Builder(transactions, tables);
    }

    @Override
    public Scopes scopes(Selection selection) {
        return transactions.run(
                "reading the scopes of " + schema.tables().vmTable(),
                connection -> scopeReader.read(connection, selection));
    }

    @Override
    public Page page(Scope scope, Selection selection, Optional<VmId> after, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: must be at least 1, is " + limit);
        }
        if (!scope.cloud().equals(schema.tables().cloud())) {
            return new Page(List.of(), List.of(), Optional.empty());
        }
        Condition which = conditions.selected(selection).and(conditions.ofScope(scope));
        Condition page = after.map(id -> which.and(conditions.after(id.value())))
                .orElse(which)
                .then("ORDER BY v." + schema.column(VmColumn.ID) + " LIMIT ?", limit + 1L);
        Map<VmId, HostRow> rows =
                transactions.run("reading a page of " + scope, connection -> reader.read(connection, page, false));

        List<ManagedVm> vms = new ArrayList<>();
        List<RowProblem> problems = new ArrayList<>();
        List<VmId> ids = List.copyOf(rows.keySet());
        boolean more = ids.size() > limit;
        rows.entrySet().stream().limit(limit).forEach(row -> {
            if (row.getValue() instanceof HostRow.Bad bad) {
                problems.add(bad.problem().leavingOut(row.getKey()));
            } else {
                vms.add(((HostRow.Good) row.getValue()).managed());
            }
        });
        return new Page(vms, problems, more ? Optional.of(ids.get(limit - 1)) : Optional.empty());
    }

    @Override
    public Optional<ManagedVm> find(VmId vm) {
        Optional<HostRow> row = transactions.run(
                "reading " + schema.vmRow(vm.value()),
                connection -> Optional.ofNullable(reader.read(connection, conditions.withIds(List.of(vm)), false)
                        .get(vm)));
        if (row.isPresent() && row.get() instanceof HostRow.Bad bad) {
            throw new RejectedException(bad.problem().toString());
        }
        return row.map(good -> ((HostRow.Good) good).managed());
    }

    @Override
    public Optional<Session> session(SessionId session) {
        return transactions.run(
                "reading " + schema.sessionRow(session.value()), connection -> reader.session(connection, session));
    }

    @Override
    public List<CommitOutcome> commit(List<Change> changes) {
        if (changes.isEmpty()) {
            return List.of();
        }
        Set<VmId> vms = new HashSet<>();
        for (Change change : changes) {
            if (!vms.add(change.expected().id())) {
                throw new IllegalArgumentException(
                        "changes: VM " + change.expected().id() + " is changed twice");
            }
        }
        String doing = "committing changes of " + changes.size() + " VMs";
        try {
            return told(changes, transactions.attempt(doing, connection -> committer.commit(connection, changes)));
        } catch (SQLException e) {
            if (!SqlFailures.isOfLock(e)) {
                throw SqlFailures.translate(doing, e);
            }
            // Somebody keeps a row locked. That is the row's own conflict, and must not cost the others their turn.
            return changes.size() == 1
                    ? List.of(locked(changes.get(0)))
                    : changes.stream().map(this::committedAlone).toList();
        }
    }

    private CommitOutcome committedAlone(Change change) {
        String doing = "committing changes of VM " + change.expected().id();
        try {
            List<Change> alone = List.of(change);
            return told(alone, transactions.attempt(doing, connection -> committer.commit(connection, alone)))
                    .get(0);
        } catch (SQLException e) {
            if (!SqlFailures.isOfLock(e)) {
                throw SqlFailures.translate(doing, e);
            }
            return locked(change);
        }
    }

    private List<CommitOutcome> told(List<Change> changes, List<CommitOutcome> outcomes) {
        afterCommits.tell(changes, outcomes);
        return outcomes;
    }

    private CommitOutcome locked(Change change) {
        return new CommitOutcome.Conflict(schema.vmRow(change.expected().id().value())
                + ", its session or what is remembered of it is locked by another transaction");
    }

    @Override
    public SyncJournal journal() {
        return journal;
    }

    @Override
    public Map<String, String> setup() {
        return setup;
    }

    /** Builds a store. Not thread-safe. */
    public static final class Builder {

        private final UnitOfWork unit;
        private final HostTables tables;
        private final List<AfterCommit> hooks = new ArrayList<>();
        private BillingWay billing = BillingWay.DELIVERED;

        private Builder(UnitOfWork unit, HostTables tables) {
            this.unit = unit;
            this.tables = tables;
        }

        /**
         * Calls a hook of the host's after each change that was committed; may be given several times. The default is none.
         *
         * @param hook called after those that were given before
         * @return this builder
         */
        public Builder withAfterCommit(AfterCommit hook) {
            hooks.add(hook);
            return this;
        }

        /**
         * Bills in the transaction that changes the rows; each instruction is still written to {@code vmsync_outbox}. What waits in
         * {@code vmsync_delivery} from before, and what follows it in its session, goes to the {@code BillingPort}. The default is to
         * queue everything for the {@code BillingPort}.
         *
         * @param hosts what bills; it replaces what was chosen before
         * @return this builder
         */
        public Builder withBillingInTransaction(TransactionalBilling hosts) {
            billing = BillingWay.inTransaction(hosts);
            return this;
        }

        /**
         * Writes instructions to {@code vmsync_outbox} alone, for a host that has its outbox reader publish them; what waits in {@code
         * vmsync_delivery} from before still goes to the {@code BillingPort}. The default is to queue everything for it.
         *
         * @return this builder
         */
        public Builder withBillingPublished() {
            billing = BillingWay.PUBLISHED;
            return this;
        }

        /**
         * Checks the database and builds.
         *
         * @return a store that is safe for several threads
         * @throws RejectedException if a mapped table or column of the host's, or a table of vmsync's own, is missing, if a time has a
         *     zone of its own, if a value that is mapped does not fit its column, if the host's latest times lie in the future in the
         *     zone that is mapped, or if the unit of work runs statements of its own before the work; the message names what is wrong
         *     and says what to do
         * @throws com.berryfi.vmsync.port.UnavailableException if the database cannot be reached
         */
        public JdbcSessionStore build() {
            Transactions transactions = Transactions.of(unit);
            HostSchema schema = transactions.run(
                    "checking the host's tables",
                    connection -> HostSchema.resolve(connection, tables, transactions.dialect()));
            VmsyncSchema.check(transactions);
            transactions.check();
            transactions.run("checking the host's times", connection -> {
                HostTimes.check(connection, schema);
                return schema;
            });
            return new JdbcSessionStore(transactions, schema, billing, hooks);
        }
    }
}
