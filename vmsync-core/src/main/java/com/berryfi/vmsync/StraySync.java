package com.berryfi.vmsync;

import com.berryfi.vmsync.event.Finding;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Identity;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Standing;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.plan.Stray;
import com.berryfi.vmsync.plan.TimeBudget;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.WorkCoordinator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The machines whose rows are gone: looked for once in every full sync, until the cloud says that they are gone too. */
final class StraySync {

    private final SyncContext context;
    private final String cycle;

    StraySync(SyncContext context, String cycle) {
        this.context = context;
        this.cycle = cycle;
    }

    /** What was found, and the scopes that other replicas look after. */
    record Found(List<Standing> findings, List<Scope> elsewhere) {
        static final Found NOTHING = new Found(List.of(), List.of());
    }

    /**
     * The findings.
     *
     * @param present the VMs that were met, in whatever scope
     */
    Found run(Set<VmId> present, Instant readsUntil) {
        Map<Scope, List<Identity>> strays = context.store().journal().identities().stream()
                .filter(identity -> !present.contains(identity.vm()))
                .collect(Collectors.groupingBy(Identity::scope, LinkedHashMap::new, Collectors.toList()));
        List<Standing> found = new ArrayList<>();
        List<Scope> elsewhere = new ArrayList<>();
        strays.forEach((scope, identities) -> context.ifOurs(
                        new WorkCoordinator.ScopeWork(scope, SyncKind.FULL),
                        context.settings().fullInterval(),
                        lease -> inBatches(scope, gone(identities), readsUntil))
                .ifPresentOrElse(found::addAll, () -> elsewhere.add(scope)));
        return new Found(found, elsewhere);
    }

    private List<Identity> gone(List<Identity> identities) {
        return identities.stream().filter(identity -> isRowGone(identity.vm())).toList();
    }

    private List<Standing> inBatches(Scope scope, List<Identity> gone, Instant readsUntil) {
        List<Standing> found = new ArrayList<>();
        int batch = context.settings().batchSize();
        for (int from = 0; from < gone.size() && context.now().isBefore(readsUntil); from += batch) {
            found.addAll(found(scope, gone.subList(from, Math.min(from + batch, gone.size())), readsUntil));
        }
        return found;
    }

    /** A row that cannot be worked with is still a row. */
    private boolean isRowGone(VmId vm) {
        try {
            return context.store().find(vm).isEmpty();
        } catch (RejectedException e) {
            return false;
        }
    }

    private List<Standing> found(Scope scope, List<Identity> strays, Instant readsUntil) {
        Set<CloudAddress> addresses = strays.stream().map(Identity::address).collect(Collectors.toSet());
        Reading reading = context.cloud()
                .read(
                        scope,
                        addresses,
                        ReadKind.DIRECT,
                        SyncKind.FULL,
                        TimeBudget.oneReadUntil(context.now(), readsUntil));
        Map<VmId, Memory> memories =
                context.memories().recall(strays.stream().map(Stray::rowOf).toList());
        List<Standing> found = new ArrayList<>();
        for (Identity identity : strays) {
            Evidence evidence = reading.evidence().get(identity.address());
            Memory memory = memories.get(identity.vm());
            if (evidence != null && memory != null) {
                decided(identity, memory, evidence).ifPresent(found::add);
            }
        }
        return found;
    }

    private Optional<Standing> decided(Identity identity, Memory memory, Evidence evidence) {
        Stray.Outcome outcome = Stray.decide(identity, memory, evidence, cycle, context.now());
        if (context.settings().dryRun() || outcome.amendment().isEmpty()) {
            return outcome.standing();
        }
        CommitOutcome written =
                context.store().journal().amend(outcome.amendment().get());
        if (written instanceof CommitOutcome.Committed) {
            outcome.standing()
                    .ifPresent(standing ->
                            context.listeners().tell(listener -> listener.onFinding(new Finding(standing))));
        }
        return outcome.standing();
    }
}
