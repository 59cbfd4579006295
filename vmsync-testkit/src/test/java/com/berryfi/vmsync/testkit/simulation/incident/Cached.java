package com.berryfi.vmsync.testkit.simulation.incident;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.testkit.simulation.world.Synchroniser;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Answers direct questions from the list, and does not wait for what the host has just begun. */
final class Cached implements Contender {

    @Override
    public Synchroniser.Factory with(SyncSettings settings) {
        SyncSettings hasty = settings.withPolicy(
                settings.policy().withFence(Duration.ofSeconds(1)).withStartGrace(Duration.ofSeconds(1)));
        return wiring -> Incidents.VMSYNC
                .with(hasty)
                .build(Spoilt.with(wiring, wiring.store(), request -> fromTheList(wiring.cloud(), request)));
    }

    private static Reading fromTheList(CloudStatusPort cloud, CloudStatusPort.Request request) {
        Reading list = cloud.read(new CloudStatusPort.Request(
                request.scope(), request.addresses(), ReadKind.LIST, request.askedAt(), request.atMost()));
        if (request.kind() == ReadKind.LIST || !list.complete()) {
            return list;
        }
        Map<CloudAddress, Evidence> evidence = new HashMap<>();
        list.evidence()
                .forEach((address, each) -> evidence.put(
                        address, new Evidence(each.observation(), ReadKind.DIRECT, each.sentAt(), each.requestId())));
        return Reading.complete(evidence, 0);
    }
}
