package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.Budget;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.Identity;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Spending;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.SyncJournal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journal in vmsync's own tables, in the host's database. A call is a transaction. Thread-safe. */
final class JdbcSyncJournal implements SyncJournal {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcSyncJournal.class);

    private final Transactions transactions;
    private final BillingWay billing;

    JdbcSyncJournal(Transactions transactions, BillingWay billing) {
        this.transactions = transactions;
        this.billing = billing;
    }

    @Override
    public Map<VmId, Memory> recall(Collection<ManagedVm> vms) {
        return transactions.run("recalling " + vms.size() + " VMs", connection -> {
            MemoryRows rows = MemoryRows.of(connection, vms);
            Map<VmId, Memory> memories = new HashMap<>();
            List<String> problems = new ArrayList<>();
            for (ManagedVm vm : vms) {
                rows.problem(vm.id(), vm.meteredSession())
                        .ifPresentOrElse(
                                problems::add, () -> memories.put(vm.id(), rows.memory(vm.id(), vm.meteredSession())));
            }
            if (!problems.isEmpty() && vms.size() == 1) {
                throw new RejectedException(problems.get(0));
            }
            if (!problems.isEmpty()) {
                LOG.warn(
                        "{} VMs are left alone, for what is remembered of them cannot be read: {}",
                        problems.size(),
                        problems);
            }
            return memories;
        });
    }

    @Override
    public Optional<Pass> lastPass(Scope scope) {
        return transactions.run("reading the last pass of " + scope, connection -> PassTable.read(connection, scope));
    }

    @Override
    public void recordPass(Pass pass) {
        UnitOfWork.Work<Pass> work = connection -> {
            PassTable.write(connection, pass);
            return pass;
        };
        String doing = "recording a pass of " + pass.scope();
        try {
            transactions.attempt(doing, work);
        } catch (SQLException e) {
            if (!SqlFailures.isDuplicate(e)) {
                throw SqlFailures.translate(doing, e);
            }
            // Another replica has inserted the scope's first pass: there is a row to update now.
            try {
                transactions.attempt(doing, work);
            } catch (SQLException again) {
                throw SqlFailures.translate(doing, again);
            }
        }
    }

    @Override
    public List<BillingInstruction> undelivered(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: must be at least 1, is " + limit);
        }
        BillingTable.Undelivered undelivered = transactions.run(
                "reading undelivered billing", connection -> BillingTable.undelivered(connection, limit));
        undelivered.problems().forEach(problem -> LOG.error("the bill of its session waits: {}", problem));
        return undelivered.instructions();
    }

    @Override
    public void settle(BillingKey key, Settlement settlement, String note) {
        transactions.run("settling billing instruction " + key, connection -> {
            BillingTable.settle(connection, key, settlement, note);
            return key;
        });
    }

    @Override
    public int noteFailure(BillingKey key, String why) {
        return transactions.run(
                "noting a failure of billing instruction " + key,
                connection -> BillingTable.noteFailure(connection, key, why));
    }

    @Override
    public List<BillingInstruction> parked() {
        BillingTable.Undelivered parked = transactions.run("reading parked billing", BillingTable::parked);
        parked.problems().forEach(problem -> LOG.error("parked, and cannot be read: {}", problem));
        return parked.instructions();
    }

    @Override
    public boolean release(BillingKey key, boolean again, String note) {
        return transactions.run(
                "releasing billing instruction " + key,
                connection -> BillingTable.release(connection, key, again, note));
    }

    @Override
    public Optional<Metering> metering(SessionId session) {
        return transactions.run("reading vmsync_metering " + session, connection -> {
            OwnRows<SessionId, Metering> rows = MeteringTable.read(connection, List.of(session), false);
            rows.problem(session).ifPresent(problem -> {
                throw new RejectedException(problem);
            });
            return rows.row(session);
        });
    }

    @Override
    public List<Metering> openMeterings() {
        return readable("bills", transactions.run("reading the bills that are not closed", MeteringTable::open));
    }

    @Override
    public List<Identity> identities() {
        return readable("machines", transactions.run("reading the machines that addresses led to", IdentityTable::all));
    }

    private static <T> List<T> readable(String what, OwnRows<?, T> rows) {
        if (!rows.problems().isEmpty()) {
            LOG.warn(
                    "{} {} are left alone, for what is remembered of them cannot be read: {}",
                    rows.problems().size(),
                    what,
                    rows.problems());
        }
        return rows.all();
    }

    @Override
    public CommitOutcome amend(Amendment amendment) {
        String doing = "amending what is remembered of VM " + amendment.vm();
        try {
            return transactions.attempt(doing, connection -> Committer.amend(connection, amendment, billing));
        } catch (SQLException e) {
            if (!SqlFailures.isOfLock(e)) {
                throw SqlFailures.translate(doing, e);
            }
            return new CommitOutcome.Conflict(
                    "what is remembered of VM " + amendment.vm() + " is locked by another transaction");
        }
    }

    @Override
    public Budget budget(Instant since) {
        return transactions.run("reading the brakes", connection -> BrakeTable.budget(connection, since));
    }

    @Override
    public boolean spend(long version, List<Spending> spent, Instant forgetBefore) {
        String doing = "spending under the brakes";
        try {
            return transactions.attempt(
                    doing, connection -> BrakeTable.spend(connection, version, spent, forgetBefore));
        } catch (SQLException e) {
            if (SqlFailures.isOfLock(e) || SqlFailures.isDuplicate(e)) {
                // Another replica is at it, or has made the first version: this one has come second.
                return false;
            }
            throw SqlFailures.translate(doing, e);
        }
    }

    @Override
    public List<Order> orders() {
        return transactions.run("reading the orders", OrderTable::read);
    }

    @Override
    public void place(Order order) {
        String doing = "placing vmsync_order " + order.id();
        try {
            transactions.attempt(doing, connection -> {
                OrderTable.insert(connection, order);
                return order;
            });
        } catch (SQLException e) {
            if (SqlFailures.isDuplicate(e)) {
                throw new RejectedException("vmsync_order " + order.id() + ": there is one of this id");
            }
            throw SqlFailures.translate(doing, e);
        }
    }

    @Override
    public boolean withdraw(String id) {
        return transactions.run("withdrawing vmsync_order " + id, connection -> OrderTable.delete(connection, id));
    }

    @Override
    public List<AuditRecord> history(SessionId session) {
        return transactions.run(
                "reading the history of session " + session, connection -> AuditTable.ofSession(connection, session));
    }
}
