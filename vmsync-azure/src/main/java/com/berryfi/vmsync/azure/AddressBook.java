package com.berryfi.vmsync.azure;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.UnknownCause;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The addresses that were asked for, sorted out.
 *
 * @param readable those that can be read, in a stable order
 * @param problems those that cannot, and why
 */
record AddressBook(List<Entry> readable, Map<CloudAddress, Observation.Unknown> problems) {

    record Entry(CloudAddress asked, AzureAddress azure) {}

    static AddressBook of(Scope scope, Collection<CloudAddress> addresses) {
        Map<String, List<Entry>> byKey = new TreeMap<>();
        Map<CloudAddress, Observation.Unknown> problems = new HashMap<>();
        for (CloudAddress address : addresses) {
            try {
                AzureAddress azure = AzureAddress.of(scope, address);
                byKey.computeIfAbsent(azure.key(), key -> new ArrayList<>(1)).add(new Entry(address, azure));
            } catch (AzureAddress.Malformed malformed) {
                problems.put(address, new Observation.Unknown(UnknownCause.MALFORMED_ADDRESS, messageOf(malformed)));
            }
        }
        List<Entry> readable = new ArrayList<>();
        byKey.values().forEach(same -> {
            if (same.size() == 1) {
                readable.add(same.get(0));
            } else {
                Observation.Unknown duplicate = new Observation.Unknown(
                        UnknownCause.DUPLICATE_ADDRESS, "one machine, asked for as " + namesOf(same));
                same.forEach(entry -> problems.put(entry.asked(), duplicate));
            }
        });
        return new AddressBook(List.copyOf(readable), Map.copyOf(problems));
    }

    private static String namesOf(List<Entry> same) {
        return same.stream()
                .map(entry -> entry.asked().toString())
                .sorted(Comparator.naturalOrder())
                .toList()
                .toString();
    }

    private static String messageOf(Exception exception) {
        String message = exception.getMessage();
        return message == null ? exception.toString() : message;
    }
}
