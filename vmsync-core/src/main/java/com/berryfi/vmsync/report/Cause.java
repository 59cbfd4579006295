package com.berryfi.vmsync.report;

import com.berryfi.vmsync.model.VmOutcome;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One rule, and the VMs that it speaks of.
 *
 * @param rule its id
 * @param vms how many VMs
 * @param example what it says of the first of them, in a sentence
 */
public record Cause(String rule, int vms, String example) {

    /** Those of some VMs, most VMs first. */
    static List<Cause> of(List<VmOutcome> outcomes) {
        Map<String, List<VmOutcome>> byRule = outcomes.stream()
                .collect(Collectors.groupingBy(outcome -> outcome.decision().rule()));
        return byRule.entrySet().stream()
                .map(rule -> new Cause(
                        rule.getKey(),
                        rule.getValue().size(),
                        rule.getValue().get(0).decision().because()))
                .sorted(Comparator.comparingInt(Cause::vms).reversed().thenComparing(Cause::rule))
                .toList();
    }
}
