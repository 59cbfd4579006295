package com.berryfi.vmsync.azure;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.port.CloudStatusPort;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The real adapter over machines that run, and a look at each reading: nothing is thrown, and what it says of a machine is true or
 * unknown. A scope that is left alone for a while is given a new adapter, for else nothing would be asked.
 */
final class WatchedCloud implements CloudStatusPort {

    private final Supplier<AzureCloudStatus> adapters;
    private final Map<CloudAddress, String> uids;
    private final Map<UnknownCause, Long> causes = new EnumMap<>(UnknownCause.class);
    private AzureCloudStatus adapter;
    private long seen;

    WatchedCloud(Supplier<AzureCloudStatus> adapters, Map<CloudAddress, String> uids) {
        this.adapters = adapters;
        this.uids = uids;
        this.adapter = adapters.get();
    }

    @Override
    public boolean keepsLimits() {
        return adapter.keepsLimits();
    }

    @Override
    public Reading read(Request request) {
        Reading reading;
        try {
            reading = adapter.read(request);
            if (isLeftAlone(reading)) {
                adapter = adapters.get();
                reading = adapter.read(request);
            }
        } catch (Throwable left) {
            throw new AssertionError("the adapter threw " + left, left);
        }
        reading.evidence().forEach(this::check);
        Evidences.unknownsOf(reading.evidence().values()).forEach(WatchedCloud::checkEnded);
        reading.failure().ifPresent(failure -> {
            checkEnded(failure);
            causes.merge(failure.cause(), 1L, Long::sum);
        });
        return reading;
    }

    /** How many observations of machines were proofs. */
    long seen() {
        return seen;
    }

    /** How often a reading was not complete, by cause. */
    Map<UnknownCause, Long> causes() {
        return causes;
    }

    private void check(CloudAddress address, Evidence evidence) {
        if (!evidence.requestId()
                .map(String::length)
                .filter(length -> length > 100)
                .isEmpty()) {
            throw new AssertionError("a request id of another length than ids have: " + evidence);
        }
        Observation observation = evidence.observation();
        if (observation instanceof Observation.Unknown) {
            return;
        }
        boolean isTrue = observation instanceof Observation.Seen machine
                && machine.power() == PowerState.RUNNING
                && machine.uid()
                        .filter(uid -> !uid.equals(Objects.requireNonNull(uids.get(address))))
                        .isEmpty();
        if (!isTrue) {
            throw new AssertionError(address + " runs, and is told to be " + evidence);
        }
        seen++;
    }

    /** ARM answers at once: a call that takes its whole time hangs, or goes round and round, in the SDK. */
    private static void checkEnded(Observation.Unknown unknown) {
        if (unknown.cause() == UnknownCause.TIMED_OUT && !unknown.detail().startsWith("HTTP 408")) {
            throw new AssertionError("the call did not end: " + unknown);
        }
    }

    private static boolean isLeftAlone(Reading reading) {
        return reading.failure()
                .filter(failure -> failure.cause() == UnknownCause.LEFT_ALONE)
                .isPresent();
    }
}
