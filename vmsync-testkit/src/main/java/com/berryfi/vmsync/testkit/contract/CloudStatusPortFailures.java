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
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The part of {@link CloudStatusPortContract} that speaks of what goes wrong. */
@ExtendWith(Waivers.class)
abstract class CloudStatusPortFailures {

    static final Instant ASKED_AT = Instant.parse("2026-11-01T12:00:00Z");
    static final Duration AT_MOST = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final Set<UnknownCause> FAILURES = Set.of(
            UnknownCause.UNAUTHENTICATED,
            UnknownCause.FORBIDDEN,
            UnknownCause.SUBSCRIPTION_UNREADABLE,
            UnknownCause.SERVER_ERROR,
            UnknownCause.THROTTLED,
            UnknownCause.CONNECTION_FAILED,
            UnknownCause.UNREADABLE_ANSWER);

    @SuppressWarnings("NullAway.Init") // JUnit opens a world before each test
    CloudWorld world;

    /** {@return a fresh, empty, healthy cloud and an adapter that reads it; closed after the test} */
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
    @Proves("What goes wrong is never thrown: it stands in the answer, with its cause, for each machine read directly.")
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
    @Proves(value = "How long a throttling cloud asks to be left alone is told.", tier = Tier.SHOULD)
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
    @Proves(
            value =
                    "A list that breaks off is not complete and keeps what it had; where a list is one answer, waive it.",
            tier = Tier.MAY)
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
    @Proves("A read ends in the time it was given; what was not answered by then is unknown.")
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

    final Reading read(ReadKind kind, CloudAddress... addresses) {
        return world.port().read(new Request(world.scope(), Set.of(addresses), kind, ASKED_AT, AT_MOST));
    }
}
