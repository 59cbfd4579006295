package com.berryfi.vmsync;

import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.SyncJournal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What a dry run would have remembered, laid over the journal, which it only reads. */
final class DryRunMemory {

    private final Map<VmId, Memory> memories = new ConcurrentHashMap<>();
    private final Map<Scope, Pass> passes = new ConcurrentHashMap<>();

    Map<VmId, Memory> recall(SyncJournal journal, Collection<ManagedVm> vms) {
        Map<VmId, Memory> recalled = new HashMap<>(journal.recall(vms));
        vms.forEach(vm -> recalled.computeIfPresent(vm.id(), (id, known) -> over(vm, known)));
        return recalled;
    }

    /** A bill that is remembered is of one session; the next one on the same VM has its own. */
    private Memory over(ManagedVm vm, Memory known) {
        Memory ours = memories.get(vm.id());
        if (ours == null) {
            return known;
        }
        boolean same = ours.metering()
                .map(metering ->
                        vm.sessionId().filter(metering.session()::equals).isPresent())
                .orElse(false);
        return new Memory(ours.tracking(), same ? ours.metering() : known.metering());
    }

    void remember(Change change) {
        memories.put(change.expected().id(), change.after());
    }

    Optional<Pass> lastPass(SyncJournal journal, Scope scope) {
        return Optional.ofNullable(passes.get(scope)).or(() -> journal.lastPass(scope));
    }

    void record(Pass pass) {
        passes.put(pass.scope(), pass);
    }
}
