package com.berryfi.vmsync.report;

import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Standing;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The findings of one kind.
 *
 * @param kind which
 * @param count how many
 * @param lasted for how long they have lasted, together
 */
public record Cost(FindingKind kind, int count, Duration lasted) {

    /** Those of some findings, in the order of the kinds. */
    static List<Cost> of(List<Standing> findings) {
        Map<FindingKind, List<Standing>> byKind = findings.stream().collect(Collectors.groupingBy(Standing::kind));
        return byKind.entrySet().stream()
                .map(kind -> new Cost(
                        kind.getKey(),
                        kind.getValue().size(),
                        kind.getValue().stream().map(Standing::lasted).reduce(Duration.ZERO, Duration::plus)))
                .sorted(Comparator.comparing(Cost::kind))
                .toList();
    }
}
