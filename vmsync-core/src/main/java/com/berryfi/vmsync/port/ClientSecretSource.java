package com.berryfi.vmsync.port;

import com.berryfi.vmsync.model.Scope;
import java.util.Optional;

/** Finds the client secret of a scope's principal, each time it is asked, so that a rotated one is picked up. Thread-safe. */
@FunctionalInterface
public interface ClientSecretSource {

    /**
     * The present secret.
     *
     * @param scope whose principal is to log in
     * @return empty if there is none for this scope
     * @throws UnavailableException if the place where it is kept cannot be reached
     */
    Optional<ClientSecret> secretOf(Scope scope);
}
