package com.berryfi.vmsync.testkit.contract;

/** How much rests on what a contract's test proves, and so whether it may be waived. */
public enum Tier {

    /** Without it a session may be ended or billed wrongly, or a machine be forgotten without a word. Never waived. */
    MUST,

    /** Without it everything stays right, but comes later, costs more calls, or says less. Waived with a reason. */
    SHOULD,

    /** Speaks of what not every cloud or host can be in. Waived, with that as the reason, where yours cannot. */
    MAY
}
