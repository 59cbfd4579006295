package com.berryfi.vmsync.azure;

import static com.berryfi.vmsync.azure.ListReadTest.address;
import static com.berryfi.vmsync.azure.ListReadTest.seen;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.testkit.arm.ArmCall;
import com.berryfi.vmsync.testkit.arm.ArmFault;
import com.berryfi.vmsync.testkit.arm.ArmVm;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Machines read one by one. */
class DirectReadTest {

    private final SimulatedAzure azure = new SimulatedAzure();

    @AfterEach
    void close() {
        azure.close();
    }

    @Test
    void eachMachineCostsOneCall() {
        CloudAddress[] machines = machines(50);

        Reading reading = azure.direct(machines);

        assertThat(reading.complete()).isTrue();
        assertThat(reading.evidence()).containsOnlyKeys(machines);
        assertThat(azure.arm.requests())
                .hasSize(50)
                .allMatch(request -> request.startsWith("GET ") && request.contains("$expand=instanceView"));
        assertThat(azure.arm.calls(ArmCall.DIRECT)).isEqualTo(50);
    }

    @Test
    void powerProvisioningAndUidComeTogether() {
        ArmVm machine = azure.subscription.put("rg", "vm-1", PowerState.RUNNING);
        azure.subscription.transitionsTake(Duration.ofMinutes(1));
        machine.deallocate();

        Observation.Seen during = seen(azure.direct(address(machine)), address(machine));
        azure.now.set(SimulatedAzure.NOW.plusSeconds(60));
        Observation.Seen after = seen(azure.direct(address(machine)), address(machine));

        assertThat(during.power()).isEqualTo(PowerState.DEALLOCATING);
        assertThat(during.provisioning()).isEqualTo(ProvisioningState.UPDATING);
        assertThat(after.power()).isEqualTo(PowerState.DEALLOCATED);
        assertThat(after.provisioning()).isEqualTo(ProvisioningState.SUCCEEDED);
        assertThat(after.uid()).contains(machine.uid());
    }

    @Test
    void aNamesakeHasAnotherUid() {
        ArmVm first = azure.subscription.put("rg", "vm-1", PowerState.RUNNING);
        ArmVm second = azure.subscription.put("RG", "VM-1", PowerState.RUNNING);

        assertThat(seen(azure.direct(address(first)), address(first)).uid())
                .contains(second.uid())
                .isNotEqualTo(first.uid());
    }

    @Test
    void throttlingWithAWaitStopsTheBatch() {
        CloudAddress[] machines = machines(40);
        azure.subscription.fails(ArmFault.throttledByCompute(Duration.ofMinutes(2)));

        Reading reading = azure.direct(machines);

        assertThat(azure.arm.calls(ArmCall.DIRECT)).isLessThan(10);
        assertThat(reading.retryAfter()).contains(Duration.ofMinutes(2));
        assertAllUnknown(reading, machines, UnknownCause.THROTTLED);
    }

    @Test
    void anInvalidTokenStopsTheBatch() {
        CloudAddress[] machines = machines(40);
        azure.arm.revokeToken(SimulatedAzure.TOKEN);

        Reading reading = azure.direct(machines);

        assertThat(azure.arm.calls(ArmCall.DIRECT)).isLessThan(10);
        assertAllUnknown(reading, machines, UnknownCause.UNAUTHENTICATED);
    }

    @Test
    void aServerErrorOfOneMachineDoesNot() {
        CloudAddress[] machines = machines(10);
        azure.subscription.vm("rg", "vm-3").fails(ArmFault.badGateway());
        azure.subscription.vanish("rg", "vm-4");

        Reading reading = azure.direct(machines);

        assertThat(azure.arm.calls(ArmCall.DIRECT)).isEqualTo(10);
        assertThat(reading.complete()).isFalse();
        assertThat(reading.failure().orElseThrow().cause()).isEqualTo(UnknownCause.SERVER_ERROR);
        assertThat(SimulatedAzure.observation(reading, machines[4])).isInstanceOf(Observation.Missing.class);
        assertThat(seen(reading, machines[5]).power()).isEqualTo(PowerState.RUNNING);
    }

    @Test
    void anAnswerOfAnotherMachineSaysNothingOfThisOne() {
        CloudAddress[] machines = machines(2);
        azure.subscription.vm("rg", "vm-1").answersAs(azure.subscription.resourceIdOf("RG", "VM-0"));
        azure.subscription.vm("rg", "vm-0").answersAs(azure.subscription.resourceIdOf("RG", "VM-0"));

        Reading reading = azure.direct(machines);

        assertThat(seen(reading, machines[0]).power()).isEqualTo(PowerState.RUNNING);
        assertThat(reading.failure().orElseThrow().cause()).isEqualTo(UnknownCause.UNREADABLE_ANSWER);
        assertThat(SimulatedAzure.observation(reading, machines[1]))
                .asString()
                .contains("UNREADABLE_ANSWER", "another machine", "VM-0");
    }

    @Test
    void whatAnotherTryMayCureIsTheReadingsFailure() {
        CloudAddress[] machines = machines(2);
        azure.subscription.vm("rg", "vm-0").fails(ArmFault.forbidden());
        azure.subscription.vm("rg", "vm-1").fails(ArmFault.serverError(503));

        assertThat(azure.direct(machines).failure().orElseThrow().cause()).isEqualTo(UnknownCause.SERVER_ERROR);
    }

    @Test
    void addressesThatCannotBeReadCostNoCall() {
        CloudAddress good = machines(1)[0];
        CloudAddress malformed = CloudAddress.ofName("", "vm-without-group");
        CloudAddress once = CloudAddress.ofName("rg", "twice");
        CloudAddress twice = CloudAddress.ofName("RG", "Twice");

        Reading reading = azure.direct(good, malformed, once, twice);

        assertThat(azure.arm.calls(ArmCall.DIRECT)).isEqualTo(1);
        assertThat(reading.evidence()).containsOnlyKeys(good, malformed, once, twice);
        assertThat(SimulatedAzure.observation(reading, once))
                .isEqualTo(SimulatedAzure.observation(reading, twice))
                .hasToString("unknown (DUPLICATE_ADDRESS: one machine, asked for as [RG/Twice, rg/twice])");
        assertThat(reading.complete()).isFalse();
    }

    @Test
    void anUnsettledModelBeatsASettledStatus() {
        ArmVm machine = azure.subscription.put("rg", "vm-1", PowerState.STOPPED);
        machine.provisioning("Creating");

        assertThat(seen(azure.direct(address(machine)), address(machine)).provisioning())
                .isEqualTo(ProvisioningState.CREATING);
    }

    private CloudAddress[] machines(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> address(azure.subscription.put("rg", "vm-" + i, PowerState.RUNNING)))
                .toArray(CloudAddress[]::new);
    }

    private static void assertAllUnknown(Reading reading, CloudAddress[] machines, UnknownCause cause) {
        assertThat(reading.complete()).isFalse();
        assertThat(reading.evidence()).containsOnlyKeys(machines);
        assertThat(reading.evidence().values())
                .allMatch(evidence ->
                        evidence.observation() instanceof Observation.Unknown unknown && unknown.cause() == cause);
    }
}
