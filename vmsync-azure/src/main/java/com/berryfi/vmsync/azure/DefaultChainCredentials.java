package com.berryfi.vmsync.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.management.AzureEnvironment;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.berryfi.vmsync.model.Scope;
import java.util.Optional;

/** One {@code DefaultAzureCredential}, with its tokens, for each tenant and identity. */
final class DefaultChainCredentials implements AzureCredentials {

    private record Key(String tenant, String principal) {}

    private final Optional<HttpClient> httpClient;
    private final AzureEnvironment environment;
    private final CredentialCache<Key> credentials = new CredentialCache<>();

    DefaultChainCredentials() {
        this(Optional.empty(), AzureEnvironment.AZURE);
    }

    private DefaultChainCredentials(Optional<HttpClient> httpClient, AzureEnvironment environment) {
        this.httpClient = httpClient;
        this.environment = environment;
    }

    @Override
    public AzureCredentials through(HttpClient client, AzureEnvironment cloud) {
        return new DefaultChainCredentials(
                Optional.of(LoginHttpClient.bounding(client, LoginHttpClient.AT_MOST)), cloud);
    }

    @Override
    public TokenCredential credentialFor(Scope scope) {
        return credentials.get(new Key(scope.tenant(), scope.principal()), this::credential);
    }

    @Override
    public void refused(TokenCredential credential) {
        credentials.forget(credential);
    }

    /**
     * The SDK's own retries stay: the managed identity's endpoint asks for them while an identity is being set up, the chain
     * has one setting for all its parts, and with {@code retryOptions} the managed identity refuses to start beside its own
     * policy. The time of the read bounds them.
     */
    private TokenCredential credential(Key key) {
        DefaultAzureCredentialBuilder builder =
                new DefaultAzureCredentialBuilder().authorityHost(environment.getActiveDirectoryEndpoint());
        httpClient.ifPresent(builder::httpClient);
        if (!key.tenant().isBlank()) {
            builder.tenantId(key.tenant());
        }
        if (!key.principal().isBlank()) {
            builder.managedIdentityClientId(key.principal()).workloadIdentityClientId(key.principal());
        }
        return builder.build();
    }
}
