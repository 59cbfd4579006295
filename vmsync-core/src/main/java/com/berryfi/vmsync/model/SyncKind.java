package com.berryfi.vmsync.model;

/** Which VMs a synchronisation looks at. */
public enum SyncKind {
    /** Those whose session is live or TERMINATING. */
    QUICK,
    /** All that are managed. */
    FULL,
    /** One, now, by a direct read. */
    DIRECT
}
