package com.berryfi.vmsync.testkit.simulation.sabotage;

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
import com.berryfi.vmsync.port.SyncJournal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A journal that does what another does, but for what is overridden. */
abstract class OtherJournal implements SyncJournal {

    final SyncJournal real;

    OtherJournal(SyncJournal real) {
        this.real = real;
    }

    @Override
    public Map<VmId, Memory> recall(Collection<ManagedVm> vms) {
        return real.recall(vms);
    }

    @Override
    public Optional<Pass> lastPass(Scope scope) {
        return real.lastPass(scope);
    }

    @Override
    public void recordPass(Pass pass) {
        real.recordPass(pass);
    }

    @Override
    public List<BillingInstruction> undelivered(int limit) {
        return real.undelivered(limit);
    }

    @Override
    public void settle(BillingKey key, Settlement settlement, String note) {
        real.settle(key, settlement, note);
    }

    @Override
    public int noteFailure(BillingKey key, String why) {
        return real.noteFailure(key, why);
    }

    @Override
    public List<BillingInstruction> parked() {
        return real.parked();
    }

    @Override
    public boolean release(BillingKey key, boolean again, String note) {
        return real.release(key, again, note);
    }

    @Override
    public Optional<Metering> metering(SessionId session) {
        return real.metering(session);
    }

    @Override
    public List<Metering> openMeterings() {
        return real.openMeterings();
    }

    @Override
    public List<Identity> identities() {
        return real.identities();
    }

    @Override
    public CommitOutcome amend(Amendment amendment) {
        return real.amend(amendment);
    }

    @Override
    public Budget budget(Instant since) {
        return real.budget(since);
    }

    @Override
    public boolean spend(long version, List<Spending> spent, Instant forgetBefore) {
        return real.spend(version, spent, forgetBefore);
    }

    @Override
    public List<Order> orders() {
        return real.orders();
    }

    @Override
    public void place(Order order) {
        real.place(order);
    }

    @Override
    public boolean withdraw(String id) {
        return real.withdraw(id);
    }

    @Override
    public List<AuditRecord> history(SessionId session) {
        return real.history(session);
    }
}
