package com.berryfi.vmsync.model;

/** What is braked, each by itself. */
public enum BrakeKind {
    END,
    SUSPEND,
    DEALLOCATE
}
