package com.berryfi.vmsync.testkit.simulation.world;

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

/** The journal as one life of a process sees it. */
final class ProcessJournal implements SyncJournal {

    private final ProcessPorts ports;
    private final SyncJournal journal;

    ProcessJournal(ProcessPorts ports, SyncJournal journal) {
        this.ports = ports;
        this.journal = journal;
    }

    @Override
    public Map<VmId, Memory> recall(Collection<ManagedVm> vms) {
        return ports.query(() -> journal.recall(vms));
    }

    @Override
    public Optional<Pass> lastPass(Scope scope) {
        return ports.query(() -> journal.lastPass(scope));
    }

    @Override
    public void recordPass(Pass pass) {
        ports.write(() -> {
            journal.recordPass(pass);
            Frame frame = ports.frame();
            frame.passes.add(pass);
            ports.world().timeline().note(pass.scope(), ports.world().time().instant(), frame.process(), pass);
            ports.world().witnesses().passed(frame, pass);
            return pass;
        });
    }

    @Override
    public List<BillingInstruction> undelivered(int limit) {
        return ports.query(() -> journal.undelivered(limit));
    }

    @Override
    public void settle(BillingKey key, Settlement settlement, String note) {
        ports.write(() -> {
            journal.settle(key, settlement, note);
            return key;
        });
    }

    @Override
    public int noteFailure(BillingKey key, String why) {
        return ports.write(() -> journal.noteFailure(key, why));
    }

    @Override
    public List<BillingInstruction> parked() {
        return ports.query(journal::parked);
    }

    @Override
    public boolean release(BillingKey key, boolean again, String note) {
        return ports.write(() -> journal.release(key, again, note));
    }

    @Override
    public Optional<Metering> metering(SessionId session) {
        return ports.query(() -> journal.metering(session));
    }

    @Override
    public List<Metering> openMeterings() {
        return ports.query(journal::openMeterings);
    }

    @Override
    public List<Identity> identities() {
        return ports.query(journal::identities);
    }

    @Override
    public CommitOutcome amend(Amendment amendment) {
        return ports.write(() -> {
            CommitOutcome outcome = journal.amend(amendment);
            SimulatedWorld world = ports.world();
            world.timeline()
                    .note(
                            amendment.vm(),
                            world.time().instant(),
                            ports.frame().process(),
                            new Told(amendment, outcome));
            world.witnesses().amended(ports.frame(), amendment, outcome);
            return outcome;
        });
    }

    @Override
    public Budget budget(Instant since) {
        return ports.query(() -> journal.budget(since));
    }

    @Override
    public boolean spend(long version, List<Spending> spent, Instant forgetBefore) {
        return ports.write(() -> journal.spend(version, spent, forgetBefore));
    }

    @Override
    public List<Order> orders() {
        return ports.query(journal::orders);
    }

    @Override
    public void place(Order order) {
        ports.write(() -> {
            journal.place(order);
            return order;
        });
    }

    @Override
    public boolean withdraw(String id) {
        return ports.write(() -> journal.withdraw(id));
    }

    @Override
    public List<AuditRecord> history(SessionId session) {
        return ports.query(() -> journal.history(session));
    }

    /** An amendment and what became of it, in short. */
    private record Told(Amendment amendment, CommitOutcome outcome) {
        @Override
        public String toString() {
            return "amends "
                    + amendment.audit().stream()
                            .map(record -> record.rule() + " " + record.effects())
                            .toList()
                    + ", bill " + amendment.billing() + ", metering "
                    + amendment.after().metering() + ": " + outcome;
        }
    }
}
