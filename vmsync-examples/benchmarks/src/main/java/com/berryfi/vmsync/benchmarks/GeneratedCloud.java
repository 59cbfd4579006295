package com.berryfi.vmsync.benchmarks;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.port.CloudStatusPort;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The machines of a {@link MillionFleet}, without a call to anywhere: what is left is vmsync's own work. Thread-safe. */
final class GeneratedCloud implements CloudStatusPort {

    private final MillionFleet fleet;
    private final AtomicLong lists = new AtomicLong();
    private final AtomicLong directReads = new AtomicLong();

    GeneratedCloud(MillionFleet fleet) {
        this.fleet = fleet;
    }

    /** How many lists were asked for. */
    long lists() {
        return lists.get();
    }

    /** How many VMs were read directly. */
    long directReads() {
        return directReads.get();
    }

    @Override
    public Reading read(Request request) {
        boolean direct = request.kind() == ReadKind.DIRECT;
        if (direct) {
            directReads.addAndGet(request.addresses().size());
        } else {
            lists.incrementAndGet();
        }
        String requestId = "generated-" + lists.get();
        Map<CloudAddress, Evidence> evidence = new HashMap<>();
        for (CloudAddress address : request.addresses()) {
            evidence.put(
                    address,
                    new Evidence(
                            fleet.machine(MillionFleet.number(address), direct),
                            request.kind(),
                            request.askedAt(),
                            Optional.of(requestId)));
        }
        return Reading.complete(evidence, direct ? 0 : fleet.vmsAScope());
    }
}
