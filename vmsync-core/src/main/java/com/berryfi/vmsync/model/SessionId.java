package com.berryfi.vmsync.model;

/**
 * The host's own key of a session.
 *
 * @param value as the host's row has it; never blank
 */
public record SessionId(String value) implements Comparable<SessionId> {

    /**
     * Checks that it names something.
     *
     * @param value as the host's row has it; never blank
     * @throws IllegalArgumentException if it is blank
     */
    public SessionId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a session's id must not be blank");
        }
    }

    @Override
    public int compareTo(SessionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
