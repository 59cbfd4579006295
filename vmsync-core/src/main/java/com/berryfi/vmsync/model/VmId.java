package com.berryfi.vmsync.model;

/** The host's own key of a VM. Never blank. */
public record VmId(String value) implements Comparable<VmId> {

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
