package com.berryfi.vmsync.model;

/** To which instant billing goes back when a machine is found off. */
public enum BillingCut {
    /** The last proof that it ran: in the user's favour. */
    LAST_PROOF_OF_RUNNING,
    /** The first proof that it was off. */
    FIRST_PROOF_OF_OFF
}
