package com.berryfi.vmsync.model;

/** The host's own key of a session. Never blank. */
public record SessionId(String value) implements Comparable<SessionId> {

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
