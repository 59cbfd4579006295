package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.Change;
import java.time.Duration;
import java.util.Optional;

/**
 * Hears of each change that was committed, so that a host can evict what it keeps of the rows in caches, or fill columns that vmsync does
 * not write, such as {@code credits_used}.
 *
 * <p>Called after the transaction of the change is committed, on the thread that committed it, outside any transaction, once for
 * each change. The cycle waits for it. If the process dies between the commit and the call, the call is missed, and nobody makes up for
 * it: what must not be lost belongs into the billing. What it throws is logged and breaks nothing; the change stays.
 */
@FunctionalInterface
public interface AfterCommit {

    /**
     * A change is durable.
     *
     * @param change what was written, with the rows as they were read before
     * @param billed what the session that it ended is billed for; empty if it ended none
     */
    void committed(Change change, Optional<Duration> billed);
}
