package com.berryfi.vmsync;

import com.berryfi.vmsync.model.Budget;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Spending;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.plan.Brake;
import com.berryfi.vmsync.port.SyncJournal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What is remembered: the journal, and over it, in a dry run, which writes nothing, what it would have been told.
 *
 * <p>A dry run's memories live as long as its process.
 */
final class Memories {

    private static final int ATTEMPTS = 20;

    private final SyncJournal journal;
    private final boolean dryRun;
    private final Map<VmId, Memory> unwritten = new ConcurrentHashMap<>();
    private final Map<Scope, Pass> unwrittenPasses = new ConcurrentHashMap<>();
    private final List<Spending> unspent = new ArrayList<>();

    Memories(SyncJournal journal, boolean dryRun) {
        this.journal = journal;
        this.dryRun = dryRun;
    }

    /** What is remembered of VMs; none of those whose memory cannot be read. */
    Map<VmId, Memory> recall(Collection<ManagedVm> vms) {
        Map<VmId, Memory> recalled = new HashMap<>(journal.recall(vms));
        vms.forEach(vm -> recalled.computeIfPresent(vm.id(), (id, known) -> over(vm, known)));
        return recalled;
    }

    /** A bill that is remembered is of one session; the next one on the same VM has its own. */
    private Memory over(ManagedVm vm, Memory known) {
        Memory ours = unwritten.get(vm.id());
        if (ours == null) {
            return known;
        }
        boolean same = ours.metering()
                .map(metering ->
                        vm.meteredSession().filter(metering.session()::equals).isPresent())
                .orElse(false);
        return new Memory(ours.tracking(), same ? ours.metering() : known.metering(), ours.identity());
    }

    /** Remembers what a dry run would have written. */
    void rememberUnwritten(Change change) {
        unwritten.put(change.expected().id(), change.after());
    }

    Optional<Pass> lastPass(Scope scope) {
        return Optional.ofNullable(unwrittenPasses.get(scope)).or(() -> journal.lastPass(scope));
    }

    void record(Pass pass) {
        if (dryRun) {
            unwrittenPasses.put(pass.scope(), pass);
        } else {
            journal.recordPass(pass);
        }
    }

    /**
     * Spends what is decided of a budget, by one thread of this process after another: only other replicas are raced.
     *
     * @return what was decided; empty if other replicas spent each time before us
     */
    synchronized Optional<Brake.Outcome> spend(Instant since, Function<Budget, Brake.Outcome> decide) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Budget budget = budget(since);
            Brake.Outcome outcome = decide.apply(budget);
            if (outcome.spent().isEmpty() || spend(budget, outcome.spent(), since)) {
                return Optional.of(outcome);
            }
        }
        return Optional.empty();
    }

    /** What was spent under the brakes; a dry run's own spending counts for itself. */
    private Budget budget(Instant since) {
        Budget budget = journal.budget(since);
        List<Spending> spent = new ArrayList<>(budget.spent());
        unspent.stream().filter(each -> !each.at().isBefore(since)).forEach(spent::add);
        return new Budget(budget.version(), spent);
    }

    private boolean spend(Budget budget, List<Spending> spent, Instant forgetBefore) {
        return dryRun ? unspent.addAll(spent) : journal.spend(budget.version(), spent, forgetBefore);
    }
}
