package com.berryfi.vmsync.testkit.simulation.world;

import com.berryfi.vmsync.event.CycleEnded;
import com.berryfi.vmsync.event.SyncListener;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A process of the host's, in which a synchroniser runs. It may die or stand still at any call of a port, before or after the call has
 * done its work; nothing but the database survives its death.
 */
public final class SimulatedProcess {

    private final SimulatedWorld world;
    private final String name;
    private final Synchroniser.Factory factory;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final List<Runnable> deferred = new ArrayList<>();
    private Optional<Synchroniser> synchroniser = Optional.empty();
    private int generation;
    private boolean alive;
    private boolean paused;
    private Instant goodSince = Instant.MIN;
    private Duration behind = Duration.ZERO;
    private int callsUntilTrouble = -1;
    private Runnable trouble = () -> {};

    SimulatedProcess(SimulatedWorld world, String name, Synchroniser.Factory factory) {
        this.world = world;
        this.name = name;
        this.factory = factory;
    }

    /** {@return its name, the same in each of its lives} */
    public String name() {
        return name;
    }

    /** {@return how often it was started} */
    public int generation() {
        return generation;
    }

    /** {@return whether it lives, be it that it stands still} */
    public boolean isAlive() {
        return alive;
    }

    /** {@return whether it lives and does not stand still} */
    public boolean isAwake() {
        return alive && !paused;
    }

    /** {@return since when it lives without standing still, by the world's clock; {@link Instant#MIN} if it never lived} */
    public Instant goodSince() {
        return goodSince;
    }

    /** Starts it, with nothing in its memory; its loops begin. */
    public void start() {
        if (alive) {
            return;
        }
        build();
        synchroniser().start();
    }

    /** Starts it without its loops, to be driven by hand. */
    public void build() {
        generation++;
        alive = true;
        paused = false;
        deferred.clear();
        goodSince = world.time().instant();
        world.timeline().note(goodSince, name, "starts");
        ProcessPorts ports = new ProcessPorts(world, this, generation);
        ProcessStore store = new ProcessStore(ports, world.database().store());
        synchroniser = Optional.of(inFrame(() -> factory.build(new Synchroniser.Wiring(
                name + "." + generation,
                store,
                store::overwrite,
                ports::read,
                ports::apply,
                ports::deallocate,
                () -> world.time().instant().minus(behind),
                ports::schedule,
                new SyncListener() {
                    @Override
                    public void onCycle(CycleEnded event) {
                        frame().report = Optional.of(event.report());
                    }
                },
                Dice.of(world.seed(), name, generation).between(0, 1_000) / 1_000.0))));
        world.witnesses().started(this);
    }

    /** Ends it, now. */
    public void die() {
        if (alive) {
            alive = false;
            synchroniser = Optional.empty();
            frames.forEach(frame -> frame.dead = true);
            world.timeline().note(world.time().instant(), name, "dies");
            world.witnesses().died(this);
        }
    }

    /**
     * Lets it stand still, while others go on.
     *
     * @param duration how long, of the world's time
     */
    public void pause(Duration duration) {
        if (!isAwake()) {
            return;
        }
        int paying = generation;
        paused = true;
        world.timeline().note(world.time().instant(), name, "stands still for " + duration);
        world.time().pass(duration);
        if (generation == paying) {
            paused = false;
            goodSince = world.time().instant();
            List.copyOf(deferred).forEach(task -> world.time().after(Duration.ZERO, task));
            deferred.clear();
        }
    }

    /**
     * Its clock is so much behind from now on.
     *
     * @param duration how much; zero sets it right
     */
    public void clockBehind(Duration duration) {
        behind = duration;
    }

    /** What its clock says, as precise as a synchroniser takes it. */
    Instant clock() {
        return world.time().instant().minus(behind).truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Something happens to it at one of its next calls of a port.
     *
     * @param calls how many times a call begins or ends its work until then, that time included; zero for never
     * @param what what happens, such as its death; once
     */
    public void troubleAfter(int calls, Runnable what) {
        callsUntilTrouble = calls;
        trouble = what;
    }

    /** {@return what runs in it; it must live} */
    public Synchroniser synchroniser() {
        return synchroniser.orElseThrow(() -> new ProcessDied(name));
    }

    /**
     * Runs one cycle, now.
     *
     * @param kind over which VMs
     * @return what the cycle reports
     */
    public SyncReport run(SyncKind kind) {
        Synchroniser running = synchroniser();
        return inFrame(() -> {
            SyncReport report = running.run(kind);
            frame().report = Optional.of(report);
            return report;
        });
    }

    /**
     * Synchronises one VM, now.
     *
     * @param vm which VM
     * @return what became of it
     */
    public VmOutcome sync(VmId vm) {
        Synchroniser running = synchroniser();
        return inFrame(() -> {
            VmOutcome outcome = running.sync(vm);
            frame().direct = Optional.of(outcome);
            return outcome;
        });
    }

    /**
     * Lets the host ask it something.
     *
     * @param <T> what the answer is
     * @param question given what runs in it
     * @return the answer
     */
    public <T> T ask(Function<Synchroniser, T> question) {
        Synchroniser running = synchroniser();
        return inFrame(() -> question.apply(running));
    }

    <T> T inFrame(Supplier<T> what) {
        Frame frame = new Frame(name, generation, world.time().instant());
        frames.push(frame);
        try {
            return what.get();
        } finally {
            frames.remove(frame);
            world.witnesses().ended(frame);
        }
    }

    /** What it is at, at present. */
    Frame frame() {
        return frames.getFirst();
    }

    void require(int asked) {
        if (!alive || generation != asked) {
            throw new ProcessDied(name);
        }
    }

    /** One more call of a port, before or after its work. */
    void step(int asked) {
        require(asked);
        if (callsUntilTrouble > 0 && --callsUntilTrouble == 0) {
            trouble.run();
            require(asked);
        }
    }

    void run(int asked, Runnable task) {
        if (!alive || generation != asked) {
            return;
        }
        if (paused) {
            deferred.add(() -> run(asked, task));
            return;
        }
        try {
            inFrame(() -> {
                task.run();
                return task;
            });
        } catch (ProcessDied e) {
            world.timeline().note(world.time().instant(), name, "was at work when it died");
        }
    }
}
