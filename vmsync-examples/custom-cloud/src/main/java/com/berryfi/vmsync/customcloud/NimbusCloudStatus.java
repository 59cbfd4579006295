package com.berryfi.vmsync.customcloud;

import com.berryfi.vmsync.customcloud.NimbusClient.Answer;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Observation.Unknown;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the power of the machines of a Nimbus account. Thread-safe. */
public final class NimbusCloudStatus implements CloudStatusPort {

    private static final String NO_SUCH_INSTANCE = "no_such_instance";

    private final NimbusClient nimbus;

    public NimbusCloudStatus(NimbusClient nimbus) {
        this.nimbus = nimbus;
    }

    @Override
    public Reading read(Request request) {
        return new Read(request).whole();
    }

    /** Nimbus halts a machine, which costs as before, or parks it, which costs nothing. */
    private static PowerState powerOf(String state) {
        return switch (state) {
            case "on" -> PowerState.RUNNING;
            case "booting" -> PowerState.STARTING;
            case "halting" -> PowerState.STOPPING;
            case "halted" -> PowerState.STOPPED;
            case "parking" -> PowerState.DEALLOCATING;
            case "parked" -> PowerState.DEALLOCATED;
            default -> PowerState.UNKNOWN;
        };
    }

    private static ProvisioningState provisioningOf(String task) {
        return switch (task) {
            case "none" -> ProvisioningState.SUCCEEDED;
            case "building" -> ProvisioningState.CREATING;
            case "changing" -> ProvisioningState.UPDATING;
            case "erasing" -> ProvisioningState.DELETING;
            default -> ProvisioningState.UNKNOWN;
        };
    }

    private static Observation observationOf(JsonNode machine) {
        String state = text(machine, "state");
        PowerState power = powerOf(state);
        return power == PowerState.UNKNOWN
                ? new Unknown(UnknownCause.NO_POWER_STATE, "its state is '" + state + "'")
                : new Observation.Seen(
                        power,
                        provisioningOf(text(machine, "task")),
                        Optional.of(text(machine, "id")).filter(id -> !id.isEmpty()));
    }

    /** Nimbus tells no upper case from lower. */
    private static String machineOf(String zone, String name) {
        return (zone + "/" + name).toLowerCase(Locale.ROOT);
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).asText("");
    }

    /** One reading, as it comes about. */
    private final class Read {
        private final Request request;
        private final long deadline;
        private final Map<CloudAddress, Evidence> evidence = new HashMap<>();
        private Optional<Unknown> failure = Optional.empty();
        private Optional<Duration> retryAfter = Optional.empty();
        private int listed;

        Read(Request request) {
            this.request = request;
            this.deadline = System.nanoTime() + request.atMost().toNanos();
        }

        Reading whole() {
            Map<String, CloudAddress> machines = machines();
            if (request.kind() == ReadKind.LIST) {
                list(machines);
            } else {
                machines.values().forEach(this::direct);
            }
            return failure.map(why -> Reading.incomplete(evidence, listed, why, retryAfter))
                    .orElseGet(() -> Reading.complete(evidence, listed));
        }

        /** By what they are to Nimbus; those that it cannot have, or that are named twice, are answered here. */
        private Map<String, CloudAddress> machines() {
            Map<String, CloudAddress> machines = new HashMap<>();
            Map<String, List<CloudAddress>> named = request.addresses().stream()
                    .collect(Collectors.groupingBy(address -> machineOf(address.group(), address.name())));
            named.forEach((machine, addresses) -> {
                boolean malformed = machine.startsWith("/") || machine.endsWith("/");
                if (malformed || addresses.size() > 1) {
                    UnknownCause cause = malformed ? UnknownCause.MALFORMED_ADDRESS : UnknownCause.DUPLICATE_ADDRESS;
                    addresses.forEach(each -> put(each, new Unknown(cause, machine), Optional.empty()));
                } else {
                    machines.put(machine, addresses.get(0));
                }
            });
            return machines;
        }

        private void list(Map<String, CloudAddress> machines) {
            String next = "";
            do {
                String query = next.isEmpty() ? "" : "?cursor=" + NimbusClient.encoded(next);
                Answer page = nimbus.get(request.scope(), "/instances" + query, deadline);
                if (page.failure().isEmpty() && !page.json().path("instances").isArray()) {
                    page = Answer.none(UnknownCause.UNREADABLE_ANSWER, "a list without instances");
                }
                failed(page);
                Optional<String> requestId = page.requestId();
                for (JsonNode machine : page.json().path("instances")) {
                    listed++;
                    Optional.ofNullable(machines.get(machineOf(text(machine, "zone"), text(machine, "name"))))
                            .ifPresent(address -> put(address, observationOf(machine), requestId));
                }
                next = text(page.json(), "next");
            } while (failure.isEmpty() && !next.isEmpty());
        }

        private void direct(CloudAddress address) {
            String zone = NimbusClient.encoded(address.group());
            String name = NimbusClient.encoded(address.name());
            Answer answer = nimbus.get(request.scope(), "/zones/" + zone + "/instances/" + name, deadline);
            String error = text(answer.json(), "error");
            if (answer.failure().isPresent() && error.equals(NO_SUCH_INSTANCE)) {
                put(address, new Observation.Missing(error), answer.requestId());
            } else {
                Observation seen = observationOf(answer.json());
                put(address, answer.failure().<Observation>map(why -> why).orElse(seen), answer.requestId());
                failed(answer);
            }
        }

        /** The first failure speaks for the reading; of the waits that Nimbus asked for, the longest. */
        private void failed(Answer answer) {
            failure = failure.or(answer::failure);
            retryAfter = Stream.concat(retryAfter.stream(), answer.retryAfter().stream())
                    .max(Comparator.naturalOrder());
        }

        private void put(CloudAddress address, Observation observation, Optional<String> requestId) {
            evidence.put(address, new Evidence(observation, request.kind(), request.askedAt(), requestId));
        }
    }
}
