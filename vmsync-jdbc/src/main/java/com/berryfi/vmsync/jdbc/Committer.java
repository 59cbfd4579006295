package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Commits changes in a transaction that its caller has begun: locks the host's rows, compares, writes. Stateless.
 *
 * <p>All changes that pass the comparison are written in batches; if the database refuses a row, they are undone to a savepoint,
 * which keeps the locks, and written one by one, so that only the refused one stays out.
 */
final class Committer {

    private final HostSchema schema;
    private final HostReader reader;
    private final HostConditions conditions;
    private final HostWrites writes;
    private final BillingWay billing;

    Committer(HostSchema schema, BillingWay billing) {
        this.schema = schema;
        this.billing = billing;
        this.reader = new HostReader(schema);
        this.conditions = new HostConditions(schema);
        this.writes = new HostWrites(schema);
    }

    List<CommitOutcome> commit(Connection connection, List<Change> changes) throws SQLException {
        List<VmId> ids = changes.stream().map(change -> change.expected().id()).toList();
        Map<VmId, HostRow> rows =
                reader.read(connection, conditions.withIds(ids).then("ORDER BY v." + schema.column(VmColumn.ID)), true);
        MemoryRows memories = MemoryRows.lockedFor(connection, changes);

        BillingWay.Staged staged = billing.staged(
                connection,
                changes.stream().flatMap(change -> change.billing().stream()).toList());

        Map<VmId, CommitOutcome> outcomes = new LinkedHashMap<>();
        Map<VmId, Pending> pending = new LinkedHashMap<>();
        for (Change change : changes) {
            VmId id = change.expected().id();
            Optional<CommitOutcome> early = hostConflict(change, Optional.ofNullable(rows.get(id)))
                    .<CommitOutcome>map(CommitOutcome.Conflict::new)
                    .or(() -> memories.problem(id, MemoryRows.session(change)).map(CommitOutcome.Refused::new))
                    .or(() -> memories.conflict(id, MemoryRows.session(change), change.before())
                            .map(CommitOutcome.Conflict::new))
                    .or(() -> writes.refusal(change).map(CommitOutcome.Refused::new));
            if (early.isPresent()) {
                outcomes.put(id, early.get());
            } else if (rows.get(id) instanceof HostRow.Good good) {
                pending.put(id, new Pending(all(change, good, staged), change.audit(), staged.bills(change.billing())));
            }
        }
        outcomes.putAll(write(connection, pending));
        return ids.stream()
                .map(id -> Optional.ofNullable(outcomes.get(id)).orElseThrow())
                .toList();
    }

    private Optional<String> hostConflict(Change change, Optional<HostRow> row) {
        String name = schema.vmRow(change.expected().id().value());
        if (row.isEmpty()) {
            return Optional.of(name + " is gone");
        }
        if (row.get() instanceof HostRow.Good good) {
            ManagedVm now = good.managed();
            // Rows that are the same all over need no fingerprint to be told so.
            return now.equals(change.expected())
                            || now.fingerprint().equals(change.expected().fingerprint())
                    ? Optional.empty()
                    : Optional.of(name + " or its session");
        }
        return Optional.of(name + ": " + ((HostRow.Bad) row.get()).problem());
    }

    /** Amends the journal alone: compares and writes what the amendment speaks of, and does not look at the host's rows. */
    static CommitOutcome amend(Connection connection, Amendment amendment, BillingWay billing) throws SQLException {
        VmId vm = amendment.vm();
        Optional<SessionId> session = MemoryRows.session(amendment);
        MemoryRows memories = MemoryRows.lockedFor(connection, amendment);
        Optional<CommitOutcome> early = memories.problem(vm, session)
                .<CommitOutcome>map(CommitOutcome.Refused::new)
                .or(() -> memories.conflict(vm, session, amendment.before()).map(CommitOutcome.Conflict::new));
        if (early.isPresent()) {
            return early.get();
        }
        BillingWay.Staged staged = billing.staged(connection, amendment.billing());
        List<RowWrite> all = new ArrayList<>(MemoryRows.writes(vm, amendment.before(), amendment.after()));
        all.addAll(staged.writes(amendment.billing(), amendment.at()));
        Pending pending = new Pending(all, amendment.audit(), staged.bills(amendment.billing()));
        return Optional.ofNullable(write(connection, Map.of(vm, pending)).get(vm))
                .orElseThrow();
    }

    /** What is left to do of a change that has passed the comparison. */
    private record Pending(List<RowWrite> writes, List<AuditRecord> audit, List<HostBill> bills) {}

    /** All that a change writes, but for its audit: where that is appended depends on what is written before it. */
    private List<RowWrite> all(Change change, HostRow.Good now, BillingWay.Staged staged) {
        List<RowWrite> all = new ArrayList<>(writes.writes(change, now));
        all.addAll(MemoryRows.writes(change.expected().id(), change.before(), change.after()));
        all.addAll(staged.writes(change.billing(), change.at()));
        return all;
    }

    private static Map<VmId, CommitOutcome> write(Connection connection, Map<VmId, Pending> pending)
            throws SQLException {
        Map<VmId, CommitOutcome> outcomes = new LinkedHashMap<>();
        List<AuditRecord> audit =
                pending.values().stream().flatMap(each -> each.audit().stream()).toList();
        AuditChains chains = AuditChains.lockedFor(connection, audit);
        if (pending.size() > 1 && chains.problem(audit).isEmpty()) {
            List<RowWrite> writes = new ArrayList<>();
            pending.values().forEach(each -> writes.addAll(each.writes()));
            writes.addAll(chains.append(audit).writes());
            List<HostBill> bills = pending.values().stream()
                    .flatMap(each -> each.bills().stream())
                    .toList();
            if (RowWriter.together(connection, writes, bills)) {
                pending.keySet().forEach(id -> outcomes.put(id, new CommitOutcome.Committed()));
                return outcomes;
            }
        }
        for (Map.Entry<VmId, Pending> entry : pending.entrySet()) {
            Pending change = entry.getValue();
            Optional<String> problem = chains.problem(change.audit());
            if (problem.isPresent()) {
                outcomes.put(entry.getKey(), new CommitOutcome.Refused(problem.get()));
                continue;
            }
            AuditChains.Appended appended = chains.append(change.audit());
            List<RowWrite> writes = new ArrayList<>(change.writes());
            writes.addAll(appended.writes());
            CommitOutcome outcome = RowWriter.alone(connection, writes, change.bills());
            // What stays out leaves no hole: who comes next is appended in its place.
            chains = outcome instanceof CommitOutcome.Committed ? appended.chains() : chains;
            outcomes.put(entry.getKey(), outcome);
        }
        return outcomes;
    }
}
