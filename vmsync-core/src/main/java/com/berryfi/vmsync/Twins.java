package com.berryfi.vmsync;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The VMs of a scope by their addresses. Rows that share one are twins: nobody can tell whose machine it is. Twins that are spelled
 * differently are the adapter's to find.
 */
final class Twins {

    private final Map<CloudAddress, List<VmId>> byAddress = new HashMap<>();

    private Twins() {}

    static Twins among(List<VmCase> cases) {
        Twins twins = new Twins();
        cases.forEach(each -> twins.byAddress
                .computeIfAbsent(each.managed().vm().address(), any -> new ArrayList<>())
                .add(each.id()));
        return twins;
    }

    /** The addresses that one row alone names. */
    Set<CloudAddress> addressesOfOne() {
        return byAddress.entrySet().stream()
                .filter(entry -> entry.getValue().size() == 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** What a list says of one VM: to be left out of a whole list is a reason to look, never an absence. */
    Evidence evidence(VmCase vmCase, Reading list, Instant askedAt) {
        CloudAddress address = vmCase.managed().vm().address();
        List<VmId> sharing = byAddress.getOrDefault(address, List.of());
        if (sharing.size() > 1) {
            return unknown(
                    new Observation.Unknown(
                            UnknownCause.DUPLICATE_ADDRESS, address + " is the address of VMs " + sharing),
                    askedAt);
        }
        Evidence seen = list.evidence().get(address);
        return seen != null ? seen : unknown(list.failure().orElseGet(() -> leftOutOf(list)), askedAt);
    }

    private static Observation.Unknown leftOutOf(Reading list) {
        return list.isOneByOne()
                ? new Observation.Unknown(UnknownCause.OTHER, "the adapter left it out")
                : new Observation.Unknown(UnknownCause.NOT_LISTED, "of " + list.listed() + " VMs listed");
    }

    private static Evidence unknown(Observation.Unknown why, Instant askedAt) {
        return new Evidence(why, ReadKind.LIST, askedAt, Optional.empty());
    }
}
