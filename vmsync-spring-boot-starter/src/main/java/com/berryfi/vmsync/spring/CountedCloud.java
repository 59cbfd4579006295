package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.port.CloudStatusPort;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Counts of how many VMs the cloud says nothing, by their causes. */
record CountedCloud(CloudStatusPort cloud, BiConsumer<UnknownCause, Integer> unknowns) implements CloudStatusPort {

    @Override
    public Reading read(Request request) {
        Reading reading = cloud.read(request);
        Map<UnknownCause, Integer> counts = new EnumMap<>(UnknownCause.class);
        for (Evidence evidence : reading.evidence().values()) {
            if (evidence.observation() instanceof Observation.Unknown unknown) {
                counts.merge(unknown.cause(), 1, Integer::sum);
            }
        }
        // Of a list that broke off, those that it did not come to.
        reading.failure()
                .ifPresent(failure -> counts.merge(
                        failure.cause(),
                        request.addresses().size() - reading.evidence().size(),
                        Integer::sum));
        counts.forEach(unknowns);
        return reading;
    }

    @Override
    public boolean keepsLimits() {
        return cloud.keepsLimits();
    }
}
