package com.berryfi.vmsync.testkit.simulation.check;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.port.SessionStore.Selection;
import com.berryfi.vmsync.port.UnavailableException;
import com.berryfi.vmsync.testkit.simulation.world.Synchroniser;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Reads one scope as a sync does, every 30 s and every 5 min, and does nothing else. */
final class Reader implements Synchroniser {

    private final Synchroniser.Wiring wiring;
    private final Scope scope;
    private final Predicate<VmId> reads;
    private Instant leftAloneUntil = Instant.MIN;

    /** @param reads which VMs it reads */
    Reader(Synchroniser.Wiring wiring, Scope scope, Predicate<VmId> reads) {
        this.wiring = wiring;
        this.scope = scope;
        this.reads = reads;
    }

    @Override
    public void start() {
        every(Duration.ofSeconds(10), Duration.ofSeconds(30), Selection.IN_USE);
        every(Duration.ofSeconds(15), Duration.ofMinutes(5), Selection.ALL);
    }

    private void every(Duration first, Duration interval, Selection selection) {
        wiring.scheduler().schedule(first, () -> {
            try {
                read(selection);
            } catch (UnavailableException e) {
                // The next one may do better.
            }
            every(interval, interval, selection);
        });
    }

    private void read(Selection selection) {
        Instant now = wiring.clock().instant();
        Set<CloudAddress> addresses = wiring.store().page(scope, selection, Optional.empty(), 100).vms().stream()
                .filter(managed -> reads.test(managed.id()))
                .map(managed -> managed.vm().address())
                .collect(Collectors.toSet());
        if (!addresses.isEmpty() && !now.isBefore(leftAloneUntil)) {
            wiring.cloud()
                    .read(new CloudStatusPort.Request(scope, addresses, ReadKind.LIST, now, Duration.ofSeconds(30)))
                    .retryAfter()
                    .ifPresent(wait -> leftAloneUntil = wiring.clock().instant().plus(wait));
        }
    }

    @Override
    public SyncReport run(SyncKind kind) {
        throw new UnsupportedOperationException();
    }

    @Override
    public VmOutcome sync(VmId vm) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void hint(VmId vm) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Gap> unbilled(SessionId session) {
        throw new UnsupportedOperationException();
    }
}
