package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.Interval;
import com.berryfi.vmsync.model.VmId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Lists in one column, one entry a line: intervals as ISO-8601 {@code from/to}, a gap that lasts as {@code from/..}, the last proof
 * that a VM ran as {@code instant/vm}, or {@code ../vm} if there is none.
 */
final class Lines {

    private static final String OPEN = "..";

    private Lines() {}

    static String ofGaps(List<Gap> gaps) {
        return gaps.stream()
                .map(gap -> gap.from() + "/" + gap.to().map(Instant::toString).orElse(OPEN))
                .collect(Collectors.joining("\n"));
    }

    static Gap gap(String line) {
        String to = end(line);
        return new Gap(begin(line), to.equals(OPEN) ? Optional.empty() : Optional.of(Instant.parse(to)));
    }

    static String ofIntervals(List<Interval> intervals) {
        return intervals.stream().map(Interval::toString).collect(Collectors.joining("\n"));
    }

    static Interval interval(String line) {
        return new Interval(begin(line), Instant.parse(end(line)));
    }

    /** The last proof that each of some VMs ran, in their order. */
    static String ofProofs(Map<VmId, Optional<Instant>> proofs) {
        return proofs.entrySet().stream()
                .map(proof -> proof.getValue().map(Instant::toString).orElse(OPEN) + "/"
                        + ofTexts(List.of(proof.getKey().value())))
                .collect(Collectors.joining("\n"));
    }

    static Map.Entry<VmId, Optional<Instant>> proof(String line) {
        String at = line.substring(0, slash(line));
        return Map.entry(
                new VmId(text(end(line))), at.equals(OPEN) ? Optional.empty() : Optional.of(Instant.parse(at)));
    }

    /** Texts; a line break or backslash within one is written as {@code \n} or {@code \\}. */
    static String ofTexts(List<String> texts) {
        return texts.stream()
                .map(text -> text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r"))
                .collect(Collectors.joining("\n"));
    }

    static String text(String line) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                i++;
                text.append(line.charAt(i) == 'n' ? '\n' : line.charAt(i) == 'r' ? '\r' : line.charAt(i));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static Instant begin(String line) {
        return Instant.parse(line.substring(0, slash(line)));
    }

    private static String end(String line) {
        return line.substring(slash(line) + 1);
    }

    private static int slash(String line) {
        int slash = line.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("a slash is missing: " + line);
        }
        return slash;
    }
}
