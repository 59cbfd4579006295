package com.berryfi.vmsync.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.testkit.arm.ArmCall;
import com.berryfi.vmsync.testkit.arm.ArmFault;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault and shape of body ends in the right cause, by both kinds of read, after one call. */
class FaultsTest {

    private final SimulatedAzure azure = new SimulatedAzure();
    private final CloudAddress machine = CloudAddress.ofResourceId(
            azure.subscription.put("rg", "vm-1", PowerState.RUNNING).resourceId());

    @AfterEach
    void close() {
        azure.close();
    }

    static Stream<Arguments> faults() {
        Duration wait = Duration.ofSeconds(12);
        return Stream.of(
                fault(ArmFault.unauthorized(), UnknownCause.UNAUTHENTICATED, "HTTP 401 ExpiredAuthenticationToken"),
                fault(ArmFault.forbidden(), UnknownCause.FORBIDDEN, "HTTP 403 AuthorizationFailed"),
                fault(
                        ArmFault.subscriptionNotFound(),
                        UnknownCause.SUBSCRIPTION_UNREADABLE,
                        "HTTP 404 SubscriptionNotFound"),
                fault(
                        ArmFault.subscriptionDisabled(),
                        UnknownCause.SUBSCRIPTION_UNREADABLE,
                        "HTTP 409 ReadOnlyDisabledSubscription"),
                fault(
                        ArmFault.error(404, "InvalidResourceType", ""),
                        UnknownCause.OTHER,
                        "HTTP 404 InvalidResourceType"),
                fault(ArmFault.providerNotRegistered(), UnknownCause.OTHER, "HTTP 409 MissingSubscriptionRegistration"),
                fault(
                        ArmFault.throttledByArm(wait),
                        UnknownCause.THROTTLED,
                        "HTTP 429 SubscriptionRequestsThrottled",
                        wait),
                fault(
                        ArmFault.throttledByCompute(wait),
                        UnknownCause.THROTTLED,
                        "HTTP 429 OperationNotAllowed/TooManyRequests",
                        wait),
                fault(ArmFault.serverError(500), UnknownCause.SERVER_ERROR, "HTTP 500 InternalServerError"),
                fault(ArmFault.serverError(503), UnknownCause.SERVER_ERROR, "HTTP 503 InternalServerError"),
                fault(ArmFault.badGateway(), UnknownCause.SERVER_ERROR, "HTTP 502"),
                fault(ArmFault.emptyObject(), UnknownCause.UNREADABLE_ANSWER, ""),
                fault(ArmFault.emptyBody(), UnknownCause.UNREADABLE_ANSWER, ""),
                fault(ArmFault.garbage(), UnknownCause.UNREADABLE_ANSWER, ""),
                fault(ArmFault.cutMidBody(), UnknownCause.CONNECTION_FAILED, ""));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultHasItsCause(ArmFault fault, UnknownCause cause, String detail, Optional<Duration> retryAfter) {
        azure.subscription.fails(fault);

        for (ReadKind kind : ReadKind.values()) {
            Reading reading = azure.read(kind, machine);

            assertThat(reading.complete()).isFalse();
            Observation.Unknown failure = reading.failure().orElseThrow();
            assertThat(failure.cause()).as("%s: %s", kind, failure).isEqualTo(cause);
            assertThat(failure.detail()).contains(detail);
            assertThat(reading.retryAfter()).isEqualTo(retryAfter);
        }
        assertThat(azure.arm.calls(ArmCall.LIST)).isEqualTo(1);
        assertThat(azure.arm.calls(ArmCall.DIRECT)).isEqualTo(1);
        assertThat(azure.arm.requests()).allMatch(request -> request.startsWith("GET "));
    }

    @Test
    void aNotFoundIsMissingInADirectReadOnly() {
        azure.subscription.fails(ArmFault.error(404, "ResourceNotFound", ""));

        assertThat(azure.list(machine).failure().orElseThrow().cause()).isEqualTo(UnknownCause.OTHER);
        assertThat(azure.list(machine).evidence()).isEmpty();
        assertThat(SimulatedAzure.observation(azure.direct(machine), machine))
                .isEqualTo(new Observation.Missing("ResourceNotFound"));
    }

    @Test
    void aGroupThatIsGoneIsMissing() {
        azure.subscription.vanishGroup("rg");

        Reading reading = azure.direct(machine);

        assertThat(reading.complete()).isTrue();
        assertThat(SimulatedAzure.observation(reading, machine))
                .isEqualTo(new Observation.Missing("ResourceGroupNotFound"));
    }

    @Test
    void aServerThatIsDownIsAFailedConnection() {
        azure.arm.close();

        for (ReadKind kind : ReadKind.values()) {
            assertThat(azure.read(kind, machine).failure().orElseThrow().cause())
                    .isEqualTo(UnknownCause.CONNECTION_FAILED);
        }
    }

    @Test
    void aCertificateThatIsNotTrustedIsAFailedConnection() {
        AzureCloudStatus distrustful = AzureCloudStatus.builder(any -> SimulatedAzure.token(SimulatedAzure.TOKEN))
                .withEnvironment(azure.environment())
                .build();

        AzureFleet fleet = distrustful.fleet(azure.scope, SimulatedAzure.AT_MOST);

        assertThat(fleet.failure().orElseThrow().cause()).isEqualTo(UnknownCause.CONNECTION_FAILED);
        assertThat(azure.arm.calls(ArmCall.LIST)).isZero();
    }

    @Test
    void afterTheFaultTheNextReadIsWell() {
        azure.subscription.failsTimes(1, ArmFault.cutMidBody());

        assertThat(azure.list(machine).complete()).isFalse();
        assertThat(azure.list(machine).complete()).isTrue();
    }

    @Test
    void aSecondPageWithoutAListIsNotTheEnd() {
        azure.subscription.put("rg", "vm-2", PowerState.RUNNING);
        azure.subscription.pagesOf(1).failsAfterPage(1, ArmFault.emptyObject());

        Reading list = azure.list(machine);

        assertThat(list.failure().orElseThrow().cause()).isEqualTo(UnknownCause.UNREADABLE_ANSWER);
        assertThat(list.listed()).isEqualTo(1);
        assertThat(list.evidence()).containsOnlyKeys(machine);
        assertThat(list.quotaLeft()).isNotEmpty();
    }

    @Test
    void quotasAndRequestIdsAreHandedOn() {
        azure.subscription.remainingReads(42);

        for (ReadKind kind : ReadKind.values()) {
            Reading reading = azure.read(kind, machine);

            assertThat(reading.quotaLeft())
                    .containsEntry("x-ms-ratelimit-remaining-subscription-reads", 42L)
                    .containsEntry("microsoft.compute/highcostget", 159L)
                    .containsEntry("microsoft.compute/highcostget30min", 797L);
            assertThat(SimulatedAzure.evidence(reading, machine).requestId().orElseThrow())
                    .startsWith("sim-");
        }
    }

    private static Arguments fault(ArmFault fault, UnknownCause cause, String detail) {
        return Arguments.of(fault, cause, detail, Optional.empty());
    }

    private static Arguments fault(ArmFault fault, UnknownCause cause, String detail, Duration retryAfter) {
        return Arguments.of(fault, cause, detail, Optional.of(retryAfter));
    }
}
