package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.BrakeKind;
import com.berryfi.vmsync.model.BrakePolicy;
import com.berryfi.vmsync.model.Budget;
import com.berryfi.vmsync.model.Outage;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Spending;
import com.berryfi.vmsync.model.VmId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrakeTest {

    private static final BrakePolicy POLICY = BrakePolicy.standard();
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Scope OTHER = new Scope("azure", "tenant-1", "client-1", "sub-2");
    private static final List<Spending> NONE = List.of();
    private static final Instant JUST = NOW.minusMillis(1);

    @ParameterizedTest(name = "of {0} live sessions {1} ask, {2} pass")
    @CsvSource({
        "3, 3, 3",
        "4, 4, 3",
        "0, 3, 3",
        "0, 4, 3",
        "29, 3, 3",
        "39, 4, 3",
        "40, 4, 4",
        "99, 10, 3",
        "100, 10, 10",
        "100, 11, 3",
        "1000, 100, 100",
        "1000, 101, 3",
        "100, 0, 0"
    })
    void threePassAndMoreOnlyUpToATenth(int live, int asking, int pass) {
        Brake.Outcome outcome = decide(asking(asking), NONE, live, live);

        assertThat(outcome.spent())
                .containsExactlyElementsOf(IntStream.range(0, pass)
                        .mapToObj(i -> new Spending(BrakeKind.END, SCOPE, vm(i), NOW))
                        .toList());
        assertThat(outcome.held().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(pass, asking).mapToObj(BrakeTest::vm).toList());
    }

    @ParameterizedTest(name = "{0} are gone, {1} live, {2} ask, {3} pass")
    @CsvSource({"2, 5, 1, 1", "2, 5, 2, 1", "3, 5, 1, 0", "4, 5, 1, 0", "3, 97, 7, 7", "3, 97, 8, 0", "1, 99, 10, 2"})
    void whatHasGoneOfLateCounts(int gone, int live, int asking, int pass) {
        assertThat(decide(asking(asking), gone(gone, SCOPE, JUST), live, live).spent())
                .hasSize(pass);
    }

    @Test
    void theWindowSlides() {
        Instant justOver = NOW.minus(TEN_MINUTES).minus(Brake.AHEAD);

        assertThat(decide(asking(1), gone(3, SCOPE, justOver), 0, 0).spent()).hasSize(1);
        assertThat(decide(asking(1), gone(3, SCOPE, justOver.plusMillis(1)), 0, 0)
                        .spent())
                .isEmpty();
    }

    @Test
    void endingsSuspensionsAndDeallocationsAreCountedEachByItself() {
        Brake.Outcome outcome = Brake.decide(
                BrakeKind.SUSPEND, asking(1), budget(gone(3, SCOPE, JUST)), measure(0, 0, Optional.empty()), NOW);

        assertThat(outcome.spent()).containsExactly(new Spending(BrakeKind.SUSPEND, SCOPE, vm(0), NOW));
    }

    @Test
    void whatGoesInAnotherScopeCountsInAll() {
        List<Spending> elsewhere = gone(3, OTHER, JUST);

        assertThat(decide(asking(1), elsewhere, 100, 100).spent())
                .as("a tenth of all is more than what is gone")
                .hasSize(1);
        assertThat(decide(asking(1), elsewhere, 20, 20).spent())
                .as("two are a tenth of all")
                .isEmpty();
    }

    @Test
    void aScopeOfItsOwnIsBrakedWhenAllTogetherWouldNotBe() {
        assertThat(decide(asking(4), NONE, 10, 1_000).spent()).hasSize(3);
        assertThat(decide(asking(4), NONE, 40, 1_000).spent()).hasSize(4);
        assertThat(decide(asking(4), gone(37, OTHER, JUST), 40, 1_000).spent()).hasSize(4);
    }

    @ParameterizedTest(name = "{0} s after an outage {1} ask, {2} pass")
    @CsvSource({
        "-60, 4, 3",
        "0, 4, 3",
        "239, 4, 3",
        "240, 4, 4",
        "240, 5, 3",
        "599, 10, 3",
        "599, 9, 9",
        "600, 10, 10",
        "600, 11, 3",
        "6000, 10, 10"
    })
    void afterAnOutageTheShareGrowsFromNothing(int seconds, int asking, int pass) {
        Instant until = NOW.minusSeconds(seconds);
        Brake.Measure measure = measure(100, 100, Optional.of(new Outage(until.minusSeconds(900), until)));

        assertThat(Brake.decide(BrakeKind.END, asking(asking), budget(NONE), measure, NOW)
                        .spent())
                .hasSize(pass);
    }

    @Test
    void theHostChoosesShareAndNumber() {
        Map<Scope, Brake.Census> five = Map.of(SCOPE, new Brake.Census(5, NOW));

        assertThat(under(new BrakePolicy(0, 0, TEN_MINUTES, TEN_MINUTES), five, NONE, 5)
                        .spent())
                .isEmpty();
        assertThat(under(new BrakePolicy(100, 0, TEN_MINUTES, TEN_MINUTES), five, NONE, 5)
                        .spent())
                .hasSize(5);
    }

    @Test
    void whoWentAfterTheyWereCountedIsAmongThem() {
        Map<Scope, Brake.Census> counted = Map.of(SCOPE, new Brake.Census(39, NOW.minusSeconds(60)));

        assertThat(under(POLICY, counted, gone(1, SCOPE, NOW.minusSeconds(61)), 3)
                        .spent())
                .as("40 when the window began, 4 go")
                .hasSize(3);
        assertThat(under(POLICY, counted, gone(1, SCOPE, NOW.minusSeconds(60)), 3)
                        .spent())
                .as("39 when the window began, 4 would go")
                .hasSize(2);
    }

    @Test
    void whereNobodyHasCountedThreePass() {
        assertThat(under(POLICY, Map.of(), NONE, 4).spent()).hasSize(3);
        assertThat(under(POLICY, Map.of(OTHER, new Brake.Census(1_000, NOW)), NONE, 4)
                        .spent())
                .hasSize(3);
    }

    private static Brake.Outcome under(
            BrakePolicy policy, Map<Scope, Brake.Census> census, List<Spending> spent, int asking) {
        return Brake.decide(
                BrakeKind.END,
                asking(asking),
                budget(spent),
                new Brake.Measure(policy, SCOPE, census, Optional.empty()),
                NOW);
    }

    private static Brake.Outcome decide(List<Brake.Candidate> asking, List<Spending> spent, int inScope, int inAll) {
        return Brake.decide(BrakeKind.END, asking, budget(spent), measure(inScope, inAll, Optional.empty()), NOW);
    }

    private static Brake.Measure measure(int inScope, int inAll, Optional<Outage> outage) {
        Map<Scope, Brake.Census> census =
                Map.of(SCOPE, new Brake.Census(inScope, NOW), OTHER, new Brake.Census(inAll - inScope, NOW));
        return new Brake.Measure(POLICY, SCOPE, census, outage);
    }

    private static Budget budget(List<Spending> spent) {
        return new Budget(1, spent);
    }

    private static List<Brake.Candidate> asking(int count) {
        return IntStream.range(0, count).mapToObj(i -> proven(vm(i), NOW)).toList();
    }

    private static List<Spending> gone(int count, Scope scope, Instant at) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Spending(BrakeKind.END, scope, new VmId("gone-" + i), at))
                .toList();
    }

    private static Brake.Candidate proven(VmId vm, Instant since) {
        return new Brake.Candidate(vm, Optional.empty(), Optional.of(since));
    }

    private static VmId vm(int number) {
        return new VmId("vm-" + number);
    }
}
