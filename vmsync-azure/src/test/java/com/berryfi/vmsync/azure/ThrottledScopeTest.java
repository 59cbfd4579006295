package com.berryfi.vmsync.azure;

import static com.berryfi.vmsync.azure.SimulatedHost.SESSIONS_EACH;
import static com.berryfi.vmsync.azure.SimulatedHost.SUBSCRIPTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.azure.SimulatedHost.Reads;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.testkit.arm.ArmCall;
import com.berryfi.vmsync.testkit.arm.ArmFault;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One subscription is throttled for ten minutes: the others do not notice, no session ends, and then all is as before. */
class ThrottledScopeTest {

    private static final Duration RETRY_AFTER = Duration.ofMinutes(10);
    private static final int BEFORE = 12;

    /** So many that the last one comes half a minute before the time is over. */
    private static final int DURING = 20;

    /** A bucket that was empty holds one list again. */
    private static final Duration A_CALL_IS_LEFT_AFTER = Duration.ofSeconds(1);

    private static final int AFTER = 3;
    private static final int THROTTLED = 1;

    private final SimulatedHost host = new SimulatedHost();

    @BeforeEach
    void allIsWell() {
        for (int i = 0; i < BEFORE; i++) {
            host.cycle();
        }
        assertThat(host.heard).isEmpty();
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void whereListsAreRefusedTheSessionsInUseAreReadOneByOne() {
        List<List<Reads>> reads =
                storm(() -> host.subscription(THROTTLED).fails(ArmCall.LIST, ArmFault.throttledByCompute(RETRY_AFTER)));

        assertThat(ofThrottled(reads.subList(0, 1)))
                .as("the first is refused, and what follows at once needs none")
                .containsExactly(new Reads(1, SESSIONS_EACH, 0));
        assertThat(ofThrottled(reads.subList(1, DURING)).map(Reads::lists)).containsOnly(0L);
        assertThat(ofThrottled(reads.subList(1, DURING)).map(Reads::directs))
                .as("in the full syncs the machine that is off, too")
                .containsOnly((long) SESSIONS_EACH, SESSIONS_EACH + 1L);
        assertThat(ofThrottled(reads.subList(DURING + 1, DURING + AFTER)))
                .as("once more than a few lists are left")
                .containsOnly(new Reads(1, 0, 0));
        assertThat(host.heard).as("it was readable all the while").isEmpty();
    }

    @Test
    void whereListsAreRefusedASessionWhoseMachineIsOffEnds() {
        host.subscription(THROTTLED).fails(ArmCall.LIST, ArmFault.throttledByCompute(RETRY_AFTER));
        host.cycle();
        host.machine(THROTTLED, 0).deallocate();

        host.cycle();
        assertThat(host.isMeteringSuspended(THROTTLED, 0)).isTrue();
        host.cycle();

        assertThat(host.status(THROTTLED, 0)).isEqualTo(SessionStatus.TERMINATED);
        assertThat(host.active(THROTTLED)).isEqualTo(SESSIONS_EACH - 1);
    }

    @Test
    void whereAllIsRefusedNothingIsSentUntilTheTimeHasPassed() {
        List<List<Reads>> reads = storm(() -> host.subscription(THROTTLED).fails(ArmFault.throttledByArm(RETRY_AFTER)));

        assertThat(ofThrottled(reads.subList(0, 1))).containsExactly(new Reads(1, 0, 0));
        assertThat(ofThrottled(reads.subList(1, DURING))).containsOnly(new Reads(0, 0, 0));
        assertThat(ofThrottled(reads.subList(DURING, DURING + 1)).map(Reads::lists))
                .as("asked by the first sync after it")
                .containsExactly(1L);
        assertThat(host.heard).containsExactly(THROTTLED + " " + UnknownCause.THROTTLED, THROTTLED + " readable");
    }

    /** Ten minutes of it and what follows; the others must not differ from a host that never saw it. */
    private List<List<Reads>> storm(Runnable begin) {
        begin.run();
        List<List<Reads>> reads = Stream.concat(
                        IntStream.range(0, DURING).mapToObj(cycle -> cycleWithoutHarm()), afterwards())
                .toList();
        assertThat(host.outcome(THROTTLED).failure()).isEmpty();
        assertThat(ofOthers(reads)).isEqualTo(ofOthers(readsInPeace()));
        return reads;
    }

    /** The time has passed: the first sync is to bring all. */
    private Stream<List<Reads>> afterwards() {
        return IntStream.range(0, AFTER).mapToObj(cycle -> {
            if (cycle == 0) {
                host.subscription(THROTTLED).heal();
                host.time.pass(A_CALL_IS_LEFT_AFTER);
            }
            List<Reads> reads = cycleWithoutHarm();
            assertThat(host.outcome(THROTTLED).failure()).isEmpty();
            return reads;
        });
    }

    private List<Reads> cycleWithoutHarm() {
        List<Reads> reads = host.cycle();
        for (int subscription = 0; subscription < SUBSCRIPTIONS; subscription++) {
            assertThat(host.active(subscription)).isEqualTo(SESSIONS_EACH);
            if (subscription != THROTTLED) {
                assertThat(host.outcome(subscription).failure()).isEmpty();
            }
        }
        return reads;
    }

    private static List<List<Reads>> readsInPeace() {
        try (SimulatedHost peaceful = new SimulatedHost()) {
            return IntStream.range(0, BEFORE + DURING + AFTER)
                    .mapToObj(cycle -> peaceful.cycle())
                    .skip(BEFORE)
                    .toList();
        }
    }

    private static Stream<Reads> ofThrottled(List<List<Reads>> cycles) {
        return cycles.stream().map(reads -> reads.get(THROTTLED));
    }

    private static List<List<Reads>> ofOthers(List<List<Reads>> cycles) {
        return cycles.stream()
                .map(reads -> IntStream.range(0, SUBSCRIPTIONS)
                        .filter(subscription -> subscription != THROTTLED)
                        .mapToObj(reads::get)
                        .toList())
                .toList();
    }
}
