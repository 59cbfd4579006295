package com.berryfi.vmsync.model;

/** How the cloud was asked. */
public enum ReadKind {
    /** One read of all VMs of a scope; may lag, and may leave VMs out. */
    LIST,
    /** One VM by its address: model and instance view in one call. What a destructive effect needs. */
    DIRECT
}
