package com.berryfi.vmsync.testkit.simulation.world;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.port.CloudStatusPort.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the simulated cloud says when it is asked: the truth, as far as its faults let it. */
final class CloudAnswers {

    /** A wrong power is told for less than the time that two reads must lie apart to confirm one another. */
    private static final Duration FLAP = Duration.ofSeconds(20);

    private static final Duration SETTLED_TRUTH = Duration.ofMinutes(5);

    private static final Map<FaultKind, UnknownCause> FAILURES = new java.util.EnumMap<>(Map.of(
            FaultKind.SCOPE_OUTAGE, UnknownCause.CONNECTION_FAILED,
            FaultKind.THROTTLED, UnknownCause.THROTTLED,
            FaultKind.SERVER_ERROR, UnknownCause.SERVER_ERROR,
            FaultKind.UNAUTHENTICATED, UnknownCause.UNAUTHENTICATED,
            FaultKind.FORBIDDEN, UnknownCause.FORBIDDEN,
            FaultKind.SUBSCRIPTION_GONE, UnknownCause.SUBSCRIPTION_UNREADABLE));

    /** As an adapter does where a list has more pages. */
    private static final int MOST_ONE_BY_ONE = 12;

    private final SimulatedCloud cloud;
    private final CloudFaults faults;
    private long requests;

    CloudAnswers(SimulatedCloud cloud, CloudFaults faults) {
        this.cloud = cloud;
        this.faults = faults;
    }

    Reading timedOut(Request request) {
        return failed(
                request,
                new Observation.Unknown(UnknownCause.TIMED_OUT, "no answer within " + request.atMost()),
                Optional.empty());
    }

    Reading answer(Request request, Instant now) {
        requests++;
        if (faults.hasAny(request.scope())) {
            for (Map.Entry<FaultKind, UnknownCause> failure : FAILURES.entrySet()) {
                Optional<CloudFaults.Active> active = faults.of(request.scope(), failure.getKey(), now);
                if (active.isPresent()) {
                    return failed(request, failure.getKey(), failure.getValue(), active.get());
                }
            }
        }
        if (request.kind() == ReadKind.DIRECT) {
            return direct(request, now);
        }
        if (isReadOneByOne(request, now)) {
            Reading oneByOne = direct(request, now);
            if (oneByOne.complete()) {
                return oneByOne;
            }
        }
        return faults.of(request.scope(), FaultKind.INDEX_ONLY, now)
                .map(active -> index(request, now.minus(active.amount)))
                .orElseGet(() -> list(request, now));
    }

    private boolean isReadOneByOne(Request request, Instant now) {
        return request.addresses().size() <= MOST_ONE_BY_ONE
                && faults.of(request.scope(), FaultKind.LIST_ONE_BY_ONE, now).isPresent();
    }

    /** What was true a while ago, as a rumour. */
    private Reading index(Request request, Instant asOf) {
        Map<CloudAddress, Evidence> evidence = new HashMap<>();
        List<Slot> slots = cloud.slots(request.scope());
        for (Slot slot : slots) {
            if (request.addresses().contains(slot.address())) {
                slot.machineAt(asOf)
                        .flatMap(machine -> machine.at(asOf))
                        .ifPresent(state -> evidence.put(
                                slot.address(),
                                evidence(request, ReadKind.LIST, Observation.Unknown.rumoured(state.power()))));
            }
        }
        return Reading.incomplete(
                evidence,
                slots.size(),
                new Observation.Unknown(UnknownCause.INDEX_ONLY, "an index answers"),
                Optional.empty());
    }

    private Reading failed(Request request, FaultKind kind, UnknownCause cause, CloudFaults.Active active) {
        Optional<Duration> retryAfter = kind == FaultKind.THROTTLED ? Optional.of(active.amount) : Optional.empty();
        return failed(request, new Observation.Unknown(cause, kind.name()), retryAfter);
    }

    private Reading failed(Request request, Observation.Unknown why, Optional<Duration> retryAfter) {
        Map<CloudAddress, Evidence> evidence = new HashMap<>();
        if (request.kind() == ReadKind.DIRECT) {
            request.addresses().forEach(address -> evidence.put(address, evidence(request, ReadKind.DIRECT, why)));
        }
        return Reading.incomplete(evidence, 0, why, retryAfter);
    }

    private Reading list(Request request, Instant now) {
        if (faults.of(request.scope(), FaultKind.LIST_EMPTY, now).isPresent()) {
            return Reading.complete(Map.of(), 0);
        }
        Duration lag = faults.of(request.scope(), FaultKind.LIST_LAG, now)
                .map(active -> active.amount)
                .orElse(Duration.ZERO);
        boolean shrunk = faults.of(request.scope(), FaultKind.LIST_SHRUNK, now).isPresent();
        boolean broken = faults.of(request.scope(), FaultKind.LIST_BROKEN, now).isPresent();
        boolean withUid = faults.of(request.scope(), FaultKind.UID_ABSENT, now).isEmpty();
        Map<CloudAddress, Evidence> evidence = new HashMap<>();
        int listed = 0;
        List<Slot> slots = cloud.slots(request.scope());
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            Optional<Machine> machine = slot.machineAt(now.minus(lag));
            if (machine.isEmpty() || (shrunk && i % 2 == 0) || (broken && 2 * i >= slots.size())) {
                continue;
            }
            Machine.State state = machine.get().at(now.minus(lag)).orElseThrow();
            Observation observation = faults.told(
                    slot.vm(),
                    ReadKind.LIST,
                    now,
                    isPowerForgotten(slot, now)
                            ? powerForgotten()
                            : new Observation.Seen(
                                    state.power(),
                                    state.provisioning(),
                                    withUid ? Optional.of(machine.get().uid()) : Optional.empty()));
            if (observation instanceof Observation.Missing) {
                continue;
            }
            listed++;
            if (request.addresses().contains(slot.address())) {
                evidence.put(slot.address(), evidence(request, ReadKind.LIST, observation));
            }
        }
        return broken
                ? Reading.incomplete(
                        evidence,
                        listed,
                        new Observation.Unknown(UnknownCause.PARTIAL_LIST, "the list broke off"),
                        Optional.empty())
                : Reading.complete(evidence, listed);
    }

    private Reading direct(Request request, Instant now) {
        Map<CloudAddress, Evidence> evidence = new HashMap<>();
        Optional<Observation.Unknown> failure = Optional.empty();
        List<CloudAddress> inOrder = new ArrayList<>(request.addresses());
        inOrder.sort(Comparator.comparing(CloudAddress::toString));
        for (CloudAddress address : inOrder) {
            Observation observation = cloud.slot(request.scope(), address)
                    .map(slot -> direct(slot, now))
                    .orElseGet(() -> new Observation.Missing("ResourceNotFound"));
            if (observation instanceof Observation.Unknown unknown && unknown.cause() == UnknownCause.SERVER_ERROR) {
                failure = Optional.of(unknown);
            }
            evidence.put(address, evidence(request, ReadKind.DIRECT, observation));
        }
        return failure.isPresent()
                ? Reading.incomplete(evidence, 0, failure.get(), Optional.empty())
                : Reading.complete(evidence, 0);
    }

    private Observation direct(Slot slot, Instant now) {
        Machine machine = slot.machine();
        if (faults.hasAny(slot.vm())) {
            if (faults.of(slot.vm(), FaultKind.DIRECT_FAILS, now).isPresent()) {
                return new Observation.Unknown(UnknownCause.SERVER_ERROR, "DIRECT_FAILS");
            }
            Optional<Observation> lie = lie(slot, machine, now);
            if (lie.isPresent()) {
                return lie.get();
            }
            if (isPowerForgotten(slot, now)) {
                return powerForgotten();
            }
        }
        Machine.State state = machine.now();
        return faults.told(
                slot.vm(),
                ReadKind.DIRECT,
                now,
                state.exists()
                        ? new Observation.Seen(
                                state.power(), state.provisioning(), Optional.of(machine.uid()), state.upSince())
                        : new Observation.Missing("ResourceNotFound"));
    }

    /** A lie is told only of a machine that has run for a while, so that no list, however late, tells the same. */
    private Optional<Observation> lie(Slot slot, Machine machine, Instant now) {
        Machine.State state = machine.now();
        if (!machine.isRunning() || state.from().plus(SETTLED_TRUTH).isAfter(now)) {
            return Optional.empty();
        }
        for (FaultKind kind : List.of(FaultKind.WRONG_STOPPED, FaultKind.WRONG_DEALLOCATED, FaultKind.NOT_FOUND_FLAP)) {
            Optional<CloudFaults.Active> active = faults.of(slot.vm(), kind, now)
                    .filter(each -> faults.mayLie(slot.vm(), each, now))
                    .filter(each -> kind == FaultKind.NOT_FOUND_FLAP
                            ? each.told < 2
                            : each.told == 0 || now.isBefore(each.firstTold.plus(FLAP)));
            if (active.isPresent()) {
                faults.lied(slot.vm(), active.get(), now);
                return Optional.of(
                        kind == FaultKind.NOT_FOUND_FLAP
                                ? new Observation.Missing("ResourceNotFound")
                                : new Observation.Seen(
                                        kind == FaultKind.WRONG_STOPPED ? PowerState.STOPPED : PowerState.DEALLOCATED,
                                        ProvisioningState.SUCCEEDED,
                                        Optional.of(machine.uid())));
            }
        }
        return Optional.empty();
    }

    private boolean isPowerForgotten(Slot slot, Instant now) {
        return faults.hasAny(slot.vm())
                && faults.of(slot.vm(), FaultKind.POWER_FORGOTTEN, now).isPresent();
    }

    private static Observation powerForgotten() {
        return new Observation.Unknown(UnknownCause.NO_POWER_STATE, "");
    }

    private Evidence evidence(Request request, ReadKind kind, Observation observation) {
        return new Evidence(observation, kind, request.askedAt(), Optional.of("request-" + requests));
    }
}
