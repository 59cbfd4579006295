package com.berryfi.vmsync.model;

/** What is braked, each by itself. */
public enum BrakeKind {
    /** Sessions that would be ended. */
    END,
    /** Sessions whose billing would be suspended. */
    SUSPEND,
    /** Orphans that would be deallocated. */
    DEALLOCATE
}
