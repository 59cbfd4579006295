package com.berryfi.vmsync.testkit.arm;

/** What an {@link ArmSimulator} was asked for. */
public enum ArmCall {
    /** One page of a subscription's machines. */
    LIST,
    /** One page of the same from the index: {@code useResourceGraph=true}. */
    INDEX,
    /** One machine, with or without its instance view. */
    DIRECT,
    /** The instance view of one machine alone. */
    INSTANCE_VIEW,
    /** One machine to be deallocated. */
    DEALLOCATE,
    /** A token, at the simulated login. */
    TOKEN,
    /** Anything else; it is refused. */
    OTHER
}
