package com.berryfi.vmsync.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.rest.Response;
import com.azure.resourcemanager.compute.fluent.VirtualMachinesClient;
import com.berryfi.vmsync.azure.limit.ArmCall;
import com.berryfi.vmsync.azure.limit.Governor;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.port.PortException;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.UnavailableException;
import com.berryfi.vmsync.port.VmPowerPort;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Deallocates machines: reads each once more, sends one POST if that finds it on, and never waits for what it began. Thread-safe.
 */
final class AzureVmPower implements VmPowerPort {

    private static final HttpHeaderName OPERATION = HttpHeaderName.fromString("Azure-AsyncOperation");
    private static final HttpHeaderName REQUEST_ID = HttpHeaderName.fromString("x-ms-request-id");

    /** It is written to logs and audit rows, so it may hold no more than an id does. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private final CloudStatusPort status;
    private final AzureClients clients;
    private final Governor governor;

    AzureVmPower(CloudStatusPort status, AzureClients clients, Governor governor) {
        this.status = status;
        this.clients = clients;
        this.governor = governor;
    }

    @Override
    public Optional<String> deallocate(Scope scope, CloudAddress address, Duration atMost) {
        long began = System.nanoTime();
        AzureAddress machine = machineAt(scope, address);
        PowerState power = powerOf(scope, address, atMost);
        if (power == PowerState.DEALLOCATED || power == PowerState.DEALLOCATING) {
            return Optional.empty();
        }
        return send(scope, machine, address, atMost.minusNanos(System.nanoTime() - began));
    }

    private static AzureAddress machineAt(Scope scope, CloudAddress address) {
        try {
            return AzureAddress.of(scope, address);
        } catch (AzureAddress.Malformed malformed) {
            throw new RejectedException(Objects.requireNonNullElse(malformed.getMessage(), "malformed"), malformed);
        }
    }

    private PowerState powerOf(Scope scope, CloudAddress address, Duration atMost) {
        Reading reading = status.read(
                new CloudStatusPort.Request(scope, Set.of(address), ReadKind.DIRECT, Instant.EPOCH, atMost));
        Observation observation =
                Objects.requireNonNull(reading.evidence().get(address)).observation();
        if (observation instanceof Observation.Seen seen) {
            return seen.power();
        }
        if (observation instanceof Observation.Missing) {
            throw new RejectedException("machine " + address + " is not there: nothing was deallocated");
        }
        throw new UnavailableException("machine " + address + " could not be read, so it was not deallocated: "
                + observation + waitOf(reading.retryAfter()));
    }

    private Optional<String> send(Scope scope, AzureAddress machine, CloudAddress address, Duration atMost) {
        AtomicReference<@Nullable String> operation = new AtomicReference<>();
        Optional<Failure> failure = new Call(Instant.EPOCH, atMost, false).run(() -> {
            VirtualMachinesClient client = clients.machines(scope);
            return client.deallocateWithResponseAsync(machine.group(), machine.name(), null)
                    .flatMap(response -> drained(response))
                    .doOnNext(headers -> operationIn(headers).ifPresent(operation::set))
                    .then();
        });
        if (failure.isPresent()) {
            throw failed(scope, machine, address, failure.get());
        }
        return Optional.ofNullable(operation.get());
    }

    /** A body that is left unread would cost the connection. */
    private static Mono<HttpHeaders> drained(Response<Flux<ByteBuffer>> response) {
        return response.getValue().then(Mono.just(response.getHeaders()));
    }

    private static Optional<String> operationIn(HttpHeaders headers) {
        return Stream.of(OPERATION, REQUEST_ID)
                .map(headers::getValue)
                .filter(Objects::nonNull)
                .map(AzureVmPower::lastSegment)
                .filter(id -> ID.matcher(id).matches())
                .findFirst();
    }

    private static String lastSegment(String address) {
        int query = address.indexOf('?');
        String path = query < 0 ? address : address.substring(0, query);
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private PortException failed(Scope scope, AzureAddress machine, CloudAddress address, Failure failure) {
        failure.refusal()
                .ifPresent(wait -> governor.noteThrottled(
                        new ArmCall(scope, ArmCall.Kind.DEALLOCATION, machine.key()), failure.isOfArm(), wait));
        if (failure.why().cause() == UnknownCause.UNAUTHENTICATED) {
            clients.forget(scope);
        }
        String message = "machine " + address + " was not deallocated: " + failure.why()
                + waitOf(failure.headers().retryAfter());
        return failure.why().cause().isTransient() ? new UnavailableException(message) : new RejectedException(message);
    }

    private static String waitOf(Optional<Duration> retryAfter) {
        return retryAfter
                .map(wait -> ", to be asked again in " + wait.toSeconds() + " s")
                .orElse("");
    }
}
