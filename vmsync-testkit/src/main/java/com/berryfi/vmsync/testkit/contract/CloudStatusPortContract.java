package com.berryfi.vmsync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.UnknownCause;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What every {@link com.berryfi.vmsync.port.CloudStatusPort} must do. Extend it, and give it a {@link CloudWorld}.
 */
public abstract class CloudStatusPortContract extends CloudStatusPortFailures {

    private static final int ROUNDS = 5;

    @Test
    @Proves("A list says the power of each machine that was asked for, of no other, and how many it named.")
    void aListNamesEachPower() {
        CloudAddress running = world.put("runs", PowerState.RUNNING);
        CloudAddress stopped = world.put("stopped", PowerState.STOPPED);
        CloudAddress deallocated = world.put("deallocated", PowerState.DEALLOCATED);
        world.put("not-asked-for", PowerState.RUNNING);

        Reading reading = read(ReadKind.LIST, running, stopped, deallocated);

        Readings.assertComplete(reading);
        assertThat(reading.listed()).isEqualTo(4);
        assertThat(reading.evidence()).containsOnlyKeys(running, stopped, deallocated);
        assertThat(Readings.power(reading, running)).isEqualTo(PowerState.RUNNING);
        assertThat(Readings.power(reading, stopped)).isEqualTo(PowerState.STOPPED);
        assertThat(Readings.power(reading, deallocated)).isEqualTo(PowerState.DEALLOCATED);
    }

    @Test
    @Proves("Of a machine that a list does not name, nothing is said.")
    void absenceFromAListIsNoEvidence() {
        CloudAddress there = world.put("there", PowerState.RUNNING);
        CloudAddress gone = world.put("gone", PowerState.RUNNING);
        world.vanish("gone");

        Reading reading = read(ReadKind.LIST, there, gone);

        Readings.assertComplete(reading);
        assertThat(reading.evidence()).containsOnlyKeys(there);
    }

    @Test
    @Proves("A list that names no machine is complete, and speaks of none.")
    void anEmptyListIsCompleteAndSaysNothing() {
        Reading reading = read(ReadKind.LIST, world.addressOf("nowhere"));

        Readings.assertComplete(reading);
        assertThat(reading.listed()).isZero();
        assertThat(reading.evidence()).isEmpty();
    }

    @Test
    @Proves("Read directly, each machine has its own answer: its power, not found, or why it is unknown.")
    void aDirectReadAnswersForEveryAddress() {
        CloudAddress seen = world.put("seen", PowerState.DEALLOCATED);
        CloudAddress missing = world.addressOf("missing");
        CloudAddress failing = world.put("failing", PowerState.RUNNING);
        world.failDirect("failing");

        Reading reading = read(ReadKind.DIRECT, seen, missing, failing);

        assertThat(reading.evidence()).containsOnlyKeys(seen, missing, failing);
        assertThat(Readings.power(reading, seen)).isEqualTo(PowerState.DEALLOCATED);
        assertThat(Readings.observation(reading, missing)).isInstanceOf(Observation.Missing.class);
        Readings.assertCause(Readings.observation(reading, failing), UnknownCause.SERVER_ERROR);
        Readings.assertFailed(reading, UnknownCause.SERVER_ERROR);
    }

    @Test
    @Proves(value = "A machine that is not found leaves a direct read complete.", tier = Tier.SHOULD)
    void aDirectReadOfWhatIsThereAndWhatIsNotIsComplete() {
        CloudAddress seen = world.put("seen", PowerState.RUNNING);
        CloudAddress missing = world.addressOf("missing");

        Reading reading = read(ReadKind.DIRECT, seen, missing);

        Readings.assertComplete(reading);
        assertThat(reading.listed()).isZero();
    }

    @Test
    @Proves("A machine that does not tell its power is unknown.")
    void noPowerStateIsUnknown() {
        CloudAddress mute = world.put("mute", PowerState.RUNNING);
        world.forgetPower("mute");

        for (ReadKind kind : ReadKind.values()) {
            Readings.assertCause(Readings.observation(read(kind, mute), mute), UnknownCause.NO_POWER_STATE);
        }
    }

    @Test
    @Proves("No answer is kept for the next read, of either kind.")
    void aChangeOfPowerIsSeenByTheNextRead() {
        CloudAddress machine = world.put("machine", PowerState.RUNNING);
        assertThat(Readings.power(read(ReadKind.DIRECT, machine), machine)).isEqualTo(PowerState.RUNNING);

        world.put("machine", PowerState.STOPPED);

        assertThat(Readings.power(read(ReadKind.DIRECT, machine), machine)).isEqualTo(PowerState.STOPPED);
        assertThat(Readings.power(read(ReadKind.LIST, machine), machine)).isEqualTo(PowerState.STOPPED);
    }

    @Test
    @Proves(
            value =
                    "Addresses that differ in case alone are one machine's; where the cloud tells them apart, waive it.",
            tier = Tier.MAY)
    void addressesCompareWithoutCase() {
        CloudAddress machine = world.put("machine", PowerState.RUNNING);
        CloudAddress shouted = new CloudAddress(
                machine.resourceId().toUpperCase(Locale.ROOT),
                machine.group().toUpperCase(Locale.ROOT),
                machine.name().toUpperCase(Locale.ROOT));

        for (ReadKind kind : ReadKind.values()) {
            assertThat(Readings.power(read(kind, shouted), shouted)).isEqualTo(PowerState.RUNNING);
        }
    }

    @Test
    @Proves(
            value =
                    "Two addresses of one machine, told by their case, are both unknown; where the cloud tells them apart, waive it.",
            tier = Tier.MAY)
    void twoAddressesOfOneMachineAreBothUnknown() {
        CloudAddress machine = world.put("machine", PowerState.RUNNING);
        CloudAddress twin = new CloudAddress(
                machine.resourceId().toUpperCase(Locale.ROOT),
                machine.group().toUpperCase(Locale.ROOT),
                machine.name().toUpperCase(Locale.ROOT));

        for (ReadKind kind : ReadKind.values()) {
            Reading reading = read(kind, machine, twin);
            Readings.assertCause(Readings.observation(reading, machine), UnknownCause.DUPLICATE_ADDRESS);
            Readings.assertCause(Readings.observation(reading, twin), UnknownCause.DUPLICATE_ADDRESS);
        }
    }

    @Test
    @Proves("All evidence bears the instant that the caller gave, and how it was read.")
    void evidenceSpeaksOfTheInstantTheCallerAsked() {
        CloudAddress machine = world.put("machine", PowerState.RUNNING);
        CloudAddress missing = world.addressOf("missing");

        for (ReadKind kind : ReadKind.values()) {
            assertThat(read(kind, machine, missing).evidence().values())
                    .isNotEmpty()
                    .allMatch(evidence -> evidence.sentAt().equals(ASKED_AT) && evidence.kind() == kind);
        }
    }

    @Test
    @Proves("Two reads at the same time have each its own answer.")
    void twoCallersDoNotDisturbEachOther() throws Exception {
        CloudAddress running = world.put("runs", PowerState.RUNNING);
        CloudAddress stopped = world.put("stopped", PowerState.STOPPED);
        CyclicBarrier together = new CyclicBarrier(2);
        Callable<Void> list = () -> {
            for (int i = 0; i < ROUNDS; i++) {
                together.await(AT_MOST.toSeconds(), TimeUnit.SECONDS);
                Reading reading = read(ReadKind.LIST, running, stopped);
                Readings.assertComplete(reading);
                assertThat(reading.listed()).isEqualTo(2);
                assertThat(Readings.power(reading, running)).isEqualTo(PowerState.RUNNING);
                assertThat(Readings.power(reading, stopped)).isEqualTo(PowerState.STOPPED);
            }
            return null;
        };
        Callable<Void> direct = () -> {
            for (int i = 0; i < ROUNDS; i++) {
                together.await(AT_MOST.toSeconds(), TimeUnit.SECONDS);
                Reading reading = read(ReadKind.DIRECT, stopped);
                Readings.assertComplete(reading);
                assertThat(reading.evidence()).containsOnlyKeys(stopped);
                assertThat(Readings.power(reading, stopped)).isEqualTo(PowerState.STOPPED);
            }
            return null;
        };
        ExecutorService callers = Executors.newFixedThreadPool(2);
        try {
            for (Future<Void> caller : callers.invokeAll(List.of(list, direct))) {
                caller.get();
            }
        } finally {
            callers.shutdownNow();
        }
    }
}
