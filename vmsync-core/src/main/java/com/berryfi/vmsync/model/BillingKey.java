package com.berryfi.vmsync.model;

/**
 * By which a billing instruction is known for ever: apply each key once.
 *
 * @param session whose bill
 * @param counter 1 for the first instruction of that session, then 2, 3, …
 */
public record BillingKey(SessionId session, long counter) {
    @Override
    public String toString() {
        return session + "#" + counter;
    }
}
