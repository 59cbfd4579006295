package com.berryfi.vmsync.model;

/**
 * The host's own key of a VM.
 *
 * @param value as the host's row has it; never blank
 */
public record VmId(String value) implements Comparable<VmId> {

    /**
     * Checks that it names something.
     *
     * @param value as the host's row has it; never blank
     * @throws IllegalArgumentException if it is blank
     */
    public VmId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a VM's id must not be blank");
        }
    }

    @Override
    public int compareTo(VmId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
