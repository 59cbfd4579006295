package com.berryfi.vmsync.model;

import java.util.Optional;

/**
 * A row of the host's that cannot be worked with; it is left alone and reported.
 *
 * @param row which, for example {@code vm_instances vm-7}
 * @param problem what is wrong with it, naming the column and the value
 * @param vm the VM that is left out because of it; empty if the row belongs to none
 * @param oddity what it has in common with other rows and later cycles, for example {@code vm_instances.status HIBERNATING}: people are
 *     told of it once, by the first such row; empty if each row is worth a word in every cycle
 */
public record RowProblem(String row, String problem, Optional<VmId> vm, Optional<String> oddity) {

    /**
     * A problem that leaves no VM out, and is worth a word in every cycle.
     *
     * @param row which, for example {@code vm_instances vm-7}
     * @param problem what is wrong with it, naming the column and the value
     */
    public RowProblem(String row, String problem) {
        this(row, problem, Optional.empty(), Optional.empty());
    }

    /**
     * The same problem, leaving out a VM.
     *
     * @param left the VM that is left alone because of it
     * @return another problem of the same row
     */
    public RowProblem leavingOut(VmId left) {
        return new RowProblem(row, problem, Optional.of(left), oddity);
    }

    /**
     * The same problem, told once for all rows that have it in common.
     *
     * @param common what they have in common, for example {@code vm_instances.status HIBERNATING}
     * @return another problem of the same row
     */
    public RowProblem toldOnceAs(String common) {
        return new RowProblem(row, problem, vm, Optional.of(common));
    }

    @Override
    public String toString() {
        return row + ": " + problem;
    }
}
