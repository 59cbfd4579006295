package com.berryfi.vmsync.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.TokenCredential;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.port.CloudStatusPort.Request;
import com.berryfi.vmsync.testkit.arm.ArmFault;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Whatever hangs, the caller does not. */
class TimeLimitTest {

    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration SLACK = Duration.ofSeconds(3);

    /** Where something must arrive while the rest hangs: long enough on a machine that is busy. */
    private static final Duration LONGER = Duration.ofSeconds(3);

    private final SimulatedAzure azure = new SimulatedAzure();
    private final CloudAddress machine = ListReadTest.address(azure.subscription.put("rg", "vm-1", PowerState.RUNNING));

    @AfterEach
    void close() {
        azure.close();
    }

    @Test
    void aSecondPageThatHangsLeavesTheFirst() {
        azure.subscription.put("rg", "vm-2", PowerState.RUNNING);
        warmUp();
        azure.subscription.pagesOf(1).failsAfterPage(1, ArmFault.hang());

        Reading reading = inTime(LONGER, atMost -> read(azure.cloud, ReadKind.LIST, atMost, machine));

        assertThat(reading.failure().orElseThrow().cause()).isEqualTo(UnknownCause.TIMED_OUT);
        assertThat(reading.evidence()).containsOnlyKeys(machine);
        assertThat(reading.listed()).isEqualTo(1);
    }

    @Test
    void manySlowPagesShareOneLimit() {
        for (int i = 2; i < 40; i++) {
            azure.subscription.put("rg", "vm-" + i, PowerState.RUNNING);
        }
        azure.subscription.pagesOf(1);
        azure.arm.latency(Duration.ofMillis(100));

        Reading reading = inTime(PATIENCE, atMost -> read(azure.cloud, ReadKind.LIST, atMost, machine));

        assertThat(reading.failure().orElseThrow().cause()).isEqualTo(UnknownCause.TIMED_OUT);
        assertThat(reading.listed()).isLessThan(10);
    }

    @Test
    void aMachineThatHangsLeavesTheOthers() {
        warmUp();
        azure.subscription.put("rg", "vm-2", PowerState.RUNNING).fails(ArmFault.hang());
        CloudAddress hanging = CloudAddress.ofName("rg", "vm-2");

        Reading reading = inTime(LONGER, atMost -> read(azure.cloud, ReadKind.DIRECT, atMost, machine, hanging));

        assertThat(ListReadTest.seen(reading, machine).power()).isEqualTo(PowerState.RUNNING);
        assertThat(SimulatedAzure.observation(reading, hanging))
                .isInstanceOfSatisfying(
                        Observation.Unknown.class,
                        unknown -> assertThat(unknown.cause()).isEqualTo(UnknownCause.TIMED_OUT));
    }

    @Test
    void aTokenThatNeverComesHoldsNobodyUp() {
        AzureCloudStatus waiting = azure.cloudWith(scope -> request -> Mono.never());

        assertTimedOut(waiting);
    }

    @Test
    void aCredentialThatBlocksHoldsNobodyUp() {
        CountDownLatch never = new CountDownLatch(1);
        TokenCredential blocking = request -> Mono.fromCallable(() -> {
            never.await();
            throw new IllegalStateException("came after all");
        });

        assertTimedOut(azure.cloudWith(scope -> blocking));
    }

    @Test
    void aSourceOfCredentialsThatBlocksHoldsNobodyUp() {
        CountDownLatch never = new CountDownLatch(1);

        assertTimedOut(azure.cloudWith(scope -> {
            try {
                never.await();
            } catch (InterruptedException givenUp) {
                Thread.currentThread().interrupt();
            }
            return SimulatedAzure.token(SimulatedAzure.TOKEN);
        }));
    }

    @Test
    void withoutTimeNothingIsSent() {
        Reading reading = azure.cloud.read(
                new Request(azure.scope, Set.of(machine), ReadKind.LIST, SimulatedAzure.NOW, Duration.ZERO));

        assertThat(reading.failure().orElseThrow().cause()).isEqualTo(UnknownCause.TIMED_OUT);
        assertThat(azure.arm.requests()).isEmpty();
    }

    @Test
    void anInterruptedCallerStaysInterrupted() {
        Thread.currentThread().interrupt();

        Reading reading = read(azure.cloud, ReadKind.LIST, PATIENCE, machine);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(reading.failure().orElseThrow().toString()).contains("InterruptedException");
    }

    private void assertTimedOut(AzureCloudStatus cloud) {
        for (ReadKind kind : ReadKind.values()) {
            Reading reading = inTime(PATIENCE, atMost -> read(cloud, kind, atMost, machine));
            assertThat(reading.failure().orElseThrow().cause()).isEqualTo(UnknownCause.TIMED_OUT);
        }
        assertThat(azure.arm.requests()).isEmpty();
    }

    /** The first call of a process, which loads the SDK and shakes hands, takes longer than a hundred later ones. */
    private void warmUp() {
        for (ReadKind kind : ReadKind.values()) {
            assertThat(azure.read(kind, machine).complete()).isTrue();
        }
    }

    private Reading read(AzureCloudStatus cloud, ReadKind kind, Duration atMost, CloudAddress... addresses) {
        return cloud.read(new Request(azure.scope, Set.of(addresses), kind, SimulatedAzure.NOW, atMost));
    }

    private static Reading inTime(Duration atMost, Function<Duration, Reading> call) {
        long before = System.nanoTime();
        Reading reading = call.apply(atMost);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(atMost.plus(SLACK));
        return reading;
    }
}
