package com.berryfi.vmsync.port;

import com.berryfi.vmsync.model.Alert;
import java.time.Instant;

/**
 * Tells people of what stands, and that it is over.
 *
 * <p>Called at the end of a cycle, on its thread, by one thread at a time: it must not block for long, for the next cycle waits. Each
 * alert is raised once, again if its level or cause changes, and resolved once. A process that starts anew knows nothing of what
 * was told before it: it raises again what stands, and resolves only what it has raised. Several replicas may tell of the same, as
 * one database that fails. Whoever keeps alerts knows them by {@link Alert#key()}.
 */
public interface AlertPort {

    /**
     * Something begins, or has become another matter.
     *
     * @param alert as it is now
     * @throws UnavailableException if nothing can be told now; this and the rest is tried again at the end of the next cycle, if it
     *     stands then
     * @throws RejectedException if this one cannot be told; it is tried again as well, after the others
     */
    void raised(Alert alert);

    /**
     * It is over.
     *
     * @param alert as it was when it was last seen
     * @param at when its end was seen
     * @throws UnavailableException as of {@link #raised}
     * @throws RejectedException as of {@link #raised}
     */
    void resolved(Alert alert, Instant at);
}
