package com.berryfi.vmsync.testkit.simulation.incident;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.testkit.simulation.world.Synchroniser;
import java.util.List;

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
            var unused = Naive.endNow(wiring.store(), vm, wiring.clock().instant());
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
