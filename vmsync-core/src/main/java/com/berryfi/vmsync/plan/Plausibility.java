package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.Reading;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Whether a list may be believed to be whole. One that may not proves no absence, but names the VMs to be read directly. */
public final class Plausibility {

    private Plausibility() {}

    /**
     * How what was asked for and left out came to be explained.
     *
     * @param asksAll whether the list was asked for all there are; else a list that shrank is not explained by naming those
     * @param missing how many it left out that a direct read has found missing; where not all were asked for, of those that were there
     *     when the scope was last read whole, and are proven missing: who was missing then explains nothing now, and of those that
     *     nobody asks for nothing else is known
     * @param unexplained how many it left out that none has
     */
    public record LeftOut(boolean asksAll, int missing, int unexplained) {

        /**
         * Of what is known of each VM that a list left out.
         *
         * @param last the last whole read; empty if there was none
         */
        public static LeftOut of(boolean asksAll, Collection<Facts> unlisted, Optional<Pass> last) {
            List<Facts> missing = unlisted.stream()
                    .filter(facts -> facts.evidence().observation() instanceof Observation.Missing)
                    .toList();
            int explaining = (int) missing.stream()
                    .filter(facts -> asksAll || (facts.isProvenMissing() && wasThere(facts, last)))
                    .count();
            return new LeftOut(asksAll, explaining, unlisted.size() - missing.size());
        }

        /** Whether a machine can have been among those that were listed when the scope was last read whole. */
        private static boolean wasThere(Facts facts, Optional<Pass> last) {
            return last.map(pass -> facts.provenRunningAt()
                            .filter(at -> !at.isBefore(pass.at()))
                            .isPresent())
                    .orElse(true);
        }
    }

    /**
     * The measure of the next list. What a list left out and is there counts as listed: else one short list would excuse a shorter
     * one. What was read one by one measures nothing, and the measure stays.
     */
    public static int measure(Reading list, int asked, LeftOut leftOut, Optional<Pass> last) {
        return list.isOneByOne() ? last.map(Pass::listed).orElse(asked) : list.listed() + leftOut.unexplained();
    }

    /**
     * What is wrong with a list: it is empty, it shrank to half of what is not missing or less, or of what no direct read finds
     * missing it leaves out as many as it names, or more than a tenth, and more than one.
     *
     * @param asked how many machines it was asked for
     * @param last the last whole read; empty if there was none
     * @return empty if nothing is
     */
    public static Optional<String> doubt(Reading list, int asked, LeftOut leftOut, Optional<Pass> last) {
        if (!list.complete()) {
            return Optional.of("the list was not read to its end");
        }
        if (list.isOneByOne() || (leftOut.unexplained() == 0 && leftOut.asksAll())) {
            return Optional.empty();
        }
        if (list.listed() + leftOut.missing() == 0) {
            return Optional.of("the list is empty, and " + leftOut.unexplained() + " VMs are not explained");
        }
        int before = last.map(Pass::listed).orElse(asked);
        long there = (long) before - leftOut.missing();
        boolean shrank = there > 0 && list.listed() * 2L <= there;
        boolean leavesOutHalf = leftOut.unexplained() > 0 && leftOut.unexplained() >= list.listed();
        boolean leavesOutWhatIsThere =
                leavesOutHalf || (leftOut.unexplained() > 1 && leftOut.unexplained() * 10L > before);
        return shrank || leavesOutWhatIsThere
                ? Optional.of("the list shrank from " + before + " to " + list.listed() + " machines, and "
                        + leftOut.unexplained() + " VMs are not explained")
                : Optional.empty();
    }
}
