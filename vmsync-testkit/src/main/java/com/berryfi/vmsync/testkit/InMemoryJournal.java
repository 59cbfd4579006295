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
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.SyncJournal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The journal of an {@link InMemoryStore}, under its lock. */
final class InMemoryJournal implements SyncJournal {

    private final Object lock;
    private final Runnable requireUp;
    private final InMemoryMemories memories = new InMemoryMemories();
    private final InMemoryOutbox outbox = new InMemoryOutbox();
    private final Map<Scope, Pass> passes = new HashMap<>();
    private final TreeMap<String, Order> orders = new TreeMap<>();
    private final List<AuditRecord> audit = new ArrayList<>();
    private final Map<SessionId, List<AuditRecord>> histories = new HashMap<>();
    private List<Spending> spendings = List.of();
    private long budgetVersion;

    InMemoryJournal(Object lock, Runnable requireUp) {
        this.lock = lock;
        this.requireUp = requireUp;
    }

    @Override
    public Map<VmId, Memory> recall(Collection<ManagedVm> vms) {
        return whileUp(() -> {
            if (vms.size() == 1) {
                vms.forEach(vm -> requireReadable(vm.id()));
            }
            return vms.stream()
                    .filter(vm -> memories.unreadable(vm.id()).isEmpty())
                    .collect(Collectors.toMap(ManagedVm::id, memories::of, (a, b) -> b));
        });
    }

    @Override
    public Optional<Pass> lastPass(Scope scope) {
        return whileUp(() -> Optional.ofNullable(passes.get(scope)));
    }

    @Override
    public void recordPass(Pass pass) {
        whileUp(() -> passes.merge(pass.scope(), pass, (old, now) -> now.at().isAfter(old.at()) ? now : old));
    }

    @Override
    public List<BillingInstruction> undelivered(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit: must be at least 1, is " + limit);
        }
        return whileUp(() -> outbox.undelivered(limit));
    }

    @Override
    public int noteFailure(BillingKey key, String why) {
        return whileUp(() -> outbox.noteFailure(key));
    }

    @Override
    public List<BillingInstruction> parked() {
        return whileUp(outbox::parked);
    }

    @Override
    public boolean release(BillingKey key, boolean again, String note) {
        return whileUp(() -> outbox.release(key, again));
    }

    @Override
    public void settle(BillingKey key, Settlement settlement, String note) {
        whileUp(() -> {
            outbox.settle(key, settlement);
            return key;
        });
    }

    @Override
    public Optional<Metering> metering(SessionId session) {
        return whileUp(() -> {
            Optional<Metering> metering = memories.metering(session);
            metering.ifPresent(known -> requireReadable(known.vm()));
            return metering;
        });
    }

    @Override
    public List<Metering> openMeterings() {
        return whileUp(memories::openMeterings);
    }

    @Override
    public List<Identity> identities() {
        return whileUp(() -> memories.identities());
    }

    @Override
    public CommitOutcome amend(Amendment amendment) {
        return whileUp(() -> {
            Optional<CommitOutcome> unwritten =
                    unwritten(amendment.vm(), memories.conflict(amendment), amendment.billing());
            if (unwritten.isPresent()) {
                return unwritten.get();
            }
            memories.replace(amendment.vm(), amendment.before(), amendment.after());
            write(amendment.billing(), amendment.audit());
            return new CommitOutcome.Committed();
        });
    }

    @Override
    public Budget budget(Instant since) {
        return whileUp(() -> new Budget(
                budgetVersion,
                spendings.stream().filter(each -> !each.at().isBefore(since)).toList()));
    }

    @Override
    public boolean spend(long version, List<Spending> spent, Instant forgetBefore) {
        return whileUp(() -> {
            if (version != budgetVersion) {
                return false;
            }
            List<Spending> kept = new ArrayList<>(spendings);
            kept.removeIf(each -> each.at().isBefore(forgetBefore));
            kept.addAll(spent);
            kept.sort(Comparator.comparing(Spending::at));
            spendings = List.copyOf(kept);
            budgetVersion++;
            return true;
        });
    }

    @Override
    public List<Order> orders() {
        return whileUp(() -> List.copyOf(orders.values()));
    }

    @Override
    public void place(Order order) {
        whileUp(() -> {
            if (orders.putIfAbsent(order.id(), order) != null) {
                throw new RejectedException("order " + order.id() + ": there is one of this id");
            }
            return order;
        });
    }

    @Override
    public boolean withdraw(String id) {
        return whileUp(() -> orders.remove(id) != null);
    }

    @Override
    public List<AuditRecord> history(SessionId session) {
        return whileUp(() -> List.copyOf(histories.getOrDefault(session, List.of())));
    }

    /** Why a change is not written; empty if it can be. */
    Optional<CommitOutcome> unwritten(Change change) {
        return unwritten(change.expected().id(), memories.conflict(change), change.billing());
    }

    private Optional<CommitOutcome> unwritten(VmId vm, Optional<String> conflict, List<BillingInstruction> billing) {
        return memories.unreadable(vm)
                .<CommitOutcome>map(CommitOutcome.Refused::new)
                .or(() -> conflict.map(CommitOutcome.Conflict::new))
                .or(() -> outbox.staged(billing)
                        .map(key -> new CommitOutcome.Refused("billing instruction " + key + " is staged already")));
    }

    void apply(Change change) {
        memories.replace(change.expected().id(), change.before(), change.after());
        write(change.billing(), change.audit());
    }

    private void write(List<BillingInstruction> billing, List<AuditRecord> records) {
        billing.forEach(outbox::stage);
        audit.addAll(records);
        records.forEach(record -> record.session()
                .ifPresent(session -> histories
                        .computeIfAbsent(session, same -> new ArrayList<>())
                        .add(record)));
    }

    /** Makes the memory of a VM one that cannot be read. */
    void spoil(VmId vm) {
        memories.spoil(vm);
    }

    /** All audit records, oldest first. */
    List<AuditRecord> audit() {
        return List.copyOf(audit);
    }

    /** What is remembered of a session's bill, readable or not. */
    Optional<Metering> known(SessionId session) {
        return memories.metering(session);
    }

    private void requireReadable(VmId vm) {
        memories.unreadable(vm).ifPresent(why -> {
            throw new RejectedException(why);
        });
    }

    private <T> T whileUp(Supplier<T> work) {
        synchronized (lock) {
            requireUp.run();
            return work.get();
        }
    }
}
