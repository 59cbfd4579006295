package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.event.CycleBegun;
import com.berryfi.vmsync.event.CycleEnded;
import com.berryfi.vmsync.event.SyncListener;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.port.CloudStatusPort;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One observation for each cycle, and one for each call of the cloud. Thread-safe. */
final class CycleObservations implements SyncListener, CloudDecorator {

    static final String NAME = "vmsync.sync";

    private final ObservationRegistry registry;
    /** Of each kind one at most is under way. */
    private final Map<SyncKind, Observation> underWay = new ConcurrentHashMap<>();

    CycleObservations(ObservationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public CloudStatusPort decorated(CloudStatusPort cloud) {
        return new ObservedCloud(cloud, registry, underWay);
    }

    @Override
    public void onCycleBegun(CycleBegun event) {
        Observation begun = Observation.createNotStarted(NAME, registry)
                .contextualName("vmsync " + EnumTag.of(event.kind()) + " sync")
                .lowCardinalityKeyValue("kind", EnumTag.of(event.kind()))
                .lowCardinalityKeyValue("outcome", "threw")
                .highCardinalityKeyValue("cycle", event.cycle())
                .start();
        Observation died = underWay.put(event.kind(), begun);
        if (died != null) {
            died.stop();
        }
    }

    @Override
    public void onCycle(CycleEnded event) {
        Observation ended = underWay.remove(event.report().kind());
        if (ended != null) {
            ended.lowCardinalityKeyValue("outcome", CycleOutcome.of(event.report()))
                    .stop();
        }
    }
}
