package com.berryfi.vmsync.azure;

import com.berryfi.vmsync.azure.limit.ArmCall;
import com.berryfi.vmsync.azure.limit.Governor;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.port.CloudStatusPort.Request;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Readings of machines read one by one. Thread-safe. */
final class DirectReadings {

    private static final Set<UnknownCause> OF_ONE_ADDRESS =
            Set.of(UnknownCause.MALFORMED_ADDRESS, UnknownCause.DUPLICATE_ADDRESS, UnknownCause.NO_POWER_STATE);

    private final AzureClients clients;
    private final Governor governor;

    DirectReadings(AzureClients clients, Governor governor) {
        this.clients = clients;
        this.governor = governor;
    }

    Reading read(Request request, AddressBook book, Call call) {
        List<AzureAddress> addresses =
                book.readable().stream().map(AddressBook.Entry::azure).toList();
        Map<String, DirectRead.Answer> answers = DirectRead.run(clients::machines, request.scope(), addresses, call);
        Map<CloudAddress, Evidence> evidence = Evidences.ofProblems(request, ReadKind.DIRECT, book);
        Map<String, Long> quotaLeft = new HashMap<>();
        Optional<Duration> retryAfter = Optional.empty();
        for (AddressBook.Entry entry : book.readable()) {
            DirectRead.Answer answer =
                    Objects.requireNonNull(answers.get(entry.azure().key()));
            answer.failure().ifPresent(failure -> noteRefusal(request, entry.azure(), failure));
            evidence.put(
                    entry.asked(),
                    Evidences.of(
                            request,
                            ReadKind.DIRECT,
                            answer.observation(),
                            answer.headers().requestId()));
            answer.headers().quotaLeft().forEach((limit, left) -> quotaLeft.merge(limit, left, Math::min));
            retryAfter = Stream.concat(retryAfter.stream(), answer.headers().retryAfter().stream())
                    .max(Comparator.naturalOrder());
        }
        Optional<Observation.Unknown> failure = failureOf(evidence);
        return new Reading(evidence, failure.isEmpty(), 0, failure, retryAfter, quotaLeft, List.of());
    }

    private void noteRefusal(Request request, AzureAddress address, Failure failure) {
        failure.refusal()
                .ifPresent(wait -> governor.noteThrottled(
                        new ArmCall(request.scope(), ArmCall.Kind.DIRECT_READ, address.key()),
                        failure.isOfArm(),
                        wait));
    }

    /**
     * What another try may cure goes first, for it is worth one; then a cause that concerns the scope before one that
     * concerns a single address.
     */
    private static Optional<Observation.Unknown> failureOf(Map<CloudAddress, Evidence> evidence) {
        return Evidences.unknownsOf(evidence.values())
                .min(Comparator.comparing((Observation.Unknown unknown) ->
                                !unknown.cause().isTransient())
                        .thenComparing(unknown -> OF_ONE_ADDRESS.contains(unknown.cause()))
                        .thenComparing(Observation.Unknown::cause)
                        .thenComparing(Observation.Unknown::detail));
    }

    /** Where a list was asked for, what concerns a single address makes it no less whole. */
    static Reading insteadOfList(Reading direct) {
        return direct.failure()
                .filter(failure -> OF_ONE_ADDRESS.contains(failure.cause()))
                .map(ofOne -> new Reading(
                        direct.evidence(),
                        true,
                        0,
                        Optional.empty(),
                        direct.retryAfter(),
                        direct.quotaLeft(),
                        direct.notices()))
                .orElse(direct);
    }
}
