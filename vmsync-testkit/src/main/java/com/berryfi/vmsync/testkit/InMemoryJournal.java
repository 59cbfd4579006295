package com.berryfi.vmsync.testkit;

import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.Budget;
import com.berryfi.vmsync.model.Change;
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
import com.berryfi.vmsync.model.Tracking;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.SyncJournal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The journal of an {@link InMemoryStore}, under its lock. */
final class InMemoryJournal implements SyncJournal {

    private final Object lock;
    private final Runnable requireUp;
    private final Map<VmId, Tracking> trackings = new HashMap<>();
    private final Map<VmId, Identity> identities = new TreeMap<>();
    private final Set<VmId> spoiled = new HashSet<>();
    private final Map<SessionId, Metering> meterings = new HashMap<>();
    private final Map<SessionId, Metering> open = new TreeMap<>();
    private final Map<Scope, Pass> passes = new HashMap<>();
    private final InMemoryOutbox outbox = new InMemoryOutbox();
    private final List<AuditRecord> audit = new ArrayList<>();
    private final Map<SessionId, List<AuditRecord>> histories = new HashMap<>();
    private final InMemoryOrders orders = new InMemoryOrders();

    InMemoryJournal(Object lock, Runnable requireUp) {
        this.lock = lock;
        this.requireUp = requireUp;
    }

    @Override
    public Map<VmId, Memory> recall(Collection<ManagedVm> vms) {
        synchronized (lock) {
            requireUp.run();
            if (vms.size() == 1) {
                vms.stream().map(ManagedVm::id).filter(spoiled::contains).forEach(vm -> {
                    throw new RejectedException(unreadable(vm));
                });
            }
            Map<VmId, Memory> memories = new HashMap<>();
            for (ManagedVm managed : vms) {
                if (!spoiled.contains(managed.id())) {
                    memories.put(managed.id(), memory(managed));
                }
            }
            return memories;
        }
    }

    @Override
    public Optional<Pass> lastPass(Scope scope) {
        synchronized (lock) {
            requireUp.run();
            return Optional.ofNullable(passes.get(scope));
        }
    }

    @Override
    public void recordPass(Pass pass) {
        synchronized (lock) {
            requireUp.run();
            passes.merge(pass.scope(), pass, (old, now) -> now.at().isAfter(old.at()) ? now : old);
        }
    }

    @Override
    public List<BillingInstruction> undelivered(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: must be at least 1, is " + limit);
        }
        synchronized (lock) {
            requireUp.run();
            return outbox.undelivered(limit);
        }
    }

    @Override
    public void settle(BillingKey key, Settlement settlement, String note) {
        synchronized (lock) {
            requireUp.run();
            outbox.settle(key, settlement);
        }
    }

    @Override
    public Optional<Metering> metering(SessionId session) {
        synchronized (lock) {
            requireUp.run();
            return Optional.ofNullable(meterings.get(session));
        }
    }

    @Override
    public List<Metering> openMeterings() {
        synchronized (lock) {
            requireUp.run();
            return List.copyOf(open.values());
        }
    }

    @Override
    public List<Identity> identities(Scope scope) {
        synchronized (lock) {
            requireUp.run();
            return identities.values().stream()
                    .filter(identity -> identity.scope().equals(scope))
                    .toList();
        }
    }

    @Override
    public CommitOutcome amend(Amendment amendment) {
        synchronized (lock) {
            requireUp.run();
            Optional<CommitOutcome> unwritten = unwritten(
                    amendment.vm(),
                    amendment.before(),
                    amendment.after().metering().map(Metering::session),
                    amendment.billing());
            if (unwritten.isPresent()) {
                return unwritten.get();
            }
            write(amendment.vm(), amendment.before(), amendment.after(), amendment.billing(), amendment.audit());
            return new CommitOutcome.Committed();
        }
    }

    @Override
    public Budget budget(Instant since) {
        synchronized (lock) {
            requireUp.run();
            return orders.budget(since);
        }
    }

    @Override
    public boolean spend(long version, List<Spending> spent, Instant forgetBefore) {
        synchronized (lock) {
            requireUp.run();
            return orders.spend(version, spent, forgetBefore);
        }
    }

    @Override
    public List<Order> orders() {
        synchronized (lock) {
            requireUp.run();
            return orders.all();
        }
    }

    @Override
    public void place(Order order) {
        synchronized (lock) {
            requireUp.run();
            orders.place(order);
        }
    }

    @Override
    public boolean withdraw(String id) {
        synchronized (lock) {
            requireUp.run();
            return orders.withdraw(id);
        }
    }

    @Override
    public List<AuditRecord> history(SessionId session) {
        synchronized (lock) {
            requireUp.run();
            return List.copyOf(histories.getOrDefault(session, List.of()));
        }
    }

    /** Why a change cannot be written; empty if it can. */
    Optional<CommitOutcome> unwritten(Change change) {
        return unwritten(
                change.expected().id(), change.before(), change.expected().meteredSession(), change.billing());
    }

    void apply(Change change) {
        write(change.expected().id(), change.before(), change.after(), change.billing(), change.audit());
    }

    /** Makes the memory of a VM one that cannot be read. */
    void spoil(VmId vm) {
        spoiled.add(vm);
    }

    /** All audit records, oldest first. */
    List<AuditRecord> audit() {
        return List.copyOf(audit);
    }

    /** The metering of a session, whether it has ended or not. */
    Optional<Metering> remembered(SessionId session) {
        return Optional.ofNullable(meterings.get(session));
    }

    private static String unreadable(VmId vm) {
        return "the memory of VM " + vm + " cannot be read";
    }

    private Optional<CommitOutcome> unwritten(
            VmId vm, Memory before, Optional<SessionId> metered, List<BillingInstruction> billing) {
        if (spoiled.contains(vm)) {
            return Optional.of(new CommitOutcome.Refused(unreadable(vm)));
        }
        return conflict(vm, before, metered)
                .<CommitOutcome>map(CommitOutcome.Conflict::new)
                .or(() -> outbox.refusal(billing).map(CommitOutcome.Refused::new));
    }

    private Optional<String> conflict(VmId vm, Memory before, Optional<SessionId> metered) {
        if (!version(Optional.ofNullable(trackings.get(vm))).equals(version(before.tracking()))) {
            return Optional.of("the tracking of VM " + vm);
        }
        Optional<SessionId> session = before.metering().map(Metering::session).or(() -> metered);
        if (session.isPresent()
                && !written(Optional.ofNullable(meterings.get(session.get()))).equals(written(before.metering()))) {
            return Optional.of("the metering of session " + session.get());
        }
        return Optional.ofNullable(identities.get(vm)).equals(before.identity())
                ? Optional.empty()
                : Optional.of("the identity of VM " + vm);
    }

    private void write(
            VmId vm, Memory before, Memory after, List<BillingInstruction> billing, List<AuditRecord> records) {
        after.tracking().ifPresentOrElse(t -> trackings.put(vm, t), () -> trackings.remove(vm));
        after.identity().ifPresentOrElse(i -> identities.put(vm, i), () -> identities.remove(vm));
        before.metering().map(Metering::session).ifPresent(session -> {
            meterings.remove(session);
            open.remove(session);
        });
        after.metering().ifPresent(metering -> {
            meterings.put(metering.session(), metering);
            if (!metering.stopped()) {
                open.put(metering.session(), metering);
            }
        });
        billing.forEach(outbox::stage);
        audit.addAll(records);
        records.forEach(record -> record.session()
                .ifPresent(session -> histories
                        .computeIfAbsent(session, same -> new ArrayList<>())
                        .add(record)));
    }

    private Memory memory(ManagedVm managed) {
        return new Memory(
                Optional.ofNullable(trackings.get(managed.id())),
                managed.meteredSession().map(meterings::get),
                Optional.ofNullable(identities.get(managed.id())));
    }

    private static Optional<Long> version(Optional<Tracking> tracking) {
        return tracking.map(Tracking::version);
    }

    private static Optional<Long> written(Optional<Metering> metering) {
        return metering.map(Metering::version);
    }
}
