package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.jdbc.BrokenLink.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The links of a chain that do not fit in their places: tells those that stood elsewhere from those that were changed. Immutable. */
final class Misfits {

    private final String chain;
    private final List<Misfit> all;

    Misfits(String chain, List<Misfit> all) {
        this.chain = chain;
        this.all = List.copyOf(all);
    }

    /**
     * A link that does not fit.
     *
     * @param previous the hash that stands before it now
     * @param expected the hash with which it would fit there
     */
    record Misfit(AuditLink link, String previous, String expected) {
        /** Before which the record that came next may have stood. */
        List<String> hashes() {
            return List.of(previous, link.hash(), expected);
        }
    }

    /** Whether one of them has this hash. */
    boolean holds(String hash) {
        return all.stream().anyMatch(misfit -> misfit.link().hash().equals(hash));
    }

    /** What is wrong with each; one that is as it was, and only stands behind another link now, is left out if others are to blame. */
    List<BrokenLink> explained() {
        List<BrokenLink> explained = new ArrayList<>();
        for (Misfit misfit : all) {
            long place = misfit.link().link();
            Optional<Long> origin = origin(misfit.link());
            if (origin.isEmpty()) {
                explained.add(changed(misfit.link()));
            } else if (origin.get() != place) {
                explained.add(new BrokenLink(chain, place, Fault.REORDERED, "its record was link " + origin.get()));
            }
        }
        return explained.isEmpty()
                ? all.stream().map(misfit -> changed(misfit.link())).toList()
                : explained;
    }

    private BrokenLink changed(AuditLink link) {
        String detail = link.belongs().equals(chain)
                ? "the record does not fit its hash, or the link before it was changed"
                : "the record speaks of " + link.belongs();
        return new BrokenLink(chain, link.link(), Fault.CHANGED, detail);
    }

    /** In which place of a misfit, or right behind one, the record fits; empty if in none. */
    private Optional<Long> origin(AuditLink link) {
        if (!link.belongs().equals(chain)) {
            return Optional.empty();
        }
        return all.stream()
                .flatMap(place -> Stream.of(place.link().link(), place.link().link() + 1))
                .filter(place -> all.stream()
                        .flatMap(before -> before.hashes().stream())
                        .anyMatch(before -> holds(AuditHash.link(before, chain, place, link.content()))))
                .findFirst();
    }
}
