package com.berryfi.vmsync.testkit.arm;

import java.util.List;

/**
 * A limit that Azure documents, as an {@link ArmSimulator} enforces it: a bucket, and how fast it is filled again.
 *
 * @see <a href="https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling">Resource Manager</a>
 * @see <a href="https://learn.microsoft.com/azure/virtual-machines/compute-throttling-limits">Compute</a>
 * @see <a href="https://learn.microsoft.com/azure/governance/resource-graph/concepts/azure-resource-graph-get-list-api">the index</a>
 */
public enum ArmLimit {
    /** Every read: of a bearer token in a subscription. */
    ARM_READS(250, 25 * 60, Owner.PRINCIPAL),
    /** Every change: of a bearer token in a subscription. */
    ARM_WRITES(200, 10 * 60, Owner.PRINCIPAL),
    /** Pages of lists, {@code HighCostGet}: of a subscription, whoever asks. */
    LISTS(300, 300, Owner.SUBSCRIPTION),
    /** Pages of lists from the index: of a bearer token in a subscription. */
    INDEX_LISTS(4_000, 4_000, Owner.PRINCIPAL),
    /** Machines read by themselves, {@code LowCostGet}: of a subscription, whoever asks. */
    DIRECT_READS(8_000, 8_000, Owner.SUBSCRIPTION),
    /** One machine read by itself, whoever asks. */
    DIRECT_READS_OF_ONE(12, 12, Owner.MACHINE),
    /** Machines deallocated: of a subscription, whoever asks. */
    DEALLOCATIONS(500, 500, Owner.SUBSCRIPTION),
    /** One machine deallocated, whoever asks. */
    DEALLOCATIONS_OF_ONE(4, 4, Owner.MACHINE);

    enum Owner {
        PRINCIPAL,
        SUBSCRIPTION,
        MACHINE
    }

    private final long bucket;
    private final long aMinute;
    private final Owner owner;

    ArmLimit(long bucket, long aMinute, Owner owner) {
        this.bucket = bucket;
        this.aMinute = aMinute;
        this.owner = owner;
    }

    /** {@return how many calls may come at once} */
    public long bucket() {
        return bucket;
    }

    /** {@return how many calls may come in a minute, in the long run} */
    public long aMinute() {
        return aMinute;
    }

    Owner owner() {
        return owner;
    }

    boolean isOfArm() {
        return this == ARM_READS || this == ARM_WRITES;
    }

    /** What a call counts for: first Resource Manager's, which counts even a call that goes no further. */
    static List<ArmLimit> of(ArmCall call) {
        return switch (call) {
            case LIST -> List.of(ARM_READS, LISTS);
            case INDEX -> List.of(ARM_READS, INDEX_LISTS);
            case DIRECT, INSTANCE_VIEW -> List.of(ARM_READS, DIRECT_READS, DIRECT_READS_OF_ONE);
            case DEALLOCATE -> List.of(ARM_WRITES, DEALLOCATIONS, DEALLOCATIONS_OF_ONE);
            case TOKEN, OTHER -> List.of();
        };
    }
}
