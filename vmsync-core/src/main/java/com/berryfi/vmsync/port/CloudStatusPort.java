package com.berryfi.vmsync.port;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
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
     * @return an answer, perhaps partial; for {@link ReadKind#DIRECT} with an entry for every address
     */
    Reading read(Request request);

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
     */
    record Request(Scope scope, Set<CloudAddress> addresses, ReadKind kind, Instant askedAt, Duration atMost) {
        public Request {
            addresses = Set.copyOf(addresses);
        }
    }
}
