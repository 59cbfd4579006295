package com.berryfi.vmsync.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.Context;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.port.ClientSecret;
import com.berryfi.vmsync.port.CloudStatusPort.Request;
import com.berryfi.vmsync.testkit.arm.ArmCall;
import com.berryfi.vmsync.testkit.arm.ArmFault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** Logins that fail or hang, by the SDK's own client-secret credential over TLS. */
class LoginTest {

    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final SimulatedAzure azure = new SimulatedAzure();
    private final CloudAddress machine = ListReadTest.address(azure.subscription.put("rg", "vm-1", PowerState.RUNNING));
    private final AzureCloudStatus cloud =
            azure.cloudWith(AzureCredentials.clientSecrets(scope -> Optional.of(ClientSecret.of("secret"))));

    @AfterEach
    void close() {
        azure.close();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(ArmFault.throttledByArm(Duration.ofSeconds(7)), UnknownCause.THROTTLED),
                Arguments.of(ArmFault.serverError(500), UnknownCause.SERVER_ERROR),
                Arguments.of(ArmFault.serverError(503), UnknownCause.SERVER_ERROR),
                Arguments.of(ArmFault.badGateway(), UnknownCause.SERVER_ERROR),
                Arguments.of(ArmFault.cutMidBody(), UnknownCause.CONNECTION_FAILED),
                Arguments.of(ArmFault.garbage(), UnknownCause.UNREADABLE_ANSWER),
                Arguments.of(ArmFault.forbidden(), UnknownCause.UNAUTHENTICATED));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFailedLoginHasItsCauseEachTimeAndHeals(ArmFault fault, UnknownCause cause) {
        azure.arm.principal("tenant", "principal", "secret", SimulatedAzure.TOKEN);
        azure.arm.loginFails("tenant", fault);

        for (int calls = 1; calls <= 2; calls++) {
            Reading reading = read("tenant", "principal", SimulatedAzure.AT_MOST);
            assertThat(reading.failure().orElseThrow().cause())
                    .as(reading.toString())
                    .isEqualTo(cause);
            assertThat(azure.arm.calls(ArmCall.TOKEN)).isEqualTo(calls);
        }

        azure.arm.healLogin("tenant");
        assertThat(read("tenant", "principal", SimulatedAzure.AT_MOST).complete())
                .isTrue();
    }

    @Test
    void aThrottledLoginSaysForHowLong() {
        azure.arm.principal("tenant", "principal", "secret", SimulatedAzure.TOKEN);
        azure.arm.loginFails("tenant", ArmFault.throttledByArm(Duration.ofSeconds(7)));

        Reading reading = read("tenant", "principal", SimulatedAzure.AT_MOST);

        assertThat(reading.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(reading.failure().orElseThrow()).hasToString("unknown (THROTTLED: no token: HTTP 429)");
    }

    @Test
    void aFailedLoginEndsABatchOfDirectReads() {
        azure.arm.principal("tenant", "principal", "secret", SimulatedAzure.TOKEN);
        azure.arm.loginFails("tenant", ArmFault.serverError(503));
        CloudAddress[] machines = IntStream.range(0, 40)
                .mapToObj(i -> ListReadTest.address(azure.subscription.put("rg", "vm-" + i, PowerState.RUNNING)))
                .toArray(CloudAddress[]::new);

        Reading reading = cloud.read(new Request(
                azure.scope, Set.of(machines), ReadKind.DIRECT, SimulatedAzure.NOW, SimulatedAzure.AT_MOST));

        assertThat(reading.evidence()).containsOnlyKeys(machines);
        assertThat(reading.failure().orElseThrow().cause()).isEqualTo(UnknownCause.SERVER_ERROR);
        assertThat(azure.arm.calls(ArmCall.TOKEN)).isLessThan(10);
    }

    @Test
    void aLoginThatIsLateTimesOut() {
        azure.arm.principal("tenant", "principal", "secret", SimulatedAzure.TOKEN);
        azure.arm.loginFails("tenant", ArmFault.slow(Duration.ofSeconds(20)));

        assertThat(read("tenant", "principal", PATIENCE).failure().orElseThrow().cause())
                .isEqualTo(UnknownCause.TIMED_OUT);
    }

    @Test
    void hungLoginsHoldUpNobodyElse() {
        azure.arm.principal("tenant", "principal", "secret", SimulatedAzure.TOKEN);
        azure.arm.loginFails("hung", ArmFault.hang());
        for (int i = 1; i <= 30; i++) {
            assertThat(read("hung", "principal-" + i, PATIENCE)
                            .failure()
                            .orElseThrow()
                            .cause())
                    .isEqualTo(UnknownCause.TIMED_OUT);
        }

        assertThat(read("tenant", "principal", Duration.ofSeconds(5)).complete())
                .isTrue();
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("vmsync-azure-login-"))
                .hasSizeGreaterThanOrEqualTo(20)
                .allMatch(Thread::isDaemon);
    }

    @Test
    void aCallOfALoginEndsWhateverTheHttpClientDoes() {
        azure.arm.loginFails("hung", ArmFault.hang());
        HttpRequest login = new HttpRequest(HttpMethod.POST, azure.arm.endpoint() + "/hung/oauth2/v2.0/token");

        for (HttpClient client : new HttpClient[] {azure.httpClient(), request -> Mono.never()}) {
            HttpClient bounded = LoginHttpClient.bounding(client, PATIENCE);
            for (ThrowingCallable call : new ThrowingCallable[] {
                () -> bounded.sendSync(login, Context.NONE),
                () -> bounded.send(login).block()
            }) {
                assertThatThrownBy(call)
                        .satisfies(late -> assertThat(Failures.of(new TokenFailure(late), SimulatedAzure.NOW)
                                        .why()
                                        .cause())
                                .isEqualTo(UnknownCause.TIMED_OUT));
            }
        }
    }

    private Reading read(String tenant, String principal, Duration atMost) {
        return cloud.read(new Request(
                new Scope("azure", tenant, principal, SimulatedAzure.SUBSCRIPTION),
                Set.of(machine),
                ReadKind.LIST,
                SimulatedAzure.NOW,
                atMost));
    }
}
