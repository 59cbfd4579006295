package com.berryfi.vmsync.crash;

/** Where exactly a replica may be told to stand still, so that it dies or sleeps there; all lie inside a transaction or a delivery. */
enum Place {
    /** The transaction of a change, or of a settling, has written something and is about to write more. */
    BETWEEN_WRITES,
    /** All is written and not committed. */
    BEFORE_COMMIT,
    /** All is committed, and nobody knows yet. */
    AFTER_COMMIT,
    /** The host's billing was called and has done nothing. */
    BEFORE_BOOKING,
    /** It has booked and not committed. */
    WITHIN_BOOKING,
    /** It has committed, and vmsync does not know yet. */
    AFTER_BOOKING
}
