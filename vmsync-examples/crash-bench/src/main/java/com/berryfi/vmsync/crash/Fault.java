package com.berryfi.vmsync.crash;

/**
 * Something that must never be.
 *
 * @param session of which session
 * @param what in words
 */
record Fault(Kind kind, String session, String what) {

    /** Of which kind; the last line counts the sessions of each. */
    enum Kind {
        /** Staged and never booked, never staged though vmsync counts it, or an ending that did not last. */
        LOST,
        /** Booked twice with effect, or two instructions under one key, or one after the bill was closed. */
        DUPLICATED,
        /** Booked for the first time after a later one of its session. */
        MISORDERED,
        /** Not billed though proven on. */
        UNBILLED,
        /** Billed though proven off. */
        OVERBILLED,
        /** Ended while the machine ran. */
        WRONGFUL
    }

    @Override
    public String toString() {
        return kind + " " + session + ": " + what;
    }
}
