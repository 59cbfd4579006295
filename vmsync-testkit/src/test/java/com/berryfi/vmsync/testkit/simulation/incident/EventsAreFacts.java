package com.berryfi.vmsync.testkit.simulation.incident;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.testkit.simulation.world.Synchroniser;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Takes an event's word for it that a machine has stopped. */
final class EventsAreFacts implements Contender {

    @Override
    public Synchroniser.Factory with(SyncSettings settings) {
        Synchroniser.Factory real = Incidents.VMSYNC.with(settings);
        return wiring -> new Believing(real.build(wiring), wiring);
    }

    private record Believing(Synchroniser real, Wiring wiring) implements Synchroniser {
        @Override
        public void hint(VmId vm) {
            wiring.store()
                    .find(vm)
                    .filter(managed -> managed.session().isPresent())
                    .ifPresent(this::end);
        }

        private void end(ManagedVm managed) {
            Instant now = wiring.clock().instant();
            Memory memory = wiring.store().journal().recall(List.of(managed)).getOrDefault(managed.id(), Memory.EMPTY);
            Transition.SessionEnd end = new Transition.SessionEnd(
                    SessionStatus.TERMINATED, now, Duration.ZERO, "the event says that it has stopped", true);
            Transition all = new Transition(Optional.of(VmStatus.AVAILABLE), true, Optional.of(end));
            var unused =
                    wiring.store().commit(List.of(new Change(now, managed, all, memory, memory, List.of(), List.of())));
        }

        @Override
        public void start() {
            real.start();
        }

        @Override
        public SyncReport run(SyncKind kind) {
            return real.run(kind);
        }

        @Override
        public VmOutcome sync(VmId vm) {
            return real.sync(vm);
        }

        @Override
        public List<Gap> unbilled(SessionId session) {
            return real.unbilled(session);
        }
    }
}
