package com.berryfi.vmsync.azure;

import static com.berryfi.vmsync.azure.ListReadTest.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.port.CloudStatusPort.Request;
import com.berryfi.vmsync.port.PortException;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.UnavailableException;
import com.berryfi.vmsync.port.VmPowerPort;
import com.berryfi.vmsync.testkit.arm.ArmCall;
import com.berryfi.vmsync.testkit.arm.ArmFault;
import com.berryfi.vmsync.testkit.arm.ArmVm;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Machines deallocated, over TLS. */
class VmPowerTest {

    private final SimulatedAzure azure = new SimulatedAzure();
    private final VmPowerPort power = azure.cloud.power();
    private final ArmVm machine =
            azure.subscription.transitionsTake(Duration.ofMinutes(5)).put("rg", "vm-1", PowerState.RUNNING);

    @AfterEach
    void close() {
        azure.close();
    }

    @Test
    void itReadsFirstThenAsksOnceAndDoesNotWait() {
        Optional<String> operation = deallocate();

        List<String> requests = azure.arm.requests();
        assertThat(requests).hasSize(2);
        assertThat(requests.get(0)).startsWith("GET ").contains("/vm-1?", "$expand=instanceView");
        assertThat(requests.get(1)).startsWith("POST ").contains("/vm-1/deallocate?");
        assertThat(operation.orElseThrow()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(machine.power()).isEqualTo(PowerState.DEALLOCATING);
    }

    @Test
    void oneThatIsOffAlreadyOrAboutToBeIsLeftAlone() {
        assertThat(deallocate()).isPresent();
        assertThat(deallocate()).isEmpty();
        azure.now.set(SimulatedAzure.NOW.plus(Duration.ofMinutes(5)));
        assertThat(deallocate()).isEmpty();

        assertThat(azure.arm.calls(ArmCall.DEALLOCATE)).isEqualTo(1);
        assertThat(machine.power()).isEqualTo(PowerState.DEALLOCATED);
    }

    @Test
    void oneThatIsStoppedIsBilledOnUntilItIsDeallocated() {
        machine.power(PowerState.STOPPED);

        assertThat(deallocate()).isPresent();
        assertThat(machine.power()).isEqualTo(PowerState.DEALLOCATING);
    }

    @Test
    void oneThatIsNotThereIsRejectedByName() {
        azure.subscription.vanish("rg", "vm-1");

        assertThatThrownBy(this::deallocate)
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining(machine.resourceId());
        assertNothingWasSent();
    }

    @Test
    void anAddressThatIsNoneCostsNoCall() {
        assertThatThrownBy(() -> power.deallocate(
                        azure.scope, CloudAddress.ofName("", "vm-without-group"), SimulatedAzure.AT_MOST))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("vm-without-group");
        assertThat(azure.arm.requests()).isEmpty();
    }

    @Test
    void anUnknownPowerIsNoReasonToTurnOff() {
        machine.withoutPowerState();

        assertThatThrownBy(this::deallocate)
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("NO_POWER_STATE");
        assertNothingWasSent();
    }

    @Test
    void aReadThatFailsSendsNothing() {
        machine.failsTimes(1, ArmFault.throttledByCompute(Duration.ofSeconds(90)));

        assertThatThrownBy(this::deallocate)
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("HTTP 429")
                .hasMessageContaining("90 s");
        assertNothingWasSent();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(ArmFault.throttledByCompute(Duration.ofSeconds(90)), UnavailableException.class, "90 s"),
                Arguments.of(ArmFault.throttledByArm(Duration.ofSeconds(7)), UnavailableException.class, "7 s"),
                Arguments.of(ArmFault.serverError(503), UnavailableException.class, "HTTP 503"),
                Arguments.of(ArmFault.badGateway(), UnavailableException.class, "HTTP 502"),
                Arguments.of(ArmFault.forbidden(), RejectedException.class, "HTTP 403 AuthorizationFailed"),
                Arguments.of(
                        ArmFault.error(409, "OperationNotAllowed", "secret text"),
                        RejectedException.class,
                        "HTTP 409 OperationNotAllowed"),
                Arguments.of(ArmFault.error(404, "ResourceNotFound", ""), RejectedException.class, "HTTP 404"),
                Arguments.of(ArmFault.unauthorized(), RejectedException.class, "HTTP 401"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aRefusalIsToldByStatusAndCodeAfterOneTry(ArmFault fault, Class<? extends PortException> type, String named) {
        azure.subscription.fails(ArmCall.DEALLOCATE, fault);

        assertThatThrownBy(this::deallocate)
                .isInstanceOf(type)
                .hasMessageContainingAll(machine.resourceId(), named)
                .hasMessageNotContainingAny("secret text", SimulatedAzure.TOKEN);
        assertThat(azure.arm.calls(ArmCall.DEALLOCATE)).isEqualTo(1);
        assertThat(machine.power()).isEqualTo(PowerState.RUNNING);
    }

    @Test
    void aRefusalForTheNumberOfCallsIsRememberedWithoutASecondOne() {
        azure.subscription.fails(ArmCall.DEALLOCATE, ArmFault.throttledByCompute(Duration.ofMinutes(10)));

        assertThatThrownBy(this::deallocate).isInstanceOf(UnavailableException.class);
        azure.subscription.heal();
        assertThatThrownBy(this::deallocate)
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("THROTTLED");

        assertThat(azure.arm.calls(ArmCall.DEALLOCATE)).isEqualTo(1);
    }

    @Test
    void anAnswerThatNeverComesEndsWithTheTime() {
        azure.subscription.fails(ArmCall.DEALLOCATE, ArmFault.hang());
        azure.direct(address(machine));

        assertThatThrownBy(() -> power.deallocate(azure.scope, address(machine), Duration.ofSeconds(3)))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("TIMED_OUT");
        assertThat(azure.arm.calls(ArmCall.DEALLOCATE)).isEqualTo(1);
    }

    @Test
    void withoutAnOperationTheRequestIsNamed() {
        ArmFault accepted = ArmFault.emptyBody().withStatus(202).withHeader("x-ms-request-id", "request-7");
        azure.subscription.failsTimes(ArmCall.DEALLOCATE, 1, accepted);
        azure.subscription.failsTimes(
                ArmCall.DEALLOCATE, 1, accepted.withHeader("Azure-AsyncOperation", "https://a/b c\"d?e=f"));

        assertThat(deallocate()).contains("request-7");
        assertThat(deallocate()).contains("request-7");
    }

    @Test
    void whoDoesNotAskForItNeverSendsAnythingButGets() {
        CloudAddress address = address(machine);

        Reading listed = azure.list(address);
        Reading direct = azure.direct(address);

        assertThat(listed.complete() && direct.complete()).isTrue();
        assertThat(azure.arm.requests()).isNotEmpty().allMatch(request -> request.startsWith("GET "));
    }

    @Test
    void readsAndDeallocationsShareOneBudget() {
        AzureCloudStatus small = AzureCloudStatus.builder(any -> SimulatedAzure.token(SimulatedAzure.TOKEN))
                .withEnvironment(azure.environment())
                .withHttpClient(azure.httpClient())
                .withNanoTime(() -> 0)
                .build();
        for (int i = 0; i < 6; i++) {
            small.read(new Request(
                    azure.scope,
                    Set.of(address(machine)),
                    ReadKind.DIRECT,
                    SimulatedAzure.NOW,
                    SimulatedAzure.AT_MOST));
        }

        assertThatThrownBy(() -> small.power().deallocate(azure.scope, address(machine), Duration.ofSeconds(2)))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("DIRECT_READ");
        assertNothingWasSent();
    }

    private Optional<String> deallocate() {
        return power.deallocate(azure.scope, address(machine), SimulatedAzure.AT_MOST);
    }

    private void assertNothingWasSent() {
        assertThat(azure.arm.calls(ArmCall.DEALLOCATE)).isZero();
    }
}
