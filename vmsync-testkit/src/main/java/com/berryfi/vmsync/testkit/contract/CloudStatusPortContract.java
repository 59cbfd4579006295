package com.berryfi.vmsync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.port.CloudStatusPort.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link com.berryfi.vmsync.port.CloudStatusPort} must do. Extend it, and give it a {@link CloudWorld}.
 */
public abstract class CloudStatusPortContract {

    private static final Instant ASKED_AT = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration AT_MOST = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final Set<UnknownCause> FAILURES = Set.of(
            UnknownCause.UNAUTHENTICATED,
            UnknownCause.FORBIDDEN,
            UnknownCause.SUBSCRIPTION_UNREADABLE,
            UnknownCause.SERVER_ERROR,
            UnknownCause.THROTTLED);

    @SuppressWarnings("NullAway.Init") // JUnit opens a world before each test
    private CloudWorld world;

    /** A fresh, empty, healthy cloud and an adapter that reads it. */
    protected abstract CloudWorld newWorld();

    @BeforeEach
    final void openWorld() {
        world = newWorld();
    }

    @AfterEach
    final void closeWorld() {
        world.close();
    }

    @Test
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
    void absenceFromAListIsNoEvidence() {
        CloudAddress there = world.put("there", PowerState.RUNNING);
        CloudAddress gone = world.put("gone", PowerState.RUNNING);
        world.vanish("gone");

        Reading reading = read(ReadKind.LIST, there, gone);

        Readings.assertComplete(reading);
        assertThat(reading.evidence()).containsOnlyKeys(there);
    }

    @Test
    void anEmptyListIsCompleteAndSaysNothing() {
        Reading reading = read(ReadKind.LIST, world.addressOf("nowhere"));

        Readings.assertComplete(reading);
        assertThat(reading.listed()).isZero();
        assertThat(reading.evidence()).isEmpty();
    }

    @Test
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
    void aDirectReadOfWhatIsThereAndWhatIsNotIsComplete() {
        CloudAddress seen = world.put("seen", PowerState.RUNNING);
        CloudAddress missing = world.addressOf("missing");

        Reading reading = read(ReadKind.DIRECT, seen, missing);

        Readings.assertComplete(reading);
        assertThat(reading.listed()).isZero();
    }

    @Test
    void noPowerStateIsUnknown() {
        CloudAddress mute = world.put("mute", PowerState.RUNNING);
        world.forgetPower("mute");

        for (ReadKind kind : ReadKind.values()) {
            Readings.assertCause(Readings.observation(read(kind, mute), mute), UnknownCause.NO_POWER_STATE);
        }
    }

    @Test
    void aChangeOfPowerIsSeenByTheNextRead() {
        CloudAddress machine = world.put("machine", PowerState.RUNNING);
        assertThat(Readings.power(read(ReadKind.DIRECT, machine), machine)).isEqualTo(PowerState.RUNNING);

        world.put("machine", PowerState.STOPPED);

        assertThat(Readings.power(read(ReadKind.DIRECT, machine), machine)).isEqualTo(PowerState.STOPPED);
        assertThat(Readings.power(read(ReadKind.LIST, machine), machine)).isEqualTo(PowerState.STOPPED);
    }

    @Test
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
    void aFailureIsPartOfTheAnswer() {
        CloudAddress first = world.put("first", PowerState.RUNNING);
        CloudAddress second = world.put("second", PowerState.RUNNING);
        for (UnknownCause cause : FAILURES) {
            world.fail(cause, Optional.empty());
            Reading list = read(ReadKind.LIST, first, second);
            Readings.assertFailed(list, cause);
            assertThat(list.evidence()).isEmpty();
            assertThat(list.listed()).isZero();

            Reading direct = read(ReadKind.DIRECT, first, second);
            Readings.assertFailed(direct, cause);
            assertThat(direct.evidence()).containsOnlyKeys(first, second);
            Readings.assertCause(Readings.observation(direct, first), cause);
            Readings.assertCause(Readings.observation(direct, second), cause);
        }
    }

    @Test
    void aThrottledReadSaysForHowLong() {
        CloudAddress machine = world.put("machine", PowerState.RUNNING);
        Duration wait = Duration.ofSeconds(17);
        world.fail(UnknownCause.THROTTLED, Optional.of(wait));

        for (ReadKind kind : ReadKind.values()) {
            Reading reading = read(kind, machine);
            Readings.assertFailed(reading, UnknownCause.THROTTLED);
            assertThat(reading.retryAfter()).contains(wait);
        }
    }

    @Test
    void aListThatBreaksOffKeepsWhatItHad() {
        CloudAddress[] machines = {
            world.put("a", PowerState.RUNNING),
            world.put("b", PowerState.STOPPED),
            world.put("c", PowerState.RUNNING),
            world.put("d", PowerState.RUNNING)
        };
        world.breakListsAfterTwo();

        Reading reading = read(ReadKind.LIST, machines);

        Readings.assertFailed(reading, UnknownCause.SERVER_ERROR);
        assertThat(reading.listed()).isEqualTo(2);
        assertThat(reading.evidence()).hasSize(2);
        assertThat(reading.evidence().values())
                .allMatch(evidence -> evidence.observation() instanceof Observation.Seen);
    }

    @Test
    void nothingTakesLongerThanItMay() {
        CloudAddress machine = world.put("machine", PowerState.RUNNING);
        world.hang();

        for (ReadKind kind : ReadKind.values()) {
            long before = System.nanoTime();
            Reading reading = world.port().read(new Request(world.scope(), Set.of(machine), kind, ASKED_AT, PATIENCE));
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(PATIENCE.plusSeconds(5));
            Readings.assertFailed(reading, UnknownCause.TIMED_OUT);
            if (kind == ReadKind.DIRECT) {
                Readings.assertCause(Readings.observation(reading, machine), UnknownCause.TIMED_OUT);
            }
        }
    }

    @Test
    void evidenceSpeaksOfTheInstantTheCallerAsked() {
        CloudAddress machine = world.put("machine", PowerState.RUNNING);
        CloudAddress missing = world.addressOf("missing");

        for (ReadKind kind : ReadKind.values()) {
            assertThat(read(kind, machine, missing).evidence().values())
                    .isNotEmpty()
                    .allMatch(evidence -> evidence.sentAt().equals(ASKED_AT) && evidence.kind() == kind);
        }
    }

    private Reading read(ReadKind kind, CloudAddress... addresses) {
        return world.port().read(new Request(world.scope(), Set.of(addresses), kind, ASKED_AT, AT_MOST));
    }
}
