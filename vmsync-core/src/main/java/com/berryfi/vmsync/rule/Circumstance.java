package com.berryfi.vmsync.rule;

/** What, beside the statuses and the cloud's answer, decides which rule speaks. */
enum Circumstance {
    /** The cloud has said so for longer than any time that the host's policy names; else for the first time. */
    LONG,
    /** The host has changed the rows of late. */
    FENCED,
    /** The machine was proven running for this session. */
    PROVEN_RUNNING,
    /** The session's bill is interrupted. */
    SUSPENDED,
    /** The machine was proven off, and its bill does not know yet. */
    LAPSED,
    /** The VM's row names no session where there is one, or one where there is none. */
    ROWS_DISAGREE,
    /** We have set the VM's ERROR. */
    OUR_ERROR,
    /** Another machine answers under the VM's address. */
    REPLACED,
    /** An operator holds the VM. */
    ON_HOLD,
    /** The cloud was asked before the rows were read. */
    STALE,
    /** The host has saved old values over a session that we had ended. */
    OVERWRITTEN
}
