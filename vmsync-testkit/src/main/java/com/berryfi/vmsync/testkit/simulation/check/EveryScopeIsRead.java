package com.berryfi.vmsync.testkit.simulation.check;

import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.testkit.simulation.world.Frame;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedProcess;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import com.berryfi.vmsync.testkit.simulation.world.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Invariant 6: one poisoned VM, scope or credential delays no other. All rows that can be worked with are read together often enough,
 * and those with live sessions more often; a scope without any, for its rows are bad or nobody is there, has nothing to be read for.
 */
final class EveryScopeIsRead extends Invariant {

    /** From one full sync to the next, and what the cycle itself may take. */
    private static final Duration WHOLE = Duration.ofMinutes(5).plusSeconds(90);

    private static final Duration IN_USE = Duration.ofMinutes(3).plusSeconds(30);

    /** A scope, as one process reads it. */
    private record Reader(String process, Scope scope) {}

    /** What is to be read how often, and when each reader last did. */
    private record Duty(String what, Wanted wanted, Duration within, Map<Reader, Instant> doneAt) {}

    private final List<Duty> duties;
    private final Map<Reader, Instant> leftAloneUntil = new HashMap<>();

    EveryScopeIsRead(SimulatedWorld world) {
        super(world, 6, "one poisoned VM, scope or credential delays no other");
        duties = List.of(
                new Duty("all rows", world.rows().usable(), WHOLE, new HashMap<>()),
                new Duty("the live sessions", world.rows().inUse(), IN_USE, new HashMap<>()));
    }

    @Override
    public void started(SimulatedProcess process) {
        leftAloneUntil.keySet().removeIf(reader -> reader.process().equals(process.name()));
    }

    @Override
    public void handed(Frame frame, CloudStatusPort.Request request, Reading reading) {
        if (request.kind() != ReadKind.LIST) {
            return;
        }
        Reader reader = new Reader(frame.process(), request.scope());
        reading.retryAfter()
                .ifPresent(wait -> leftAloneUntil.merge(
                        reader, now().plus(wait), (one, other) -> one.isAfter(other) ? one : other));
        if (reading.complete()) {
            duties.stream()
                    .filter(duty -> isDone(duty, frame, request))
                    .forEach(duty -> duty.doneAt().put(reader, now()));
        }
    }

    /** A list that was not asked for a row which was there when the cycle began does not count. */
    private boolean isDone(Duty duty, Frame frame, CloudStatusPort.Request request) {
        return duty.wanted().vms(request.scope()).entrySet().stream()
                .filter(vm -> vm.getValue().isBefore(frame.startedAt()))
                .allMatch(vm -> request.addresses()
                        .contains(world.cloud().slot(vm.getKey()).address()));
    }

    @Override
    public void minute(Instant now) {
        for (Duty duty : duties) {
            for (Scope scope : duty.wanted().scopes()) {
                world.processes().stream()
                        .filter(SimulatedProcess::isAwake)
                        .forEach(process -> check(duty, process, scope, now));
            }
        }
    }

    private void check(Duty duty, SimulatedProcess process, Scope scope, Instant now) {
        Reader reader = new Reader(process.name(), scope);
        Instant since = Stream.of(
                        duty.wanted().since(scope).orElseThrow(),
                        duty.doneAt().getOrDefault(reader, Instant.MIN),
                        leftAloneUntil.getOrDefault(reader, Instant.MIN),
                        process.goodSince(),
                        world.troubles().downUntil(process.name()),
                        world.cloud().faults().unreadableUntil(scope))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        if (since.plus(duty.within()).isBefore(now)) {
            violated(
                    duty.wanted().vms(scope).firstKey(),
                    process.name() + " has not read " + duty.what() + " of " + scope + " since " + since);
            duty.doneAt().put(reader, now);
        }
    }
}
