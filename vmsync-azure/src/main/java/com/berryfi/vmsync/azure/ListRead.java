package com.berryfi.vmsync.azure;

import com.azure.core.http.rest.PagedResponse;
import com.azure.core.util.Context;
import com.azure.resourcemanager.compute.fluent.VirtualMachinesClient;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Scope;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** One status list of a subscription, page by page; what came before a failure stays. */
final class ListRead {

    record Listed(String resourceId, Observation observation, Optional<String> requestId) {}

    /**
     * What a list brought.
     *
     * @param wanted by key, in the list's order
     * @param named how many machines the list named, each once
     * @param nameless how many entries had no id
     * @param fullestPage how many entries the fullest page held
     */
    record Result(
            Map<String, Listed> wanted,
            int named,
            int nameless,
            int fullestPage,
            Optional<Failure> failure,
            Map<String, Long> quotaLeft) {}

    /** In bytes, near enough: what is kept of a list. Bounds one whose pages never end. */
    private static final long MOST_KEPT = 64 << 20;

    private static final int OF_EACH = 100;

    private final Predicate<String> wanted;
    private final Instant askedAt;
    private final Map<String, Listed> found = new LinkedHashMap<>();
    private final Set<String> named = new HashSet<>();
    private final Map<String, Long> quotaLeft = new HashMap<>();
    private int nameless;
    private int fullestPage;
    private long kept;
    private boolean over;

    private ListRead(Predicate<String> wanted, Instant askedAt) {
        this.wanted = wanted;
        this.askedAt = askedAt;
    }

    static Result run(
            Function<Scope, VirtualMachinesClient> clients,
            Scope scope,
            Predicate<String> wanted,
            Call call,
            boolean fromIndex) {
        ListRead list = new ListRead(wanted, call.askedAt());
        Optional<Failure> failure = call.run(
                new Context(IndexPolicy.INDEX, fromIndex).addData(NextPages.ASKED, new NextPages.Asked()),
                () -> clients.apply(scope)
                        .listAsync("true", null, null)
                        .byPage()
                        .doOnNext(list::add)
                        .then());
        return list.end(failure);
    }

    private synchronized void add(PagedResponse<VirtualMachineInner> page) {
        if (over) {
            return;
        }
        AnswerHeaders headers = AnswerHeaders.of(page.getHeaders(), askedAt);
        headers.quotaLeft().forEach((limit, left) -> quotaLeft.merge(limit, left, Math::min));
        fullestPage = Math.max(fullestPage, page.getValue().size());
        for (VirtualMachineInner machine : page.getValue()) {
            if (machine == null || machine.id() == null || machine.id().isBlank()) {
                nameless++;
                continue;
            }
            String key = AzureAddress.keyOf(machine.id());
            if (named.add(key) && (kept += key.length() + OF_EACH) > MOST_KEPT) {
                throw new AnswerRefused("the list names more machines than a subscription can hold");
            }
            if (wanted.test(key)) {
                found.put(key, new Listed(machine.id(), MachineStatus.of(machine), headers.requestId()));
            }
        }
    }

    private synchronized Result end(Optional<Failure> failure) {
        over = true;
        failure.ifPresent(
                why -> why.headers().quotaLeft().forEach((limit, left) -> quotaLeft.merge(limit, left, Math::min)));
        return new Result(found, named.size(), nameless, fullestPage, failure, quotaLeft);
    }
}
