package com.berryfi.vmsync.azure;

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
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a list of a subscription says, and what it does not. */
class ListReadTest {

    private final SimulatedAzure azure = new SimulatedAzure();

    @AfterEach
    void close() {
        azure.close();
    }

    @Test
    void allPagesAreReadWithOneCallEach() {
        azure.subscription.pagesOf(10);
        CloudAddress[] machines = IntStream.range(0, 95)
                .mapToObj(i -> address(azure.subscription.put("rg-" + i % 7, "vm-" + i, PowerState.RUNNING)))
                .toArray(CloudAddress[]::new);

        Reading reading = azure.list(machines);

        assertThat(reading.complete()).isTrue();
        assertThat(reading.listed()).isEqualTo(95);
        assertThat(reading.evidence()).containsOnlyKeys(machines);
        assertThat(azure.arm.calls(ArmCall.LIST, SimulatedAzure.SUBSCRIPTION)).isEqualTo(10);
        assertThat(azure.arm.requests())
                .hasSize(10)
                .allMatch(request -> request.startsWith("GET ") && request.contains("statusOnly=true"));
    }

    @Test
    void aLaterPageThatFailsLeavesTheEarlierOnes() {
        azure.subscription.pagesOf(10).failsAfterPage(2, ArmFault.throttledByArm(Duration.ofSeconds(5)));
        CloudAddress[] machines = IntStream.range(0, 35)
                .mapToObj(i -> address(azure.subscription.put("rg", "vm-" + i, PowerState.RUNNING)))
                .toArray(CloudAddress[]::new);

        Reading reading = azure.list(machines);

        assertThat(reading.complete()).isFalse();
        assertThat(reading.failure().orElseThrow().cause()).isEqualTo(UnknownCause.THROTTLED);
        assertThat(reading.retryAfter()).contains(Duration.ofSeconds(5));
        assertThat(reading.listed()).isEqualTo(20);
        assertThat(reading.evidence()).hasSize(20);
        assertThat(reading.quotaLeft()).containsEntry("x-ms-ratelimit-remaining-subscription-reads", 0L);
    }

    @Test
    void anEmptyListIsNoticed() {
        Reading reading = azure.list(CloudAddress.ofName("rg", "vm-1"));

        assertThat(reading.complete()).isTrue();
        assertThat(reading.listed()).isZero();
        assertThat(reading.notices()).singleElement().asString().contains("names no machine", "1 were asked for");
    }

    @Test
    void machinesNobodyAskedForAreCountedOnly() {
        azure.subscription.put("rg", "theirs", PowerState.RUNNING);

        Reading reading = azure.list();

        assertThat(reading.listed()).isEqualTo(1);
        assertThat(reading.evidence()).isEmpty();
        assertThat(reading.notices()).isEmpty();
    }

    @Test
    void everyFormOfAddressIsFound() {
        azure.subscription.put("RG-Render", "VM-1", PowerState.RUNNING);
        azure.subscription.put("RG-Render", "VM-2", PowerState.STOPPED);
        azure.subscription.put("RG-Render", "VM-3", PowerState.DEALLOCATED);
        CloudAddress id = CloudAddress.ofResourceId(
                azure.subscription.resourceIdOf("rg-RENDER", "vm-1").replace("resourceGroups", "resourcegroups"));
        CloudAddress name = CloudAddress.ofName("rg-render", "vm-2");
        CloudAddress bareId = new CloudAddress("vm-3", "rg-render", "");

        Reading reading = azure.list(id, name, bareId);

        assertThat(seen(reading, id).power()).isEqualTo(PowerState.RUNNING);
        assertThat(seen(reading, name).power()).isEqualTo(PowerState.STOPPED);
        assertThat(seen(reading, bareId).power()).isEqualTo(PowerState.DEALLOCATED);
    }

    @Test
    void addressesThatCannotBeReadAreNamedWhateverTheListSays() {
        CloudAddress malformed = CloudAddress.ofResourceId("/subscriptions/nonsense");
        azure.subscription.fails(ArmFault.serverError(500));

        Reading reading = azure.list(malformed);

        assertThat(SimulatedAzure.observation(reading, malformed))
                .isInstanceOfSatisfying(Observation.Unknown.class, unknown -> {
                    assertThat(unknown.cause()).isEqualTo(UnknownCause.MALFORMED_ADDRESS);
                    assertThat(unknown.detail()).contains("/subscriptions/nonsense");
                });
    }

    @Test
    void aUidIsAGift() {
        ArmVm machine = azure.subscription.put("rg", "vm-1", PowerState.RUNNING);
        assertThat(seen(azure.list(address(machine)), address(machine)).uid()).isEmpty();

        azure.subscription.uidInLists(true);

        assertThat(seen(azure.list(address(machine)), address(machine)).uid()).contains(machine.uid());
    }

    @Test
    void otherStatusesDoNotConfuse() {
        ArmVm machine = azure.subscription.put("rg", "vm-1", PowerState.DEALLOCATED);
        machine.addStatus("HibernationState/Hibernated");
        machine.addStatus("OSState/generalized");
        machine.provisioning("Failed/OSProvisioningTimedOut");

        assertThat(seen(azure.list(address(machine)), address(machine)))
                .isEqualTo(new Observation.Seen(PowerState.DEALLOCATED, ProvisioningState.FAILED, Optional.empty()));
    }

    @Test
    void aPowerNobodyKnowsIsUnknownAndNamed() {
        ArmVm machine = azure.subscription.put("rg", "vm-1", PowerState.RUNNING);
        machine.powerCode("PowerState/dreaming");

        Reading reading = azure.list(address(machine));

        assertThat(reading.complete()).isTrue();
        assertThat(SimulatedAzure.observation(reading, address(machine)))
                .hasToString("unknown (NO_POWER_STATE: the answer names [PowerState/dreaming])");
    }

    @Test
    void theWholeFleetCanBeListed() {
        azure.subscription.pagesOf(2);
        IntStream.range(0, 5).forEach(i -> azure.subscription.put("rg", "vm-" + i, PowerState.RUNNING));

        AzureFleet fleet = azure.cloud.fleet(azure.scope, SimulatedAzure.AT_MOST);

        assertThat(fleet.failure()).isEmpty();
        assertThat(fleet.machines()).hasSize(5).containsKey(azure.subscription.resourceIdOf("RG", "vm-0"));
        azure.subscription.fails(ArmFault.forbidden());
        assertThat(azure.cloud.fleet(azure.scope, SimulatedAzure.AT_MOST).failure())
                .isPresent();
    }

    @Test
    void entriesWithoutAnIdAreLeftOutAndNoticed() {
        ArmVm machine = azure.subscription.put("rg", "vm-1", PowerState.RUNNING);
        azure.subscription.put("rg", "vm-2", PowerState.RUNNING).answersAs("");

        AzureFleet fleet = azure.cloud.fleet(azure.scope, SimulatedAzure.AT_MOST);

        assertThat(fleet.machines()).hasSize(1);
        assertThat(fleet.notices()).singleElement().asString().contains("1 entries without an id");
        assertThat(azure.list(address(machine)).notices()).isEqualTo(fleet.notices());
    }

    static CloudAddress address(ArmVm machine) {
        return CloudAddress.ofResourceId(machine.resourceId());
    }

    static Observation.Seen seen(Reading reading, CloudAddress address) {
        Observation observation = SimulatedAzure.observation(reading, address);
        assertThat(observation).isInstanceOf(Observation.Seen.class);
        return (Observation.Seen) observation;
    }
}
