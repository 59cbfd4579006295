package com.berryfi.vmsync.azure;

import com.berryfi.vmsync.azure.limit.ArmCall;
import com.berryfi.vmsync.azure.limit.Governor;
import com.berryfi.vmsync.azure.limit.ListSizes;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.port.CloudStatusPort.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Readings of lists, from Compute or from the index. Thread-safe. */
final class ListReadings {

    private final AzureClients clients;
    private final Governor governor;
    private final ListSizes sizes;

    ListReadings(AzureClients clients, Governor governor, ListSizes sizes) {
        this.clients = clients;
        this.governor = governor;
        this.sizes = sizes;
    }

    Reading read(Request request, AddressBook book, Call call) {
        Map<String, CloudAddress> asked = asked(book);
        ListRead.Result result = run(request.scope(), asked::containsKey, call, false);
        Map<CloudAddress, Evidence> evidence = Evidences.ofProblems(request, ReadKind.LIST, book);
        result.wanted()
                .forEach((key, listed) -> evidence.put(
                        Objects.requireNonNull(asked.get(key)),
                        Evidences.of(request, ReadKind.LIST, listed.observation(), listed.requestId())));
        return reading(request, evidence, result, result.failure().map(Failure::why));
    }

    /** What the index says proves nothing, not even that there is no more: of each VM it names, a rumour. */
    Reading fromIndex(Request request, AddressBook book, Call call) {
        Map<String, CloudAddress> asked = asked(book);
        ListRead.Result result = run(request.scope(), asked::containsKey, call, true);
        Map<CloudAddress, Evidence> evidence = Evidences.ofProblems(request, ReadKind.LIST, book);
        result.wanted().forEach((key, listed) -> {
            if (listed.observation() instanceof Observation.Seen seen) {
                evidence.put(
                        Objects.requireNonNull(asked.get(key)),
                        Evidences.of(
                                request,
                                ReadKind.LIST,
                                Observation.Unknown.rumoured(seen.power()),
                                listed.requestId()));
            }
        });
        Observation.Unknown index = new Observation.Unknown(
                UnknownCause.INDEX_ONLY, "the limits leave no list, and an index may be behind");
        return reading(
                request,
                evidence,
                result,
                Optional.of(result.failure().map(Failure::why).orElse(index)));
    }

    /** All machines of a scope. */
    AzureFleet fleet(Scope scope, Call call) {
        ListRead.Result result = run(scope, key -> true, call, false);
        Map<String, Observation> machines = new LinkedHashMap<>();
        result.wanted().values().forEach(listed -> machines.put(listed.resourceId(), listed.observation()));
        return new AzureFleet(
                machines,
                result.failure().map(Failure::why),
                result.failure().flatMap(why -> why.headers().retryAfter()),
                namelessOf(scope, result).stream().toList());
    }

    private ListRead.Result run(Scope scope, Predicate<String> wanted, Call call, boolean fromIndex) {
        ListRead.Result result = ListRead.run(clients::machines, scope, wanted, call, fromIndex);
        ArmCall.Kind kind = fromIndex ? ArmCall.Kind.INDEX_PAGE : ArmCall.Kind.LIST_PAGE;
        result.failure()
                .ifPresent(failure -> failure.refusal()
                        .ifPresent(
                                wait -> governor.noteThrottled(new ArmCall(scope, kind, ""), failure.isOfArm(), wait)));
        if (result.failure().isEmpty() && !fromIndex) {
            sizes.note(scope, result.named(), result.fullestPage());
        }
        return result;
    }

    private static Map<String, CloudAddress> asked(AddressBook book) {
        return book.readable().stream()
                .collect(Collectors.toMap(entry -> entry.azure().key(), AddressBook.Entry::asked));
    }

    private static Reading reading(
            Request request,
            Map<CloudAddress, Evidence> evidence,
            ListRead.Result result,
            Optional<Observation.Unknown> failure) {
        List<String> notices = new ArrayList<>();
        if (result.failure().isEmpty()
                && result.named() == 0
                && !request.addresses().isEmpty()) {
            notices.add("the list of " + request.scope() + " is complete and names no machine, though "
                    + request.addresses().size() + " were asked for");
        }
        namelessOf(request.scope(), result).ifPresent(notices::add);
        return new Reading(
                evidence,
                failure.isEmpty(),
                result.named(),
                failure,
                result.failure().flatMap(why -> why.headers().retryAfter()),
                result.quotaLeft(),
                notices);
    }

    private static Optional<String> namelessOf(Scope scope, ListRead.Result result) {
        return result.nameless() == 0
                ? Optional.empty()
                : Optional.of("the list of " + scope + " holds " + result.nameless() + " entries without an id");
    }
}
