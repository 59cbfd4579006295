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

    /**
     * Runs one cycle, now.
     *
     * @param kind over which VMs
     * @return what the cycle reports
     */
    SyncReport run(SyncKind kind);

    /**
     * Synchronises one VM, now, as a host asks for it.
     *
     * @param vm which VM
     * @return what became of it
     */
    VmOutcome sync(VmId vm);

    /**
     * Something may have happened to a VM.
     *
     * @param vm which VM
     */
    void hint(VmId vm);

    /**
     * {@return what the host must not bill of a session that it is about to end}
     *
     * @param session which session
     */
    List<Gap> unbilled(SessionId session);

    /** Makes one for a process; called again after each death. */
    @FunctionalInterface
    interface Factory {
        /**
         * Makes a synchroniser whose loops have not begun.
         *
         * @param wiring what the process gives it
         * @return the synchroniser
         */
        Synchroniser build(Wiring wiring);
    }

    /**
     * What a process gives it. Every port may throw, wait, or belong to a process that has died.
     *
     * @param process the process's name
     * @param store the host's database
     * @param overwrite writes the rows of a change over whatever stands there by now, as code does that compares nothing
     * @param cloud the cloud
     * @param billing the host's billing
     * @param power deallocates machines
     * @param clock the process's clock, which may be behind the world's
     * @param scheduler runs what is scheduled while the process lives
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

        /**
         * {@return the same, with another store and another billing}
         *
         * @param otherStore in place of the store
         * @param otherBilling in place of the billing
         */
        public Wiring with(SessionStore otherStore, BillingPort otherBilling) {
            return new Wiring(
                    process, otherStore, overwrite, cloud, otherBilling, power, clock, scheduler, listener, jitter);
        }

        /**
         * {@return the same, with another listener}
         *
         * @param value in place of the listener
         */
        public Wiring withListener(SyncListener value) {
            return new Wiring(process, store, overwrite, cloud, billing, power, clock, scheduler, value, jitter);
        }
    }
}
