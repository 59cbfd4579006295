package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.jdbc.BrokenLink.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The links of a chain that do not fit in their places: tells those that stood elsewhere from those that were changed. Immutable. */
final class Misfits {

    private final String chain;
    private final List<Misfit> all;

    Misfits(String chain, List<Misfit> all) {
        this.chain = chain;
        this.all = List.copyOf(all);
    }

    /** @param previous the hash that stands before it now */
    record Misfit(AuditLink link, String previous) {}

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

    /** In which place of a misfit the record fits; empty if in none. */
    private Optional<Long> origin(AuditLink link) {
        if (!link.belongs().equals(chain)) {
            return Optional.empty();
        }
        for (Misfit place : all) {
            for (Misfit before : all) {
                if (holds(AuditHash.link(before.previous(), chain, place.link().link(), link.content()))
                        || holds(AuditHash.link(
                                before.link().hash(), chain, place.link().link(), link.content()))) {
                    return Optional.of(place.link().link());
                }
            }
        }
        return Optional.empty();
    }
}
