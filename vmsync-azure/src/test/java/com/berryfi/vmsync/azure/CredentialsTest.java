package com.berryfi.vmsync.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.management.AzureEnvironment;
import com.azure.identity.CredentialUnavailableException;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.port.CloudStatusPort.Request;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.UnavailableException;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Who reads what, with which token, and what is said when there is none. */
class CredentialsTest {

    private static final String SECRET = "s3cr3t~value";

    private final SimulatedAzure azure = new SimulatedAzure();
    private final CloudAddress machine = ListReadTest.address(azure.subscription.put("rg", "vm-1", PowerState.RUNNING));

    @AfterEach
    void close() {
        azure.close();
    }

    @Test
    void manyPrincipalsReadTheirOwnSubscriptions() {
        AzureCloudStatus cloud = azure.cloudWith(new AzureCredentials() {
            private final Map<String, TokenCredential> known = new ConcurrentHashMap<>();

            @Override
            public TokenCredential credentialFor(Scope scope) {
                return known.computeIfAbsent(scope.principal(), SimulatedAzure::token);
            }
        });
        for (int i = 0; i < 20; i++) {
            azure.arm.subscription("sub-" + i).readableBy("principal-" + i).put("rg", "vm", PowerState.RUNNING);
        }
        for (int i = 0; i < 20; i++) {
            Scope own = new Scope("azure", "tenant-" + i, "principal-" + i, "sub-" + i);
            Scope foreign = new Scope("azure", "tenant-" + i, "principal-" + i, "sub-" + (i + 1) % 20);
            assertThat(cloud.fleet(own, SimulatedAzure.AT_MOST).machines()).hasSize(1);
            assertThat(cloud.fleet(foreign, SimulatedAzure.AT_MOST)
                            .failure()
                            .orElseThrow()
                            .cause())
                    .isEqualTo(UnknownCause.FORBIDDEN);
        }
    }

    @Test
    void anUnknownSubscriptionIsUnreadable() {
        Scope nowhere = new Scope("azure", "tenant", "principal", "no-such-subscription");

        assertThat(azure.cloud
                        .fleet(nowhere, SimulatedAzure.AT_MOST)
                        .failure()
                        .orElseThrow()
                        .cause())
                .isEqualTo(UnknownCause.SUBSCRIPTION_UNREADABLE);
    }

    @Test
    void tokensAreAskedForLazilyAndOnce() {
        AtomicInteger tokens = new AtomicInteger();
        TokenCredential counting = request -> Mono.fromSupplier(() -> {
            tokens.incrementAndGet();
            return new AccessToken(SimulatedAzure.TOKEN, OffsetDateTime.MAX);
        });
        AzureCloudStatus cloud = azure.cloudWith(scope -> counting);
        assertThat(tokens).hasValue(0);

        read(cloud, azure.scope, ReadKind.LIST);
        read(cloud, azure.scope, ReadKind.DIRECT);
        read(cloud, azure.scope, ReadKind.LIST);

        assertThat(tokens).hasValue(1);
    }

    @Test
    void aTokenThatIsRefusedIsNotUsedAgain() {
        AtomicReference<String> token = new AtomicReference<>("a-bad-token");
        TokenCredential changing = request -> Mono.fromSupplier(() -> new AccessToken(token.get(), OffsetDateTime.MAX));
        AzureCloudStatus cloud = azure.cloudWith(scope -> changing);
        assertCause(read(cloud, azure.scope, ReadKind.LIST), UnknownCause.UNAUTHENTICATED);

        token.set(SimulatedAzure.TOKEN);

        assertThat(read(cloud, azure.scope, ReadKind.LIST).complete()).isTrue();
    }

    @Test
    void aLoginThatFailedOnceIsTriedAgainAtOnce() {
        AtomicInteger tries = new AtomicInteger();
        TokenCredential recovering = request -> Mono.fromCallable(() -> {
            if (tries.incrementAndGet() == 1) {
                throw new IOException("connection reset");
            }
            return new AccessToken(SimulatedAzure.TOKEN, OffsetDateTime.MAX);
        });
        AzureCloudStatus cloud = azure.cloudWith(scope -> recovering);
        assertCause(read(cloud, azure.scope, ReadKind.LIST), UnknownCause.CONNECTION_FAILED);

        assertThat(read(cloud, azure.scope, ReadKind.LIST).complete()).isTrue();
    }

    @Test
    void whatIsMissingIsNamed() {
        AzureCloudStatus noSecret = azure.cloudWith(AzureCredentials.clientSecrets(scope -> Optional.empty()));
        Scope noTenant = new Scope("azure", "", "principal", SimulatedAzure.SUBSCRIPTION);
        Scope noPrincipal = new Scope("azure", "tenant", " ", SimulatedAzure.SUBSCRIPTION);

        assertThat(detail(noSecret, azure.scope)).contains("client secret: there is none", azure.scope.toString());
        assertThat(detail(noSecret, noTenant)).contains("tenant:", noTenant.toString());
        assertThat(detail(noSecret, noPrincipal)).contains("client id:");
        assertThat(azure.arm.requests()).isEmpty();
    }

    @Test
    void aFailingCredentialIsNamedWithoutItsMessage() {
        assertThat(failing(new ClientAuthenticationException("with " + SECRET, null)))
                .isEqualTo(UnknownCause.UNAUTHENTICATED);
        assertThat(failing(new CredentialUnavailableException("with " + SECRET)))
                .isEqualTo(UnknownCause.UNAUTHENTICATED);
        assertThat(failing(new IllegalStateException("with " + SECRET))).isEqualTo(UnknownCause.UNAUTHENTICATED);
        assertThat(failing(new IOException("with " + SECRET))).isEqualTo(UnknownCause.CONNECTION_FAILED);
        assertThat(failing(new UnavailableException("the vault"))).isEqualTo(UnknownCause.CONNECTION_FAILED);
        assertThat(failing(new RejectedException("the vault"))).isEqualTo(UnknownCause.UNAUTHENTICATED);
    }

    @Test
    void theDefaultChainIsBuiltWithoutACall() {
        AzureCredentials chain = AzureCredentials.defaultChain().through(azure.httpClient(), azure.environment());

        TokenCredential credential = chain.credentialFor(azure.scope);

        assertThat(chain.credentialFor(azure.scope)).isSameAs(credential);
        assertThat(chain.credentialFor(new Scope("azure", "", "", "other"))).isNotSameAs(credential);
        assertThat(azure.arm.requests()).isEmpty();
    }

    @Test
    void anEnvironmentThatCannotWorkIsRefused() {
        AzureCloudStatus.Builder builder = AzureCloudStatus.builder(AzureCredentials.defaultChain());

        assertThatThrownBy(() -> builder.withEnvironment(new AzureEnvironment(Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("environment: its resource manager endpoint");
        assertThatThrownBy(() -> builder.withEnvironment(
                        new AzureEnvironment(Map.of("resourceManagerEndpointUrl", "http://localhost/"))))
                .hasMessageContaining("https");
    }

    @Test
    void theEnvironmentIsASettingOfThisModule() {
        AzureCloudStatus.Builder builder = AzureCloudStatus.builder(AzureCredentials.defaultChain());

        builder.withSettings(
                Map.of("azure.status.sync.azure.environment", "china", "azure.status.sync.batch.size", "5"));
        assertThatThrownBy(() -> builder.withSettings(Map.of("azure.status.sync.azure.environment", "moon")))
                .hasMessageContaining("azure.status.sync.azure.environment: must be one of");
        assertThatThrownBy(() -> builder.withSettings(Map.of("azure.status.sync.azure.enviroment", "china")))
                .hasMessageContaining("azure.status.sync.azure.enviroment: unknown setting");
    }

    private UnknownCause failing(Throwable failure) {
        Reading lazily = read(azure.cloudWith(scope -> request -> Mono.error(failure)), azure.scope, ReadKind.LIST);
        assertThat(lazily.toString()).doesNotContain(SECRET);
        if (failure instanceof RuntimeException thrown) {
            AzureCloudStatus eager = azure.cloudWith(scope -> {
                throw thrown;
            });
            Reading eagerly = read(eager, azure.scope, ReadKind.DIRECT);
            assertThat(eagerly.toString()).doesNotContain(SECRET);
            assertThat(eagerly.failure()).isEqualTo(lazily.failure());
        }
        return lazily.failure().orElseThrow().cause();
    }

    private String detail(AzureCloudStatus cloud, Scope scope) {
        Reading reading = read(cloud, scope, ReadKind.LIST);
        assertCause(reading, UnknownCause.UNAUTHENTICATED);
        return reading.failure().orElseThrow().detail();
    }

    private Reading read(AzureCloudStatus cloud, Scope scope, ReadKind kind) {
        return cloud.read(new Request(scope, Set.of(machine), kind, SimulatedAzure.NOW, SimulatedAzure.AT_MOST));
    }

    private static void assertCause(Reading reading, UnknownCause cause) {
        assertThat(reading.failure().orElseThrow().cause())
                .as(reading.toString())
                .isEqualTo(cause);
    }
}
