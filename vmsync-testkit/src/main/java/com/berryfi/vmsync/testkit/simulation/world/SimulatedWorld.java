package com.berryfi.vmsync.testkit.simulation.world;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A world to synchronise, on one thread and on virtual time: nothing happens in it but what its time brings. It may be built small and
 * driven by hand, or left to random actors. Not thread-safe.
 */
public final class SimulatedWorld {

    /** When every world begins. */
    public static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

    private final long seed;
    private final HostDatabase database;
    private final SimulatedTime time = new SimulatedTime(START);
    private final Timeline timeline = new Timeline();
    private final FaultTally tally = new FaultTally();
    private final Rows rows = new Rows();
    private final Troubles troubles = new Troubles();
    private final Witnesses witnesses = new Witnesses();
    private final SimulatedCloud cloud;
    private final SimulatedBilling billing;
    private final Host host;
    private final List<SimulatedProcess> processes = new ArrayList<>();

    /**
     * Makes an empty world over an empty database.
     *
     * @param seed decides whatever is left to chance
     * @param database the host's rows and vmsync's own; whoever made it closes it
     */
    public SimulatedWorld(long seed, HostDatabase database) {
        this.seed = seed;
        this.database = database;
        this.cloud = new SimulatedCloud(seed, time, timeline);
        this.billing = new SimulatedBilling(this);
        this.host = new Host(this);
        everyMinute();
    }

    private void everyMinute() {
        time.after(Duration.ofMinutes(1), () -> {
            witnesses.minute(time.instant());
            everyMinute();
        });
    }

    /**
     * {@return a scope of this cloud}
     *
     * @param number makes its principal and its subscription, the same for the same number
     */
    public static Scope scope(int number) {
        return new Scope("azure", "tenant-1", "client-" + number, "sub-" + number);
    }

    /**
     * Makes a VM that is free, and its machine, which is deallocated.
     *
     * @param name the VM's id and the machine's name
     * @param scope in which scope
     * @return the VM's id
     */
    public VmId vm(String name, Scope scope) {
        return vm(name, scope, VmStatus.AVAILABLE, PowerState.DEALLOCATED);
    }

    /**
     * Makes a VM without a session, and its machine.
     *
     * @param name the VM's id and the machine's name
     * @param scope in which scope
     * @param believed what the VM's row says
     * @param power what the machine shows
     * @return the VM's id
     */
    public VmId vm(String name, Scope scope, VmStatus believed, PowerState power) {
        VmId id = new VmId(name);
        CloudAddress address = CloudAddress.ofName("group", name);
        cloud.create(id, scope, address, power);
        host.save(new Vm(id, scope, address, believed, Optional.empty(), Optional.empty()));
        return id;
    }

    /**
     * Makes a session in use since now, on a machine that runs, as both sides know.
     *
     * @param vm which VM
     * @return the session's id
     */
    public SessionId session(VmId vm) {
        SessionId id = new SessionId("session-of-" + vm);
        Vm row = rows.vm(vm).orElseThrow();
        cloud.drop(vm, PowerState.RUNNING);
        host.save(new Session(id, vm, SessionStatus.ACTIVE, Optional.of(time.instant()), Optional.empty()));
        host.save(new Vm(vm, row.scope(), row.address(), VmStatus.RUNNING, Optional.of(id), row.lastStarted()));
        return id;
    }

    /**
     * Makes a process that has not been started yet.
     *
     * @param factory makes what runs in it, anew for each of its lives
     * @return the process
     */
    public SimulatedProcess process(Synchroniser.Factory factory) {
        SimulatedProcess process = new SimulatedProcess(this, "process-" + (processes.size() + 1), factory);
        processes.add(process);
        return process;
    }

    /**
     * Lets the world go on for a while.
     *
     * @param duration how long, of the world's time
     */
    public void run(Duration duration) {
        time.pass(duration);
    }

    /**
     * Tells one more of all that happens from now on.
     *
     * @param witness told after those that were there before
     */
    public void watch(Witness witness) {
        witnesses.add(witness);
    }

    /** The world is not going on: who watches may draw conclusions. */
    public void finish() {
        witnesses.finished(time.instant());
    }

    /** {@return the seed that decides whatever is left to chance} */
    public long seed() {
        return seed;
    }

    /** {@return the host's rows and vmsync's own} */
    public HostDatabase database() {
        return database;
    }

    /** {@return the only clock of this world, and what is to happen in it} */
    public SimulatedTime time() {
        return time;
    }

    /** {@return what has happened so far, to be shown with a violation} */
    public Timeline timeline() {
        return timeline;
    }

    /** {@return how often what went wrong so far} */
    public FaultTally tally() {
        return tally;
    }

    /** {@return what stands in the database} */
    public Rows rows() {
        return rows;
    }

    /** {@return what is wrong with the database} */
    public Troubles troubles() {
        return troubles;
    }

    /** {@return the cloud and its machines} */
    public SimulatedCloud cloud() {
        return cloud;
    }

    /** {@return the host's billing} */
    public SimulatedBilling billing() {
        return billing;
    }

    /** {@return what the host does by itself} */
    public Host host() {
        return host;
    }

    /** {@return all processes, in the order in which they were made} */
    public List<SimulatedProcess> processes() {
        return processes;
    }

    /** {@return a process that lives and does not stand still; empty if none does} */
    public Optional<SimulatedProcess> awake() {
        return processes.stream().filter(SimulatedProcess::isAwake).findFirst();
    }

    Witness witnesses() {
        return witnesses;
    }
}
