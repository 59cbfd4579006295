package com.berryfi.vmsync.azure.limit;

import java.util.Locale;
import java.util.Optional;

/**
 * A limit that Azure documents: a token bucket, of Azure Resource Manager for a subscription and principal, or of Compute for a
 * subscription whoever asks, or for one machine of it. Compute's buckets hold up to three times of what they are refilled with in a
 * minute; here they count as if they held that once.
 *
 * @see <a href="https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling">Resource Manager</a>
 * @see <a href="https://learn.microsoft.com/azure/virtual-machines/compute-throttling-limits">Compute</a>
 * @see <a href="https://learn.microsoft.com/azure/governance/resource-graph/concepts/azure-resource-graph-get-list-api">the index</a>
 */
public enum RateLimit {
    /** Every read. */
    ARM_READS(250, 25 * 60, Of.PRINCIPAL),
    /** Every change. */
    ARM_WRITES(200, 10 * 60, Of.PRINCIPAL),
    /** A page of a list: {@code HighCostGet}. */
    LISTS(300, 300, Of.SUBSCRIPTION),
    /** A page of the same list from the index. */
    INDEX_LISTS(4_000, 4_000, Of.PRINCIPAL),
    /** A machine read by itself: {@code LowCostGet}. */
    DIRECT_READS(8_000, 8_000, Of.SUBSCRIPTION),
    /** The same machine read by itself. */
    DIRECT_READS_OF_ONE(12, 12, Of.MACHINE),
    /** A machine deallocated. */
    DEALLOCATIONS(500, 500, Of.SUBSCRIPTION),
    /** The same machine deallocated. */
    DEALLOCATIONS_OF_ONE(4, 4, Of.MACHINE);

    /** Whose bucket it is. */
    public enum Of {
        /** Of a principal in a subscription. */
        PRINCIPAL,
        /** Of a subscription, shared by all principals. */
        SUBSCRIPTION,
        /** Of one machine. */
        MACHINE
    }

    private final long bucket;
    private final long aMinute;
    private final Of of;

    RateLimit(long bucket, long aMinute, Of of) {
        this.bucket = bucket;
        this.aMinute = aMinute;
        this.of = of;
    }

    /** {@return how many calls may come at once} */
    public long bucket() {
        return bucket;
    }

    /** {@return how many calls may come in a minute, in the long run} */
    public long aMinute() {
        return aMinute;
    }

    /** {@return whose bucket it is} */
    public Of of() {
        return of;
    }

    /**
     * The limit that a header of an answer speaks of, in whichever of its spellings.
     *
     * @param name the header's name or, where it names several limits, one of these
     * @return empty if it is none of these
     */
    public static Optional<RateLimit> ofHeader(String name) {
        String limit = name.toLowerCase(Locale.ROOT);
        if (limit.endsWith("-reads")) {
            return Optional.of(ARM_READS);
        }
        if (limit.endsWith("-writes")) {
            return Optional.of(ARM_WRITES);
        }
        if (limit.contains("/highcostget")) {
            return Optional.of(LISTS);
        }
        if (limit.contains("/lowcostget")) {
            return Optional.of(DIRECT_READS);
        }
        return Optional.empty();
    }
}
