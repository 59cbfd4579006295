package com.berryfi.vmsync.testkit.simulation.check;

import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.testkit.simulation.world.Frame;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedProcess;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Invariant 6: one poisoned VM, scope or credential delays no other. */
final class EveryScopeIsRead extends Invariant {

    /** From one full sync to the next, and what the cycle itself may take. */
    private static final Duration WHOLE = Duration.ofMinutes(5).plusSeconds(90);

    private static final Duration IN_USE = Duration.ofMinutes(3).plusSeconds(30);

    /** A scope, as one process reads it. */
    private record Reader(String process, Scope scope) {}

    private final Map<Reader, Instant> read = new HashMap<>();
    private final Map<Scope, Instant> badRowAt = new HashMap<>();

    EveryScopeIsRead(SimulatedWorld world) {
        super(world, 6, "one poisoned VM, scope or credential delays no other");
    }

    @Override
    public void handed(Frame frame, CloudStatusPort.Request request, Reading reading) {
        if (request.kind() == ReadKind.LIST && reading.complete()) {
            read.put(new Reader(frame.process(), request.scope()), now());
        }
    }

    @Override
    public void minute(Instant now) {
        TreeMap<String, VmId> scopes = new TreeMap<>();
        for (VmId id : world.rows().vms()) {
            if (!world.host().canUse(id)) {
                badRowAt.put(world.cloud().slot(id).scope(), now);
            }
            Optional<Vm> vm = world.rows().vm(id).filter(row -> world.host().canUse(id));
            vm.ifPresent(row -> scopes.putIfAbsent(row.scope().subscription(), id));
        }
        for (SimulatedProcess process : world.processes()) {
            if (process.isAwake()) {
                scopes.values().forEach(vm -> check(process, vm, now));
            }
        }
    }

    private void check(SimulatedProcess process, VmId vm, Instant now) {
        Scope scope = world.cloud().slot(vm).scope();
        Reader reader = new Reader(process.name(), scope);
        Instant since = read.getOrDefault(reader, Instant.MIN);
        for (Instant each : new Instant[] {
            process.goodSince(),
            world.troubles().downUntil(process.name()),
            world.cloud().faults().unreadableUntil(scope)
        }) {
            since = each.isAfter(since) ? each : since;
        }
        // A scope whose sessions all have bad rows has nothing to be read for.
        Instant bad = badRowAt.getOrDefault(scope, Instant.MIN);
        boolean inUse = bad.isBefore(now.minus(IN_USE))
                && world.rows().liveAt(Optional.of(scope), now) > 0
                && world.rows().liveAt(Optional.of(scope), now.minus(IN_USE)) > 0;
        if (since.plus(inUse ? IN_USE : WHOLE).isBefore(now)) {
            violated(vm, process.name() + " has not read " + scope + " whole since " + since);
            read.put(reader, now);
        }
    }
}
