package com.berryfi.vmsync.testkit;

import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Tracking;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.SyncJournal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The journal of an {@link InMemoryStore}, under its lock. */
final class InMemoryJournal implements SyncJournal {

    private final Object lock;
    private final Runnable requireUp;
    private final Map<VmId, Tracking> trackings = new HashMap<>();
    private final Map<SessionId, Metering> meterings = new HashMap<>();
    private final Map<Scope, Pass> passes = new HashMap<>();
    private final Map<BillingKey, Staged> billing = new LinkedHashMap<>();
    private final List<AuditRecord> audit = new ArrayList<>();

    InMemoryJournal(Object lock, Runnable requireUp) {
        this.lock = lock;
        this.requireUp = requireUp;
    }

    @Override
    public Map<VmId, Memory> recall(Collection<ManagedVm> vms) {
        synchronized (lock) {
            requireUp.run();
            return vms.stream().collect(Collectors.toMap(ManagedVm::id, this::memory, (a, b) -> b));
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
            Set<SessionId> blocked = billing.values().stream()
                    .filter(staged -> staged.settlement().equals(Optional.of(Settlement.PARKED)))
                    .map(staged -> staged.instruction().session())
                    .collect(Collectors.toSet());
            return billing.values().stream()
                    .filter(staged -> staged.settlement().isEmpty())
                    .map(Staged::instruction)
                    .filter(instruction -> !blocked.contains(instruction.session()))
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public void settle(BillingKey key, Settlement settlement, String note) {
        synchronized (lock) {
            requireUp.run();
            billing.computeIfPresent(
                    key,
                    (same, staged) -> staged.settlement().isPresent()
                            ? staged
                            : new Staged(staged.instruction(), Optional.of(settlement)));
        }
    }

    @Override
    public List<AuditRecord> history(SessionId session) {
        synchronized (lock) {
            requireUp.run();
            return audit.stream()
                    .filter(record -> record.session().equals(Optional.of(session)))
                    .toList();
        }
    }

    /** What is remembered otherwise than a change expects; empty if nothing is. */
    Optional<String> conflict(Change change) {
        VmId vm = change.expected().id();
        Memory before = change.before();
        if (!version(Optional.ofNullable(trackings.get(vm))).equals(version(before.tracking()))) {
            return Optional.of("the tracking of VM " + vm);
        }
        Optional<SessionId> session = before.metering()
                .map(Metering::session)
                .or(() -> change.expected().sessionId());
        if (session.isPresent() && !counter(metering(session.get())).equals(counter(before.metering()))) {
            return Optional.of("the metering of session " + session.get());
        }
        return Optional.empty();
    }

    /** Why a change cannot be written at all; empty if it can. */
    Optional<String> refusal(Change change) {
        return change.billing().stream()
                .map(BillingInstruction::key)
                .filter(billing::containsKey)
                .findFirst()
                .map(key -> "billing instruction " + key + " is staged already");
    }

    void apply(Change change) {
        VmId vm = change.expected().id();
        change.after().tracking().ifPresentOrElse(t -> trackings.put(vm, t), () -> trackings.remove(vm));
        change.before().metering().ifPresent(metering -> meterings.remove(metering.session()));
        change.after().metering().ifPresent(metering -> meterings.put(metering.session(), metering));
        change.billing()
                .forEach(instruction -> billing.put(instruction.key(), new Staged(instruction, Optional.empty())));
        audit.addAll(change.audit());
    }

    /** All audit records, oldest first. */
    List<AuditRecord> audit() {
        return List.copyOf(audit);
    }

    /** The metering of a session, whether it has ended or not. */
    Optional<Metering> metering(SessionId session) {
        return Optional.ofNullable(meterings.get(session));
    }

    private Memory memory(ManagedVm managed) {
        return new Memory(
                Optional.ofNullable(trackings.get(managed.id())),
                managed.sessionId().map(meterings::get));
    }

    private static Optional<Long> version(Optional<Tracking> tracking) {
        return tracking.map(Tracking::version);
    }

    private static Optional<Long> counter(Optional<Metering> metering) {
        return metering.map(Metering::counter);
    }

    /** An instruction, and what became of it. */
    private record Staged(BillingInstruction instruction, Optional<Settlement> settlement) {}
}
