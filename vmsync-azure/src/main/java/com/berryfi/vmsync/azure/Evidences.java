package com.berryfi.vmsync.azure;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.port.CloudStatusPort.Request;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What evidence is made of in readings of every kind. */
final class Evidences {

    private Evidences() {}

    static Evidence of(Request request, ReadKind kind, Observation observation, Optional<String> requestId) {
        return new Evidence(observation, kind, request.askedAt(), requestId);
    }

    /** Of the addresses that cannot be read, in a map that takes the others. */
    static Map<CloudAddress, Evidence> ofProblems(Request request, ReadKind kind, AddressBook book) {
        Map<CloudAddress, Evidence> evidence = new HashMap<>();
        book.problems().forEach((asked, problem) -> evidence.put(asked, of(request, kind, problem, Optional.empty())));
        return evidence;
    }

    static Stream<Observation.Unknown> unknownsOf(Collection<Evidence> evidence) {
        return evidence.stream()
                .map(Evidence::observation)
                .filter(Observation.Unknown.class::isInstance)
                .map(Observation.Unknown.class::cast);
    }
}
