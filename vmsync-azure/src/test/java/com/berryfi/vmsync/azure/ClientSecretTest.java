package com.berryfi.vmsync.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.TokenCredential;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.port.ClientSecret;
import com.berryfi.vmsync.port.CloudStatusPort.Request;
import com.berryfi.vmsync.port.UnavailableException;
import com.berryfi.vmsync.testkit.arm.ArmCall;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Client secrets: rotated, refused, out of reach, forgotten. */
class ClientSecretTest {

    private static final String SECRET = "s3cr3t~value";

    private final SimulatedAzure azure = new SimulatedAzure();
    private final CloudAddress machine = ListReadTest.address(azure.subscription.put("rg", "vm-1", PowerState.RUNNING));

    @AfterEach
    void close() {
        azure.close();
    }

    @Test
    void aClientSecretLogsInAndARotatedOneIsPickedUp() {
        AtomicReference<ClientSecret> kept = new AtomicReference<>(ClientSecret.of(SECRET));
        azure.arm.principal("tenant", "principal", SECRET, SimulatedAzure.TOKEN);
        AzureCloudStatus cloud =
                azure.cloudWith(AzureCredentials.clientSecrets(scope -> Optional.ofNullable(kept.get())));

        assertThat(read(cloud, azure.scope, ReadKind.LIST).complete()).isTrue();
        assertThat(read(cloud, azure.scope, ReadKind.DIRECT).complete()).isTrue();
        assertThat(azure.arm.calls(ArmCall.TOKEN)).isEqualTo(1);

        azure.arm.principal("tenant", "principal", "rotated-" + SECRET, "another-token");
        azure.subscription.readableBy("another-token");
        azure.arm.revokeToken(SimulatedAzure.TOKEN);
        kept.set(ClientSecret.of("rotated-" + SECRET));

        assertThat(read(cloud, azure.scope, ReadKind.LIST).complete()).isTrue();
        assertThat(azure.arm.calls(ArmCall.TOKEN)).isEqualTo(2);
    }

    @Test
    void aRefusedTokenIsFetchedAnewWithTheSameSecret() {
        azure.arm.principal("tenant", "principal", SECRET, SimulatedAzure.TOKEN);
        AzureCloudStatus cloud =
                azure.cloudWith(AzureCredentials.clientSecrets(scope -> Optional.of(ClientSecret.of(SECRET))));
        assertThat(read(cloud, azure.scope, ReadKind.LIST).complete()).isTrue();

        azure.arm.principal("tenant", "principal", SECRET, "another-token");
        azure.subscription.readableBy("another-token");
        azure.arm.revokeToken(SimulatedAzure.TOKEN);

        assertCause(read(cloud, azure.scope, ReadKind.DIRECT), UnknownCause.UNAUTHENTICATED);
        assertThat(read(cloud, azure.scope, ReadKind.DIRECT).complete()).isTrue();
        assertThat(azure.arm.calls(ArmCall.TOKEN)).isEqualTo(2);
    }

    @Test
    void aSourceThatIsDownForAWhileCostsNoToken() {
        AtomicBoolean down = new AtomicBoolean();
        azure.arm.principal("tenant", "principal", SECRET, SimulatedAzure.TOKEN);
        AzureCloudStatus cloud = azure.cloudWith(AzureCredentials.clientSecrets(scope -> {
            if (down.get()) {
                throw new UnavailableException("the vault does not answer");
            }
            return Optional.of(ClientSecret.of(SECRET));
        }));
        assertThat(read(cloud, azure.scope, ReadKind.LIST).complete()).isTrue();

        down.set(true);
        Reading without = read(cloud, azure.scope, ReadKind.LIST);
        down.set(false);

        assertCause(without, UnknownCause.CONNECTION_FAILED);
        assertThat(without.failure().orElseThrow().detail()).contains("the vault does not answer");
        assertThat(read(cloud, azure.scope, ReadKind.LIST).complete()).isTrue();
        assertThat(azure.arm.calls(ArmCall.TOKEN)).isEqualTo(1);
    }

    @Test
    void aRefusedCredentialIsMadeAnewWithWhateverItKept() {
        AzureCredentials credentials = AzureCredentials.clientSecrets(scope -> Optional.of(ClientSecret.of(SECRET)))
                .through(azure.httpClient(), azure.environment());
        TokenCredential first = credentials.credentialFor(azure.scope);
        assertThat(credentials.credentialFor(azure.scope)).isSameAs(first);

        credentials.refused(first);

        assertThat(credentials.credentialFor(azure.scope)).isNotSameAs(first);
    }

    @Test
    void credentialsThatAreNotUsedAreForgotten() {
        AtomicLong nanos = new AtomicLong();
        CredentialCache<String> cache = new CredentialCache<>(nanos::get);
        Function<String, TokenCredential> anew = key -> SimulatedAzure.token(SimulatedAzure.TOKEN);
        TokenCredential first = cache.get("secret", anew);

        nanos.addAndGet(CredentialCache.UNUSED_AT_MOST.toNanos() - 1);
        assertThat(cache.get("secret", anew)).isSameAs(first);
        nanos.addAndGet(CredentialCache.UNUSED_AT_MOST.toNanos() + 1);
        assertThat(cache.get("secret", anew)).isNotSameAs(first);
    }

    @Test
    void aWrongSecretIsUnauthenticatedAfterOneCallAndNotTold() {
        azure.arm.principal("tenant", "principal", "another", SimulatedAzure.TOKEN);
        AzureCloudStatus cloud =
                azure.cloudWith(AzureCredentials.clientSecrets(scope -> Optional.of(ClientSecret.of(SECRET))));

        Reading reading = read(cloud, azure.scope, ReadKind.DIRECT);

        assertCause(reading, UnknownCause.UNAUTHENTICATED);
        assertThat(reading.toString()).contains("AADSTS7000215").doesNotContain(SECRET);
        assertThat(azure.arm.calls(ArmCall.TOKEN)).isEqualTo(1);
        assertThat(azure.arm.calls(ArmCall.DIRECT)).isZero();
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
