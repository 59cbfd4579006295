package com.berryfi.vmsync.port;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SyncKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Reads the power of VMs from a cloud. Changes nothing there.
 *
 * <p>An adapter tries once and does not retry; core does. It must be safe to call from several threads, for one scope or many,
 * and returns within {@link Request#atMost()}, or soon after.
 *
 * <p>Failures are part of the answer, never an empty one: a list that breaks off is a {@link Reading} that is not complete,
 * with its cause; a direct read that fails is an {@code Unknown} for its address. {@code Missing} is said of a direct
 * not-found of the VM or its group alone. What an adapter throws all the same counts as a reading in which nothing is known.
 */
@FunctionalInterface
public interface CloudStatusPort {

    /**
     * Reads once.
     *
     * @param request what to read, how, and how long it may take
     * @return an answer, perhaps partial; for {@link ReadKind#DIRECT} with an entry for every address
     */
    Reading read(Request request);

    /**
     * Whether the adapter keeps the cloud's limits by itself, and obeys what the cloud asks. Then it may be asked again at once after
     * it was told to wait: it may know another way to read, and sends nothing that it may not. By default core leaves a scope alone for
     * as long as {@link Reading#retryAfter()} says.
     *
     * @return whether core need not wait; {@code false} by default
     */
    default boolean keepsLimits() {
        return false;
    }

    /**
     * What to read.
     *
     * @param scope with which credential, in which subscription
     * @param addresses which VMs: of a list, those to be told of, at once thousands; of a direct read, those to be read one by
     *     one, {@code azure.status.sync.batch.size} at most
     * @param kind how
     * @param askedAt the caller's clock just before the call; becomes the evidence's {@code sentAt}, so that adapters need no
     *     clock of their own
     * @param atMost how long the whole call may take
     * @param sync what it is for: where an adapter cannot serve all, a full sync comes last
     */
    record Request(
            Scope scope, Set<CloudAddress> addresses, ReadKind kind, Instant askedAt, Duration atMost, SyncKind sync) {
        /**
         * Copies the addresses: later changes of them are not seen here.
         *
         * @param scope with which credential, in which subscription
         * @param addresses which VMs
         * @param kind how
         * @param askedAt the caller's clock just before the call
         * @param atMost how long the whole call may take
         * @param sync what it is for: where an adapter cannot serve all, a full sync comes last
         */
        public Request {
            addresses = Set.copyOf(addresses);
        }

        /**
         * For a quick sync.
         *
         * @param scope with which credential, in which subscription
         * @param addresses which VMs
         * @param kind how
         * @param askedAt the caller's clock just before the call
         * @param atMost how long the whole call may take
         */
        public Request(Scope scope, Set<CloudAddress> addresses, ReadKind kind, Instant askedAt, Duration atMost) {
            this(scope, addresses, kind, askedAt, atMost, SyncKind.QUICK);
        }
    }
}
