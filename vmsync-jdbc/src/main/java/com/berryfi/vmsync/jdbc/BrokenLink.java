package com.berryfi.vmsync.jdbc;

/**
 * Where a chain of the audit does not hold.
 *
 * @param chain which chain: {@code session/} and the session's id or, for records without a session, {@code vm/} and the VM's
 * @param link the link at which it shows, from 1; of several in a row, the first
 * @param fault what is wrong
 * @param detail the same in words
 */
public record BrokenLink(String chain, long link, Fault fault, String detail) {

    /** What can be wrong with a link. */
    public enum Fault {
        /** The record does not fit its hash, or does not follow from the link before it: one of the two was changed. */
        CHANGED,
        /** Links are gone from the beginning or the middle. A record right behind them cannot be checked by itself. */
        MISSING,
        /** Links are gone from the end. */
        TRUNCATED,
        /** The record is one of the chain, but stood elsewhere in it. */
        REORDERED,
        /** The record was never appended: vmsync has not written it, or it comes from another chain. */
        ADDED,
        /** The row in {@code vmsync_audit_chain} does not agree with the links. */
        HEAD_CHANGED,
        /** The row in {@code vmsync_audit_chain} is gone. */
        HEAD_MISSING,
        /** A link, or all up to it, is another than when its head was handed out: the chain was written anew. */
        REWRITTEN
    }

    @Override
    public String toString() {
        return "vmsync_audit " + chain + " link " + link + ": " + fault + ": " + detail;
    }
}
