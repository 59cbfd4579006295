package com.berryfi.vmsync;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.port.RejectedException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One VM, now, by a direct read. */
final class DirectSync {

    private final SyncContext context;

    DirectSync(SyncContext context) {
        this.context = context;
    }

    /** What the cloud says. */
    Evidence actualStatus(VmId vm) {
        return context.settings().enabled() ? read(row(vm)) : disabled();
    }

    /** What the cloud says, with all effects. */
    VmOutcome sync(VmId vm, String cycle) {
        context.watchman().refreshOrders(context.store().journal());
        Instant readAt = context.now();
        ManagedVm managed = row(vm);
        return Mdc.during(cycle, managed.vm().scope(), () -> sync(managed, readAt, cycle));
    }

    private VmOutcome sync(ManagedVm managed, Instant readAt, String cycle) {
        // First the pass, then what is remembered beside it, then the cloud: a pass of meanwhile may speak of later
        // than the answer.
        Optional<Pass> speaking = context.speakingPass(managed.vm().scope());
        speaking.ifPresent(pass -> context.watchman().notePass(pass, readAt));
        Memory memory = context.memories().recall(List.of(managed)).get(managed.id());
        if (memory == null) {
            throw new RejectedException("VM " + managed.id() + ": what is remembered of it cannot be read");
        }
        VmCase vmCase = new VmCase(managed, memory, context.sightings().note(managed, memory, readAt));
        Evidence evidence = context.settings().enabled()
                ? context.sightings()
                        .twin(managed)
                        .map(why -> unknown(why, context.now()))
                        .orElseGet(() -> read(managed))
                : disabled();
        VmCase.Judged verdict = context.judge(vmCase, evidence, context.background(managed, speaking));
        return new Applier(context, cycle, context.settings().interval(SyncKind.DIRECT), false)
                .apply(List.of(verdict))
                .get(0)
                .outcome();
    }

    private ManagedVm row(VmId vm) {
        return context.store().find(vm).orElseThrow(() -> new RejectedException("VM " + vm + ": there is no such row"));
    }

    private Evidence read(ManagedVm managed) {
        Instant askedAt = context.now();
        CloudAddress address = managed.vm().address();
        Instant until = askedAt.plus(context.settings().interval(SyncKind.DIRECT));
        Reading reading =
                context.cloud().read(managed.vm().scope(), Set.of(address), ReadKind.DIRECT, SyncKind.DIRECT, until);
        Evidence evidence = reading.evidence().get(address);
        return evidence != null
                ? evidence
                : unknown(
                        reading.failure()
                                .orElse(new Observation.Unknown(UnknownCause.OTHER, "the adapter left it out")),
                        askedAt);
    }

    private Evidence disabled() {
        return unknown(
                new Observation.Unknown(UnknownCause.DISABLED, SyncSettings.PREFIX + "enabled is false"),
                context.now());
    }

    private static Evidence unknown(Observation.Unknown why, Instant askedAt) {
        return new Evidence(why, ReadKind.DIRECT, askedAt, Optional.empty());
    }
}
