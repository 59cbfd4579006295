package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.jdbc.BrokenLink.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Follows a chain of the audit link by link, in their order, and says where it breaks. Of the links it holds those that do not fit, up to
 * {@value #MOST}. Not thread-safe.
 */
final class ChainCheck {

    /** The most breaks that are named of a chain. */
    static final int MOST = 20;

    private final ChainHead head;
    private final List<BrokenLink> broken = new ArrayList<>();
    private final List<Misfits.Misfit> misfits = new ArrayList<>();
    private long links;
    private long next;
    /** Of the link before the next one; empty if that is missing. */
    private Optional<String> previous;

    private Optional<AuditLink> last = Optional.empty();

    ChainCheck(ChainHead head) {
        this.head = head;
        this.next = head.keptFrom();
        this.previous = Optional.of(head.base());
    }

    /** How many links it was given. */
    long links() {
        return links;
    }

    /** Follows to the next link. */
    void accept(AuditLink link) {
        links++;
        if (link.link() < head.keptFrom() || link.link() > head.length()) {
            name(link.link(), Fault.ADDED, "by its head the chain has " + range(head.keptFrom(), head.length()));
            return;
        }
        if (link.link() > next) {
            name(next, Fault.MISSING, missing(next, link.link() - 1));
            previous = Optional.empty();
        }
        Optional<String> expected =
                previous.map(hash -> AuditHash.link(hash, head.chain(), link.link(), link.content()));
        if (!link.belongs().equals(head.chain())
                || !expected.orElse(link.hash()).equals(link.hash())) {
            if (misfits.size() < MOST) {
                misfits.add(new Misfits.Misfit(link, previous.orElse(AuditHash.NONE), expected.orElse(link.hash())));
            }
        } else if (last.isPresent() && link.seq() <= last.get().seq()) {
            String detail =
                    "seq " + link.seq() + " comes after seq " + last.get().seq();
            name(link.link(), Fault.REORDERED, detail);
        }
        next = link.link() + 1;
        previous = Optional.of(link.hash());
        last = Optional.of(link);
    }

    /** Where the chain breaks, as far as it was followed; in the order of its links. */
    List<BrokenLink> broken() {
        List<BrokenLink> all = new ArrayList<>(broken);
        all.addAll(new Misfits(head.chain(), misfits).explained());
        return all.stream()
                .sorted(Comparator.comparingLong(BrokenLink::link))
                .limit(MOST)
                .toList();
    }

    /** Says that there are no more links. */
    ChainCheck end() {
        boolean headFits = previous.filter(head.head()::equals).isPresent();
        boolean moved = new Misfits(head.chain(), misfits).holds(head.head());
        if (next <= head.length() && headFits && !moved) {
            name(
                    next - 1,
                    Fault.HEAD_CHANGED,
                    "the head counts " + head.length() + " links, with the hash of this one");
        } else if (next <= head.length()) {
            name(next, Fault.TRUNCATED, missing(next, head.length()) + " at the end");
        } else if (!headFits && !moved) {
            name(head.length(), Fault.HEAD_CHANGED, "the head has another hash than the last link: one was changed");
        }
        return this;
    }

    private void name(long link, Fault fault, String detail) {
        if (broken.size() < MOST) {
            broken.add(new BrokenLink(head.chain(), link, fault, detail));
        }
    }

    private static String missing(long from, long to) {
        return range(from, to) + (from == to ? " is missing" : " are missing");
    }

    private static String range(long from, long to) {
        return from == to ? "link " + from : "links " + from + " to " + to;
    }
}
