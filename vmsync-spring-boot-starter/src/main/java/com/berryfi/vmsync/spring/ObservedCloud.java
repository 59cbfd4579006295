package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.port.CloudStatusPort;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Map;

/**
 * One observation for each call of the cloud, a child of its cycle's.
 *
 * @param cycles those under way
 */
record ObservedCloud(CloudStatusPort cloud, ObservationRegistry registry, Map<SyncKind, Observation> cycles)
        implements CloudStatusPort {

    static final String NAME = "vmsync.cloud.read";

    @Override
    public Reading read(Request request) {
        Observation call = Observation.createNotStarted(NAME, registry)
                .contextualName("vmsync cloud " + EnumTag.of(request.kind()))
                .lowCardinalityKeyValue("kind", EnumTag.of(request.kind()))
                .lowCardinalityKeyValue("sync", EnumTag.of(request.sync()))
                .lowCardinalityKeyValue("outcome", "threw")
                .highCardinalityKeyValue("scope", request.scope().toString())
                .highCardinalityKeyValue(
                        "vms", String.valueOf(request.addresses().size()));
        Observation cycle = cycles.get(request.sync());
        if (cycle != null) {
            call.parentObservation(cycle);
        }
        return call.observe(() -> {
            Reading reading = cloud.read(request);
            call.lowCardinalityKeyValue(
                    "outcome",
                    reading.failure()
                            .map(failure -> EnumTag.of(failure.cause()))
                            .orElse("complete"));
            return reading;
        });
    }

    @Override
    public boolean keepsLimits() {
        return cloud.keepsLimits();
    }
}
