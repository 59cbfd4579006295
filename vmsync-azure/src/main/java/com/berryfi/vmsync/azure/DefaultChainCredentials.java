package com.berryfi.vmsync.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.management.AzureEnvironment;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.berryfi.vmsync.model.Scope;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;

/** One {@code DefaultAzureCredential}, with its tokens, for each tenant and identity. */
final class DefaultChainCredentials implements AzureCredentials {

    private static final int MOST_CREDENTIALS = 1_000;

    private record Key(String tenant, String principal) {}

    private final Optional<HttpClient> httpClient;
    private final AzureEnvironment environment;
    private final Cache<Key, TokenCredential> credentials =
            Caffeine.newBuilder().maximumSize(MOST_CREDENTIALS).build();

    DefaultChainCredentials() {
        this(Optional.empty(), AzureEnvironment.AZURE);
    }

    private DefaultChainCredentials(Optional<HttpClient> httpClient, AzureEnvironment environment) {
        this.httpClient = httpClient;
        this.environment = environment;
    }

    @Override
    public AzureCredentials through(HttpClient client, AzureEnvironment cloud) {
        return new DefaultChainCredentials(Optional.of(client), cloud);
    }

    @Override
    public TokenCredential credentialFor(Scope scope) {
        return credentials.get(new Key(scope.tenant(), scope.principal()), this::credential);
    }

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
