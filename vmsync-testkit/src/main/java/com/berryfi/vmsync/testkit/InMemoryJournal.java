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
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.SyncJournal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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
    private final Set<VmId> spoiled = new HashSet<>();
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
            if (vms.size() == 1) {
                vms.stream().map(ManagedVm::id).filter(spoiled::contains).forEach(vm -> {
                    throw new RejectedException(unreadable(vm));
                });
            }
            return vms.stream()
                    .filter(vm -> !spoiled.contains(vm.id()))
                    .collect(Collectors.toMap(ManagedVm::id, this::memory, (a, b) -> b));
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
            Map<SessionId, List<BillingInstruction>> waiting = new LinkedHashMap<>();
            Set<SessionId> held = new HashSet<>();
            billing.values().stream()
                    .sorted(Comparator.comparing(
                            staged -> staged.instruction().key().counter()))
                    .forEach(staged -> {
                        SessionId session = staged.instruction().session();
                        if (staged.settlement().equals(Optional.of(Settlement.PARKED))) {
                            held.add(session);
                        } else if (staged.settlement().isEmpty() && !held.contains(session)) {
                            waiting.computeIfAbsent(session, same -> new ArrayList<>())
                                    .add(staged.instruction());
                        }
                    });
            return waiting.values().stream()
                    .flatMap(List::stream)
                    .sorted(Comparator.comparing(
                                    (BillingInstruction each) -> waiting.getOrDefault(each.session(), List.of())
                                            .indexOf(each))
                            .thenComparing(each -> List.copyOf(billing.keySet()).indexOf(each.key())))
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
        if (spoiled.contains(vm)) {
            return Optional.empty();
        }
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
        VmId vm = change.expected().id();
        if (spoiled.contains(vm)) {
            return Optional.of(unreadable(vm));
        }
        return change.billing().stream()
                .map(BillingInstruction::key)
                .filter(billing::containsKey)
                .findFirst()
                .map(key -> "billing instruction " + key + " is staged already");
    }

    /** Makes the memory of a VM one that cannot be read. */
    void spoil(VmId vm) {
        spoiled.add(vm);
    }

    private static String unreadable(VmId vm) {
        return "the memory of VM " + vm + " cannot be read";
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
