package com.berryfi.vmsync.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.port.CloudStatusPort.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the cloud in memory can do beyond its port's contract. */
class InMemoryCloudTest {

    private static final Scope SCOPE = new Scope("memory", "tenant", "principal", "subscription");
    private static final CloudAddress VM = CloudAddress.ofName("group", "vm");

    private final InMemoryCloud cloud = new InMemoryCloud();

    @Test
    void faultsEndWhenHealedAndMachinesStay() {
        cloud.put(SCOPE, VM, PowerState.RUNNING);
        cloud.fail(SCOPE, new Observation.Unknown(UnknownCause.FORBIDDEN, ""), Optional.empty());
        cloud.breakLists(SCOPE, 0, new Observation.Unknown(UnknownCause.SERVER_ERROR, ""));
        cloud.listNothing(SCOPE);
        cloud.failDirect(SCOPE, VM, new Observation.Unknown(UnknownCause.SERVER_ERROR, ""));
        assertThat(read(ReadKind.LIST).complete()).isFalse();

        cloud.heal(SCOPE);

        assertThat(read(ReadKind.LIST).evidence()).containsOnlyKeys(VM);
        assertThat(read(ReadKind.DIRECT).complete()).isTrue();
    }

    @Test
    void oneKindOfReadMayFailAlone() {
        cloud.put(SCOPE, VM, PowerState.RUNNING);
        cloud.fail(SCOPE, ReadKind.DIRECT, new Observation.Unknown(UnknownCause.FORBIDDEN, ""), Optional.empty());

        assertThat(read(ReadKind.LIST).complete()).isTrue();
        assertThat(read(ReadKind.DIRECT).complete()).isFalse();
    }

    @Test
    void aListMayBeEmptyThoughThereAreMachines() {
        cloud.put(SCOPE, VM, PowerState.RUNNING);
        cloud.listNothing(SCOPE);

        assertThat(read(ReadKind.LIST)).isEqualTo(Reading.complete(Map.of(), 0));
    }

    @Test
    void callsAreCountedAndKept() {
        cloud.put(SCOPE, VM, PowerState.RUNNING);
        read(ReadKind.LIST);
        read(ReadKind.DIRECT);
        read(ReadKind.DIRECT);

        assertThat(cloud.listCalls()).isEqualTo(1);
        assertThat(cloud.directCalls()).isEqualTo(2);
        assertThat(cloud.directReads()).isEqualTo(2);
        assertThat(cloud.requests()).hasSize(3);
        cloud.clearRequests();
        assertThat(cloud.requests()).isEmpty();
    }

    @Test
    void theWorldMayChangeJustBeforeAnAnswer() {
        cloud.put(SCOPE, VM, PowerState.RUNNING);
        cloud.beforeEachRead(request -> cloud.deallocate(SCOPE, VM));

        assertThat(read(ReadKind.LIST).evidence().values())
                .allMatch(evidence -> evidence.power() == PowerState.DEALLOCATED);
    }

    @Test
    void machinesKeepTheirUidAndProvisioning() {
        Observation.Seen machine =
                new Observation.Seen(PowerState.RUNNING, ProvisioningState.SUCCEEDED, Optional.of("uid-1"));
        cloud.put(SCOPE, VM, machine);
        cloud.stop(SCOPE, VM);
        cloud.provisioning(SCOPE, VM, ProvisioningState.UPDATING);

        assertThat(read(ReadKind.DIRECT).evidence().values())
                .allMatch(evidence -> evidence.observation()
                        .equals(new Observation.Seen(
                                PowerState.STOPPED, ProvisioningState.UPDATING, Optional.of("uid-1"))));
    }

    @Test
    void quotaIsHandedOn() {
        cloud.quotaLeft(SCOPE, Map.of("reads", 3L));

        assertThat(read(ReadKind.LIST).quotaLeft()).containsExactly(Map.entry("reads", 3L));
    }

    @Test
    void aMachineThatIsNotThereCannotChange() {
        assertThatThrownBy(() -> cloud.start(SCOPE, VM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("group/vm");
    }

    private Reading read(ReadKind kind) {
        return cloud.read(new Request(SCOPE, Set.of(VM), kind, Instant.EPOCH, Duration.ofSeconds(1)));
    }
}
