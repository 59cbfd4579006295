package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Tracking;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.SyncJournal;
import java.sql.SQLException;
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

    JdbcSyncJournal(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Map<VmId, Memory> recall(Collection<ManagedVm> vms) {
        List<VmId> ids = vms.stream().map(ManagedVm::id).toList();
        List<SessionId> sessions =
                vms.stream().map(ManagedVm::sessionId).flatMap(Optional::stream).toList();
        return transactions.run("recalling " + ids.size() + " VMs", connection -> {
            OwnRows<VmId, Tracking> trackings = TrackingTable.read(connection, ids);
            OwnRows<SessionId, Metering> meterings = MeteringTable.read(connection, sessions);
            Map<VmId, Memory> memories = new HashMap<>();
            List<String> problems = new ArrayList<>();
            for (ManagedVm vm : vms) {
                trackings
                        .problem(vm.id())
                        .or(() -> vm.sessionId().flatMap(meterings::problem))
                        .ifPresentOrElse(
                                problems::add,
                                () -> memories.put(
                                        vm.id(),
                                        new Memory(
                                                trackings.row(vm.id()),
                                                vm.sessionId().flatMap(meterings::row))));
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
        Transactions.Work<Pass> work = connection -> {
            PassTable.write(connection, pass);
            return pass;
        };
        String doing = "recording a pass of " + pass.scope();
        try {
            transactions.attempt(work);
        } catch (SQLException e) {
            if (!SqlFailures.isDuplicate(e)) {
                throw SqlFailures.translate(doing, e);
            }
            // Another replica has inserted the scope's first pass: there is a row to update now.
            transactions.run(doing, work);
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
    public List<AuditRecord> history(SessionId session) {
        return transactions.run(
                "reading the history of session " + session, connection -> AuditTable.ofSession(connection, session));
    }
}
