package com.berryfi.vmsync.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.management.AzureEnvironment;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.port.ClientSecretSource;

/**
 * Finds the credential a scope is read with.
 *
 * <p>Asked once for every read, from any thread; it may block, within the time of the read. Give the same object as long as
 * the credential is the same: tokens are kept with it. What it throws makes the reading unknown: an {@link
 * com.berryfi.vmsync.port.UnavailableException} as a failed connection, anything else as unauthenticated.
 */
@FunctionalInterface
public interface AzureCredentials {

    /**
     * Finds the credential that reads a scope.
     *
     * @param scope whose tenant, principal and subscription choose it
     * @return the credential; the same object as long as it is the same credential
     * @throws com.berryfi.vmsync.port.RejectedException if there is none; the message says what is missing, and holds no secret
     * @throws com.berryfi.vmsync.port.UnavailableException if it cannot be had now; the message names what could not be reached
     */
    TokenCredential credentialFor(Scope scope);

    /**
     * The same credentials, getting their tokens through this HTTP client and at this environment's login. Called once, when
     * the adapter is built; what has its own way to a token returns itself.
     *
     * @param httpClient the client that the adapter uses for all its calls
     * @param environment whose login endpoint gives the tokens
     * @return credentials that go that way; by default these themselves
     */
    default AzureCredentials through(HttpClient httpClient, AzureEnvironment environment) {
        return this;
    }

    /**
     * A credential of these, or a token of it, was refused: what is kept of it is worth nothing any more, and the next
     * {@link #credentialFor} should begin anew. By default nothing is done.
     *
     * @param credential one that {@link #credentialFor} gave
     */
    default void refused(TokenCredential credential) {}

    /**
     * Client secrets, one credential for each tenant, client and secret. The source is asked for every read, so that a
     * rotated secret is picked up with the next one; a credential that was not used for an hour is forgotten. A scope needs
     * a tenant and a principal. Each credential logs in on a daemon thread of its own, 10 s a call at most.
     *
     * @param secrets where the secrets are kept; asked for every read
     * @return credentials that are safe for several threads
     */
    static AzureCredentials clientSecrets(ClientSecretSource secrets) {
        return new ClientSecretCredentials(secrets);
    }

    /**
     * Azure's default chain: environment, workload identity, managed identity, developer tools. A scope's tenant and
     * principal, where it has them, choose the tenant and the managed or workload identity.
     *
     * @return credentials that are safe for several threads
     */
    static AzureCredentials defaultChain() {
        return new DefaultChainCredentials();
    }
}
