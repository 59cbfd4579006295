package com.berryfi.vmsync.model;

/** How far a rule's decision is carried out. */
public enum Mode {
    /** Audited only. */
    OBSERVE,
    /** Audited and reported to people. */
    ALERT,
    /** Carried out. */
    ACT
}
