package com.berryfi.vmsync;

import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.plan.Health;
import com.berryfi.vmsync.plan.Recollection;
import com.berryfi.vmsync.port.SessionEnder;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.port.VmPowerPort;
import com.berryfi.vmsync.port.WorkCoordinator;
import com.berryfi.vmsync.rule.RuleBook;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** What every synchronisation of one {@link VmSync} shares. */
record SyncContext(
        SyncSettings settings,
        RuleBook rules,
        InstantSource clock,
        SessionStore store,
        CloudReader cloud,
        Listeners listeners,
        Sightings sightings,
        Memories memories,
        Watchman watchman,
        ClockWatch clockWatch,
        Optional<VmPowerPort> power,
        Optional<SessionEnder> ender,
        WorkCoordinator coordinator,
        BooleanSupplier closing) {

    /** The present, as precise as every database keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * The pass that speaks for a scope: the last one, unless this process has made it and so knows better by itself. Another replica
     * may have seen machines run since.
     */
    Optional<Pass> speakingPass(Scope scope) {
        Optional<Pass> own = sightings.lastPass(scope);
        return memories.lastPass(scope)
                .filter(last ->
                        own.filter(ours -> !last.at().isAfter(ours.at())).isEmpty());
    }

    /** The last pass of a scope that is known, whoever made it. */
    Optional<Pass> lastPass(Scope scope) {
        return speakingPass(scope).or(() -> sightings.lastPass(scope));
    }

    /** What is known of a VM beside its rows, its memory and the evidence. */
    Recollection.Background background(ManagedVm managed, Optional<Pass> speaking) {
        Scope scope = managed.vm().scope();
        boolean inUse = managed.session().isPresent();
        return new Recollection.Background(
                speaking,
                watchman.hold(managed.id(), now()),
                watchman.outage(scope),
                Health.threeTimes(settings.interval(inUse ? SyncKind.QUICK : SyncKind.FULL)),
                Optional.empty());
    }

    /** Judges a case and notes what was learned of its machine. */
    VmCase.Judged judge(VmCase vmCase, Evidence evidence, Recollection.Background background) {
        Instant now = now();
        // A slow answer may be overtaken by what another loop of this process has seen meanwhile.
        VmCase known = vmCase.knowing(sightings.provenRunningAt(vmCase.id()));
        VmCase.Judged verdict = known.judge(
                evidence,
                new VmCase.Bench(
                        background,
                        watchman.freeze(vmCase.managed().vm().scope(), now),
                        now,
                        settings.policy(),
                        rules));
        sightings.noteProof(verdict.facts());
        sightings.noteEvidence(vmCase.id(), evidence);
        return verdict;
    }

    /**
     * Does a piece of work under a lease; empty if it is another replica's.
     *
     * @param what is told its lease, and returns something
     */
    <T> Optional<T> ifOurs(WorkCoordinator.Work work, Duration atMost, Function<WorkCoordinator.Lease, T> what) {
        Optional<WorkCoordinator.Lease> lease = coordinator.claim(work, atMost);
        try {
            return lease.map(what);
        } finally {
            lease.ifPresent(WorkCoordinator.Lease::close);
        }
    }

    /** The same, on a copy of what this process knows, writing nothing and telling nobody. */
    SyncContext forPreview() {
        return new SyncContext(
                settings.asDryRun(),
                rules,
                clock,
                store,
                cloud,
                new Listeners(List.of()),
                sightings.copy(),
                new Memories(store.journal(), true),
                watchman.copy(),
                clockWatch.another(),
                power,
                ender,
                WorkCoordinator.alone(),
                closing);
    }
}
