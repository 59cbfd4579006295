package com.berryfi.vmsync.testkit;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.port.CloudStatusPort.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one scope of an {@link InMemoryCloud} holds, and how it answers. Guarded by its cloud. */
final class InMemoryWorld {

    record ScopeFailure(Observation.Unknown why, Optional<Duration> retryAfter) {}

    /** The order real adapters choose a reading's failure in. */
    private static final Comparator<Observation.Unknown> WORTH_ANOTHER_TRY_FIRST = Comparator.comparing(
                    (Observation.Unknown unknown) -> !unknown.cause().isTransient())
            .thenComparing(Observation.Unknown::cause);

    final Map<String, Observation.Seen> machines = new LinkedHashMap<>();
    final Map<String, Observation.Unknown> machineFailures = new HashMap<>();
    final Map<ReadKind, ScopeFailure> failures = new EnumMap<>(ReadKind.class);
    Map<String, Long> quotaLeft = Map.of();
    Optional<Observation.Unknown> breakCause = Optional.empty();
    int breakAfter;
    boolean listsNothing;

    Reading answer(Request request, String requestId) {
        Optional<ScopeFailure> failure = Optional.ofNullable(failures.get(request.kind()));
        return request.kind() == ReadKind.DIRECT
                ? direct(request, requestId, failure)
                : list(request, requestId, failure);
    }

    private Reading list(Request request, String requestId, Optional<ScopeFailure> failure) {
        if (failure.isPresent()) {
            return reading(
                    Map.of(), 0, failure.map(ScopeFailure::why), failure.get().retryAfter());
        }
        int most = listsNothing ? 0 : breakCause.isPresent() ? breakAfter : machines.size();
        Set<String> named = Set.copyOf(machines.keySet().stream().limit(most).toList());
        Map<CloudAddress, Evidence> evidence = new HashMap<>();
        byKey(request.addresses()).forEach((key, addresses) -> {
            if (named.contains(key) || addresses.size() > 1) {
                addresses.forEach(a -> evidence.put(a, evidence(request, requestId, observe(key, addresses))));
            }
        });
        return reading(evidence, named.size(), breakCause, Optional.empty());
    }

    private Reading direct(Request request, String requestId, Optional<ScopeFailure> failure) {
        Map<CloudAddress, Evidence> evidence = new HashMap<>();
        List<Observation.Unknown> unknowns = new ArrayList<>();
        byKey(request.addresses()).forEach((key, addresses) -> {
            Observation observation = failure.map(ScopeFailure::why)
                    .or(() -> Optional.ofNullable(machineFailures.get(key)))
                    .<Observation>map(unknown -> unknown)
                    .orElseGet(() -> observe(key, addresses));
            if (observation instanceof Observation.Unknown unknown) {
                unknowns.add(unknown);
            }
            addresses.forEach(a -> evidence.put(a, evidence(request, requestId, observation)));
        });
        return reading(
                evidence, 0, unknowns.stream().min(WORTH_ANOTHER_TRY_FIRST), failure.flatMap(ScopeFailure::retryAfter));
    }

    private Observation observe(String key, List<CloudAddress> addresses) {
        if (addresses.size() > 1) {
            return new Observation.Unknown(UnknownCause.DUPLICATE_ADDRESS, "one machine, asked for as " + addresses);
        }
        Observation.Seen machine = machines.get(key);
        if (machine == null) {
            return new Observation.Missing("ResourceNotFound");
        }
        return machine.power() == PowerState.UNKNOWN
                ? new Observation.Unknown(UnknownCause.NO_POWER_STATE, "the answer names no power state")
                : machine;
    }

    private static Evidence evidence(Request request, String requestId, Observation observation) {
        return new Evidence(observation, request.kind(), request.askedAt(), Optional.of(requestId));
    }

    private Reading reading(
            Map<CloudAddress, Evidence> evidence,
            int listed,
            Optional<Observation.Unknown> failure,
            Optional<Duration> retryAfter) {
        return new Reading(evidence, failure.isEmpty(), listed, failure, retryAfter, quotaLeft, List.of());
    }

    private static Map<String, List<CloudAddress>> byKey(Set<CloudAddress> addresses) {
        Map<String, List<CloudAddress>> asked = new LinkedHashMap<>();
        addresses.forEach(
                a -> asked.computeIfAbsent(keyOf(a), k -> new ArrayList<>()).add(a));
        return asked;
    }

    static String keyOf(CloudAddress address) {
        return address.toString().toLowerCase(Locale.ROOT);
    }
}
