package com.berryfi.vmsync.testkit.simulation.world;

import com.berryfi.vmsync.SyncScheduler;
import com.berryfi.vmsync.event.SyncListener;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.port.BillingPort;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.port.VmPowerPort;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** What keeps rows and cloud in step within one simulated process: vmsync, or another loop to compare it with. */
public interface Synchroniser {

    /** Begins its loops on {@link Wiring#scheduler}. */
    void start();

    /** One cycle, now. */
    SyncReport run(SyncKind kind);

    /** One VM, now, as a host asks for it. */
    VmOutcome sync(VmId vm);

    /** Something may have happened to a VM. */
    void hint(VmId vm);

    /** What the host must not bill of a session that it is about to end. */
    List<Gap> unbilled(SessionId session);

    /** Makes one for a process; called again after each death. */
    @FunctionalInterface
    interface Factory {
        Synchroniser build(Wiring wiring);
    }

    /**
     * What a process gives it. Every port may throw, wait, or belong to a process that has died.
     *
     * @param process the process's name
     * @param overwrite writes the rows of a change over whatever stands there by now, as code does that compares nothing
     * @param listener to be told of every cycle's end
     * @param jitter from 0 to 1, of this process
     */
    record Wiring(
            String process,
            SessionStore store,
            Consumer<Change> overwrite,
            CloudStatusPort cloud,
            BillingPort billing,
            VmPowerPort power,
            InstantSource clock,
            SyncScheduler scheduler,
            SyncListener listener,
            double jitter) {

        /** The same, with another store and another billing. */
        public Wiring with(SessionStore otherStore, BillingPort otherBilling) {
            return new Wiring(
                    process, otherStore, overwrite, cloud, otherBilling, power, clock, scheduler, listener, jitter);
        }

        /** The same, with another listener. */
        public Wiring withListener(SyncListener value) {
            return new Wiring(process, store, overwrite, cloud, billing, power, clock, scheduler, value, jitter);
        }
    }
}
