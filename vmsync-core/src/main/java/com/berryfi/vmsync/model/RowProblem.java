package com.berryfi.vmsync.model;

/**
 * A row of the host's that cannot be worked with; it is left alone and reported.
 *
 * @param row which, for example {@code vm_instances vm-7}
 * @param problem what is wrong with it, naming the column and the value
 */
public record RowProblem(String row, String problem) {
    @Override
    public String toString() {
        return row + ": " + problem;
    }
}
