package com.berryfi.vmsync.azure;

import com.azure.core.http.rest.Response;
import com.azure.resourcemanager.compute.fluent.VirtualMachinesClient;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.models.InstanceViewTypes;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.UnknownCause;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Machines read one by one, a few at a time: one HTTP call each, model and instance view together. */
final class DirectRead {

    /** What one call brought. */
    record Answer(Observation observation, AnswerHeaders headers, Optional<Failure> failure) {

        Answer(Observation observation, AnswerHeaders headers) {
            this(observation, headers, Optional.empty());
        }
    }

    private static final int AT_A_TIME = 4;

    private final Instant askedAt;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private volatile Optional<Failure> stopped = Optional.empty();

    private DirectRead(Instant askedAt) {
        this.askedAt = askedAt;
    }

    /**
     * Reads.
     *
     * @return an answer for each of the addresses, by key
     */
    static Map<String, Answer> run(
            Function<Scope, VirtualMachinesClient> clients, Scope scope, List<AzureAddress> addresses, Call call) {
        DirectRead read = new DirectRead(call.askedAt());
        if (addresses.isEmpty()) {
            return Map.of();
        }
        Optional<Failure> failure = call.run(() -> {
            VirtualMachinesClient client = clients.apply(scope);
            return Flux.fromIterable(addresses)
                    .flatMap(address -> Mono.defer(() -> read.one(client, address)), AT_A_TIME)
                    .then();
        });
        return read.end(addresses, failure);
    }

    private Mono<Void> one(VirtualMachinesClient client, AzureAddress address) {
        if (stopped.isPresent()) {
            return Mono.empty();
        }
        return client.getByResourceGroupWithResponseAsync(
                        address.group(), address.name(), InstanceViewTypes.INSTANCE_VIEW)
                .map(response -> seen(response, address))
                .onErrorResume(thrown -> Mono.just(failed(Failures.of(thrown, askedAt))))
                .doOnNext(answer -> answers.put(address.key(), answer))
                .then();
    }

    private Answer seen(Response<VirtualMachineInner> response, AzureAddress address) {
        return new Answer(observation(response.getValue(), address), AnswerHeaders.of(response.getHeaders(), askedAt));
    }

    private static Observation observation(@Nullable VirtualMachineInner machine, AzureAddress address) {
        if (machine == null || machine.id() == null) {
            return new Observation.Unknown(UnknownCause.UNREADABLE_ANSWER, "the answer holds no machine");
        }
        if (!AzureAddress.keyOf(machine.id()).equals(address.key())) {
            return new Observation.Unknown(
                    UnknownCause.UNREADABLE_ANSWER, "the answer speaks of another machine, " + machine.id());
        }
        return MachineStatus.of(machine);
    }

    private Answer failed(Failure failure) {
        if (failure.saysMissing()) {
            return new Answer(new Observation.Missing(failure.code()), failure.headers());
        }
        if (failure.endsBatch()) {
            stopped = Optional.of(failure);
        }
        return new Answer(failure.why(), failure.headers(), Optional.of(failure));
    }

    /** What was not reached shares the fate of what stopped the batch. */
    private Map<String, Answer> end(List<AzureAddress> addresses, Optional<Failure> failure) {
        Observation rest = stopped.or(() -> failure)
                .<Observation>map(Failure::why)
                .orElseGet(() -> new Observation.Unknown(UnknownCause.OTHER, "the batch ended without an answer"));
        Map<String, Answer> all = new HashMap<>(answers);
        addresses.forEach(address -> all.putIfAbsent(address.key(), new Answer(rest, AnswerHeaders.NONE)));
        return all;
    }
}
