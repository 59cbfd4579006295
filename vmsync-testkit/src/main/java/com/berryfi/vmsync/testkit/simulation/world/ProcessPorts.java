package com.berryfi.vmsync.testkit.simulation.world;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.port.CloudStatusPort;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** What one life of a process is given of the world: every call may be its last. */
final class ProcessPorts {

    private final SimulatedWorld world;
    private final SimulatedProcess process;
    private final int generation;

    ProcessPorts(SimulatedWorld world, SimulatedProcess process, int generation) {
        this.world = world;
        this.process = process;
        this.generation = generation;
    }

    SimulatedWorld world() {
        return world;
    }

    Frame frame() {
        return process.frame();
    }

    /** What the process's clock says. */
    Instant clock() {
        return process.clock();
    }

    /** A call that may end the process before it is made, or after. */
    <T> T call(Supplier<T> real) {
        process.step(generation);
        T result = real.get();
        process.step(generation);
        return result;
    }

    /** A call of the database, which may be down. */
    <T> T query(Supplier<T> real) {
        return call(() -> {
            world.troubles().requireDatabase(process.name(), world.time().instant());
            return real.get();
        });
    }

    /** Like {@link #query}, but the answer may be lost when all is done. */
    <T> T write(Supplier<T> real) {
        return query(() -> {
            T result = real.get();
            world.troubles().loseAnswer(process.name(), world.time().instant());
            return result;
        });
    }

    void schedule(Duration delay, Runnable task) {
        world.time().after(delay, () -> process.run(generation, task));
    }

    Reading read(CloudStatusPort.Request request) {
        return call(() -> {
            Reading reading = world.cloud().read(request);
            process.require(generation);
            note(request, reading);
            world.witnesses().handed(frame(), request, reading);
            return reading;
        });
    }

    private void note(CloudStatusPort.Request request, Reading reading) {
        Instant now = world.time().instant();
        Frame frame = frame();
        reading.failure().ifPresent(failure -> world.timeline().note(request.scope(), now, process.name(), failure));
        for (CloudAddress address : request.addresses()) {
            Optional<Slot> slot = world.cloud().slot(request.scope(), address);
            Evidence evidence = reading.evidence().get(address);
            if (slot.isPresent() && evidence != null) {
                frame.answers.add(new Frame.Answer(slot.get().vm(), evidence, now));
                if (request.kind() == ReadKind.DIRECT) {
                    world.timeline().note(slot.get().vm(), now, process.name(), evidence);
                }
            }
        }
    }

    void apply(BillingInstruction instruction) {
        call(() -> {
            world.billing().apply(instruction);
            return instruction;
        });
    }

    Optional<String> deallocate(Scope scope, CloudAddress address, Duration atMost) {
        return call(() -> world.cloud().deallocate(scope, address, atMost));
    }
}
