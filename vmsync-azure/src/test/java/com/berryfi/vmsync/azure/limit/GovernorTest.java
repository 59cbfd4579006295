package com.berryfi.vmsync.azure.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Scope;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Our share of each limit, by a clock that is set by hand. */
class GovernorTest {

    private static final Scope ONE = new Scope("azure", "tenant", "client", "sub-1");
    private static final Scope OTHER_SUBSCRIPTION = new Scope("azure", "tenant", "client", "sub-2");
    private static final Scope OTHER_PRINCIPAL = new Scope("azure", "tenant", "client-2", "SUB-1");
    private static final ArmCall LIST = new ArmCall(ONE, ArmCall.Kind.LIST_PAGE, "");

    private final AtomicLong nanos = new AtomicLong();
    private final Governor governor = new Governor(50, nanos::get);

    @Test
    void halfOfEachLimitIsOurs() {
        assertThat(sent(LIST, false)).as("resource manager's reads").isEqualTo(125);
        assertThat(governor.left(ONE, RateLimit.LISTS)).isEqualTo(150 - 125);
        assertThat(sent(deallocation("a"), false)).as("of one machine").isEqualTo(2);
        assertThat(sent(direct(OTHER_SUBSCRIPTION, "a"), false)).isEqualTo(6);
    }

    @Test
    void itIsRefilledAtHalfTheRate() {
        assertThat(sent(LIST, false)).isEqualTo(125);
        pass(Duration.ofSeconds(2));
        assertThat(sent(LIST, false)).as("12.5 reads a second").isEqualTo(25);
        pass(Duration.ofMinutes(1));
        assertThat(sent(LIST, false)).isEqualTo(125);
    }

    @Test
    void listsDirectReadsAndWritesHaveBudgetsOfTheirOwn() {
        governor.noteThrottled(LIST, false, Duration.ofMinutes(10));

        assertThat(sent(LIST, false)).isZero();
        assertThat(sent(deallocation("a"), false)).isEqualTo(2);
        assertThat(sent(direct(ONE, "a"), false)).isEqualTo(6);
        assertThat(sent(direct(ONE, "b"), false)).isEqualTo(6);
    }

    @Test
    void aCallThatIsRefusedByOneLimitCountsForNone() {
        assertThat(sent(direct(ONE, "a"), false)).isEqualTo(6);

        assertThat(governor.left(ONE, RateLimit.ARM_READS)).isEqualTo(125 - 6);
        assertThat(governor.left(ONE, RateLimit.DIRECT_READS)).isEqualTo(4_000 - 6);
        assertThat(governor.waitsForMachine(direct(ONE, "a"))).isTrue();
        assertThat(governor.tryCall(direct(ONE, "a"), false)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void answersThatComeAtTheSameTimeAndSayTheSameCountOnce() throws Exception {
        ExecutorService answers = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 500; round++) {
                Governor fresh = new Governor(50, nanos::get);
                CyclicBarrier together = new CyclicBarrier(4);
                Callable<Integer> answer = () -> {
                    int turn = together.await(30, TimeUnit.SECONDS);
                    fresh.noteLeft(LIST, Map.of("x-ms-ratelimit-remaining-subscription-reads", 100L));
                    return turn;
                };
                for (Future<Integer> noted : answers.invokeAll(Collections.nCopies(4, answer))) {
                    noted.get();
                }
                assertThat(fresh.left(ONE, RateLimit.ARM_READS)).isEqualTo(50);
            }
        } finally {
            answers.shutdownNow();
        }
    }

    @Test
    void aFullSyncLeavesAQuarterToTheQuickOne() {
        assertThat(sent(LIST, true)).isEqualTo(125 - 31);
        assertThat(sent(LIST, false)).isEqualTo(31);
        assertThat(governor.until(ONE, ArmCall.Kind.LIST_PAGE, 1, false))
                .isLessThan(governor.until(ONE, ArmCall.Kind.LIST_PAGE, 1, true));
    }

    @Test
    void headersLowerWhatIsLeftToOurShareOfItAndNeverRaiseIt() {
        governor.noteLeft(LIST, Map.of("microsoft.compute/highcostget", 40L));
        assertThat(governor.left(ONE, RateLimit.LISTS)).isEqualTo(20);
        governor.noteLeft(LIST, Map.of("Microsoft.Compute/HighCostGetSubscriptionMaximum", 290L));
        assertThat(governor.left(ONE, RateLimit.LISTS)).isEqualTo(20);
        governor.noteLeft(LIST, Map.of("x-ms-ratelimit-remaining-subscription-reads", 10L, "unheard-of", 0L));
        assertThat(governor.left(ONE, RateLimit.ARM_READS)).isEqualTo(5);
        governor.noteLeft(LIST, Map.of("microsoft.compute/highcostget", -5L));
        assertThat(governor.left(ONE, RateLimit.LISTS)).isZero();
        governor.noteLeft(LIST, Map.of("microsoft.compute/lowcostget", 100L));
        assertThat(governor.left(ONE, RateLimit.DIRECT_READS)).isEqualTo(50);
        assertThat(governor.left(ONE, RateLimit.ARM_WRITES)).isEqualTo(100);
    }

    @Test
    void aChargeOfMoreThanOneIsTakenAndOneThatIsAbsurdIsNotBelieved() {
        governor.tryCall(LIST, false);
        governor.noteCharge(LIST, 4);
        assertThat(governor.left(ONE, RateLimit.LISTS)).isEqualTo(150 - 4);
        governor.noteCharge(LIST, 1);
        governor.noteCharge(LIST, -7);
        assertThat(governor.left(ONE, RateLimit.LISTS)).isEqualTo(150 - 4);
        governor.noteCharge(LIST, Long.MAX_VALUE);
        assertThat(governor.until(ONE, ArmCall.Kind.LIST_PAGE, 1, false)).isLessThan(Duration.ofMinutes(2));
    }

    @Test
    void whoWasRefusedWaitsAsLongAsItWasToldAndNobodyElseDoes() {
        governor.noteThrottled(LIST, false, Duration.ofMinutes(10));

        assertThat(sent(new ArmCall(OTHER_SUBSCRIPTION, ArmCall.Kind.LIST_PAGE, ""), false))
                .isEqualTo(125);
        assertThat(sent(new ArmCall(OTHER_PRINCIPAL, ArmCall.Kind.LIST_PAGE, ""), false))
                .as("the limit is the subscription's, whoever asks")
                .isZero();
        pass(Duration.ofMinutes(10).minusNanos(1));
        assertThat(sent(LIST, false)).isZero();
        pass(Duration.ofSeconds(1));
        assertThat(sent(LIST, false)).isEqualTo(2);
    }

    @Test
    void whatResourceManagerRefusesIsThePrincipals() {
        governor.noteThrottled(LIST, true, Duration.ofMinutes(10));

        assertThat(sent(direct(ONE, "a"), false)).isZero();
        assertThat(sent(deallocation("a"), false)).isEqualTo(2);
        assertThat(sent(new ArmCall(OTHER_PRINCIPAL, ArmCall.Kind.LIST_PAGE, ""), false))
                .isEqualTo(125);
    }

    @Test
    void aSecondRefusalMakesTheWaitNoLongerThanItSays() {
        governor.noteThrottled(LIST, false, Duration.ofMinutes(10));
        governor.noteThrottled(LIST, false, Duration.ofMinutes(10));
        governor.noteThrottled(LIST, false, Duration.ofMinutes(1));

        pass(Duration.ofMinutes(10).plusSeconds(1));
        assertThat(governor.tryCall(LIST, false)).isZero();
    }

    @Test
    void noMoreThanAnHourIsBelieved() {
        governor.noteThrottled(LIST, false, Duration.ofDays(400));

        pass(Duration.ofHours(1).plusSeconds(1));
        assertThat(governor.tryCall(LIST, false)).isZero();
    }

    @Test
    void theBurdenIsThatOfTheShortestLimit() {
        assertThat(governor.burden(ONE, ArmCall.Kind.LIST_PAGE, 5)).isEqualTo(5 / 125.0);
        governor.noteLeft(LIST, Map.of("microsoft.compute/highcostget", 20L));
        assertThat(governor.burden(ONE, ArmCall.Kind.LIST_PAGE, 5)).isEqualTo(0.5);
        assertThat(governor.burden(ONE, ArmCall.Kind.DIRECT_READ, 5)).isEqualTo(5 / 125.0);
        assertThat(governor.until(ONE, ArmCall.Kind.LIST_PAGE, 10, false)).isZero();
        assertThat(governor.until(ONE, ArmCall.Kind.LIST_PAGE, 11, false)).isEqualTo(Duration.ofMillis(400));
    }

    /** How many calls go out at once; no more than 1,000 are tried. */
    private int sent(ArmCall call, boolean leavingReserve) {
        int sent = 0;
        while (sent < 1_000 && governor.tryCall(call, leavingReserve).isZero()) {
            sent++;
        }
        return sent;
    }

    private void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    private static ArmCall direct(Scope scope, String machine) {
        return new ArmCall(scope, ArmCall.Kind.DIRECT_READ, machine);
    }

    private static ArmCall deallocation(String machine) {
        return new ArmCall(ONE, ArmCall.Kind.DEALLOCATION, machine);
    }
}
