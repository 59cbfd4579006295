package com.berryfi.vmsync.jdbc;

import java.util.List;

/**
 * What a look at the audit has found.
 *
 * @param chains how many chains were looked at
 * @param links how many of their links
 * @param brokenChains how many chains do not hold
 * @param broken where; at most {@value #MOST} in all and 20 of one chain, the first ones
 */
public record AuditReport(long chains, long links, long brokenChains, List<BrokenLink> broken) {

    /** How many broken links a report names at most. */
    public static final int MOST = 1000;

    /**
     * Copies the list: later changes of it are not seen here.
     *
     * @param chains how many chains were looked at
     * @param links how many of their links
     * @param brokenChains how many chains do not hold
     * @param broken where; at most {@value #MOST} in all and 20 of one chain, the first ones
     */
    public AuditReport {
        broken = List.copyOf(broken);
    }

    /** {@return whether all chains hold} */
    public boolean isIntact() {
        return brokenChains == 0;
    }
}
