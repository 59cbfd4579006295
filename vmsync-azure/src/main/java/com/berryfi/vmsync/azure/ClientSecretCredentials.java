package com.berryfi.vmsync.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.management.AzureEnvironment;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.port.ClientSecret;
import com.berryfi.vmsync.port.ClientSecretSource;
import com.berryfi.vmsync.port.RejectedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/** One {@code ClientSecretCredential}, with its tokens, for each tenant, client and secret that is in use. */
final class ClientSecretCredentials implements AzureCredentials {

    /** Of the secret its hash only. */
    private record Key(String tenant, String clientId, String secretHash) {}

    private final ClientSecretSource secrets;
    private final Optional<HttpClient> httpClient;
    private final AzureEnvironment environment;
    private final CredentialCache<Key> credentials = new CredentialCache<>();

    ClientSecretCredentials(ClientSecretSource secrets) {
        this(secrets, Optional.empty(), AzureEnvironment.AZURE);
    }

    private ClientSecretCredentials(
            ClientSecretSource secrets, Optional<HttpClient> httpClient, AzureEnvironment environment) {
        this.secrets = secrets;
        this.httpClient = httpClient;
        this.environment = environment;
    }

    @Override
    public AzureCredentials through(HttpClient client, AzureEnvironment cloud) {
        return new ClientSecretCredentials(
                secrets,
                Optional.of(LoginHttpClient.bounding(client, LoginHttpClient.AT_MOST)
                        .failingWhenBusy()),
                cloud);
    }

    @Override
    public TokenCredential credentialFor(Scope scope) {
        if (scope.tenant().isBlank()) {
            throw new RejectedException("tenant: scope " + scope + " has none, and a client secret needs one");
        }
        if (scope.principal().isBlank()) {
            throw new RejectedException("client id: scope " + scope + " has none, and a client secret needs one");
        }
        ClientSecret secret = secrets.secretOf(scope)
                .orElseThrow(() -> new RejectedException("client secret: there is none for scope " + scope));
        Key key = new Key(scope.tenant(), scope.principal(), hashOf(secret));
        return credentials.get(key, absent -> credential(scope, secret));
    }

    @Override
    public void refused(TokenCredential credential) {
        credentials.forget(credential);
    }

    private TokenCredential credential(Scope scope, ClientSecret secret) {
        ClientSecretCredentialBuilder builder = new ClientSecretCredentialBuilder()
                .tenantId(scope.tenant())
                .clientId(scope.principal())
                .clientSecret(secret.reveal())
                .authorityHost(environment.getActiveDirectoryEndpoint())
                .executorService(LoginThreads.forOneCredential())
                .retryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1))));
        httpClient.ifPresent(builder::httpClient);
        if (!AzureEnvironment.knownEnvironments().contains(environment)) {
            // A private cloud's login is unknown to the public one, which would be asked about it.
            builder.disableInstanceDiscovery();
        }
        return builder.build();
    }

    private static String hashOf(ClientSecret secret) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(secret.reveal().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException noJavaPlatform) {
            throw new IllegalStateException("every Java platform has SHA-256", noJavaPlatform);
        }
    }
}
