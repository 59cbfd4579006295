package com.berryfi.vmsync;

import com.berryfi.vmsync.VmCase.Judged;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.plan.TimeBudget;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads VMs of one scope directly whose verdict waits for it, and has what follows applied. */
final class Confirmer {

    private final SyncContext context;
    private final Scope scope;
    private final SyncKind kind;
    private final Instant readsUntil;
    private final Applier applier;
    private final Optional<Pass> speaking;

    /** @param speaking the pass that speaks for the scope; empty if this process knows better by itself */
    Confirmer(
            SyncContext context,
            Scope scope,
            SyncKind kind,
            Instant readsUntil,
            Applier applier,
            Optional<Pass> speaking) {
        this.context = context;
        this.scope = scope;
        this.kind = kind;
        this.readsUntil = readsUntil;
        this.applier = applier;
        this.speaking = speaking;
    }

    /**
     * Reads those directly whose verdict waits for it, judges them again and applies each batch at once: first those that were not
     * waited for in vain, and of these the paying ones; last, never more than a batch, and in quick syncs alone, those whose machine is
     * to be learned.
     */
    int confirm(Map<VmId, Judged> verdicts, List<Applier.Applied> applied) {
        if (verdicts.values().stream().noneMatch(Judged::wantsDirectRead)) {
            return 0;
        }
        List<VmCase> waiting = verdicts.values().stream()
                .filter(Judged::isHeldForRead)
                .map(Judged::vmCase)
                .sorted(Comparator.comparing(
                                (VmCase each) -> context.sightings().waitedInVain(each.id()))
                        .thenComparing(each -> each.managed().session().isEmpty()))
                .toList();
        List<VmCase> unlearned = verdicts.values().stream()
                .filter(verdict -> !verdict.isHeldForRead() && verdict.isIdentityDue())
                .map(Judged::vmCase)
                .sorted(Comparator.comparing(each -> context.sightings().waitedInVain(each.id())))
                .toList();
        int batch = context.settings().batchSize();
        int read = inBatches(waiting, waiting.size(), verdicts, applied);
        return read + inBatches(unlearned, kind == SyncKind.QUICK ? batch : 0, verdicts, applied);
    }

    /** @param most how many are read at most; the others keep the verdict that they have */
    private int inBatches(List<VmCase> wanted, int most, Map<VmId, Judged> verdicts, List<Applier.Applied> applied) {
        int read = 0;
        int batch = context.settings().batchSize();
        for (int from = 0; from < wanted.size(); from += batch) {
            List<VmCase> together = wanted.subList(from, Math.min(from + batch, wanted.size()));
            read += isOver() || from >= most ? 0 : readDirectly(together, verdicts);
            applied.addAll(applier.apply(together.stream()
                    .map(each -> Objects.requireNonNull(verdicts.get(each.id())))
                    .toList()));
        }
        return read;
    }

    private int readDirectly(List<VmCase> together, Map<VmId, Judged> verdicts) {
        Set<CloudAddress> addresses =
                together.stream().map(each -> each.managed().vm().address()).collect(Collectors.toSet());
        Instant now = context.now();
        Instant until = TimeBudget.oneReadUntil(now, readsUntil);
        Reading direct = context.cloud().read(scope, addresses, ReadKind.DIRECT, kind, until);
        int read = 0;
        for (VmCase each : together) {
            Evidence evidence = direct.evidence().get(each.managed().vm().address());
            if (evidence != null && isAnswer(evidence)) {
                context.sightings().noteAnswered(each.id());
            } else {
                context.sightings().noteUnanswered(each.id(), Duration.between(now, until));
            }
            if (evidence != null) {
                read++;
            }
            // A direct read that brings nothing takes nothing away from what the list said.
            if (evidence != null && !(evidence.observation() instanceof Observation.Unknown)) {
                Facts before = Objects.requireNonNull(verdicts.get(each.id())).facts();
                verdicts.put(
                        each.id(),
                        context.judge(
                                each,
                                evidence,
                                context.background(each.managed(), speaking).after(before)));
            }
        }
        return read;
    }

    private static boolean isAnswer(Evidence evidence) {
        return !(evidence.observation() instanceof Observation.Unknown unknown
                && unknown.cause().isTransient());
    }

    private boolean isOver() {
        return context.closing().getAsBoolean() || !context.now().isBefore(readsUntil);
    }
}
