package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.BrakeKind;
import com.berryfi.vmsync.model.BrakePolicy;
import com.berryfi.vmsync.model.Budget;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Spending;
import com.berryfi.vmsync.model.VmId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who needs a place under the brake, and who needs none. */
class BrakePlacesTest {

    @Test
    void whoHasTakenAPlaceTakesItAnewAndNoSecond() {
        List<Spending> spent = new ArrayList<>(gone(NOW.minusSeconds(30)).subList(0, 2));
        spent.add(0, place(0, NOW.minusSeconds(240)));
        Brake.Outcome outcome = decide(List.of(of(0), of(1)), spent);

        assertThat(outcome.spent()).containsExactly(place(0, NOW));
        assertThat(outcome.held()).containsOnlyKeys(vm(1));
    }

    @Test
    void aPlaceThatWasTakenAnewCountsOnce() {
        List<Spending> spent =
                List.of(place(0, NOW.minusSeconds(90)), place(0, NOW.minusSeconds(60)), place(0, NOW.minusSeconds(30)));

        assertThat(decide(List.of(of(1), of(2), of(3)), spent).held()).containsOnlyKeys(vm(3));
    }

    @Test
    void aPlaceThatWasTakenAnewCountsAsOfThen() {
        Duration window = BrakePolicy.standard().window();
        List<Spending> spent = new ArrayList<>(gone(NOW.minusSeconds(30)).subList(0, 2));
        spent.add(0, place(0, NOW.minus(window).minus(Brake.AHEAD)));
        assertThat(decide(List.of(of(1)), spent).held()).isEmpty();

        spent.add(place(0, NOW.minusSeconds(30)));
        assertThat(decide(List.of(of(1)), spent).held()).containsOnlyKeys(vm(1));
    }

    @Test
    void aPlaceOfThisVeryInstantIsNotTakenAgain() {
        assertThat(decide(List.of(of(0)), List.of(place(0, NOW))).spent()).isEmpty();
    }

    @Test
    void anotherSessionOfTheSameVmTakesAnotherPlace() {
        List<Spending> spent = new ArrayList<>(gone(NOW.minusSeconds(30)).subList(0, 2));
        spent.add(place(0, NOW.minusSeconds(30)));
        Brake.Candidate next =
                new Brake.Candidate(vm(0), Optional.of(new SessionId("next")), Optional.of(NOW.minusSeconds(90)));

        assertThat(decide(List.of(next), spent).held()).containsOnlyKeys(vm(0));
    }

    @Test
    void anotherEndingOfTheSameVmTakesAnotherPlace() {
        List<Spending> spent = gone(NOW.minusSeconds(60));
        VmId again = spent.get(0).vm();

        assertThat(decide(List.of(proven(again, NOW.minusSeconds(60))), spent).held())
                .as("what was proven when the place was taken")
                .isEmpty();
        assertThat(decide(List.of(proven(again, NOW.minusSeconds(60).plusMillis(1))), spent)
                        .held())
                .as("what was proven since")
                .containsKey(again);
        assertThat(decide(List.of(new Brake.Candidate(again, Optional.empty(), Optional.empty())), spent)
                        .held())
                .as("nobody knows since when")
                .isEmpty();
    }

    @Test
    void whatWasProvenForTenMinutesPassesAndCountsForNobody() {
        Instant longAgo = NOW.minus(Duration.ofMinutes(10));
        List<Brake.Candidate> candidates = new ArrayList<>();
        IntStream.range(0, 50).mapToObj(i -> proven(vm(i), longAgo)).forEach(candidates::add);
        candidates.add(proven(vm(100), longAgo.plusMillis(1)));

        Brake.Outcome outcome = decide(candidates, gone(NOW.minusMillis(1)));

        assertThat(outcome.spent()).isEmpty();
        assertThat(outcome.held())
                .containsOnlyKeys(vm(100))
                .containsValue(new Held(Held.Reason.BRAKE, Optional.of(NOW.plusMillis(1)), Held.ReleasedBy.TIME));
    }

    @Test
    void whatWasNeverProvenIsHeldWithoutATerm() {
        Brake.Outcome outcome = decide(
                List.of(new Brake.Candidate(vm(0), Optional.empty(), Optional.empty())), gone(NOW.minusMillis(1)));

        assertThat(outcome.held())
                .containsExactly(Map.entry(vm(0), new Held(Held.Reason.BRAKE, Optional.empty(), Held.ReleasedBy.TIME)));
    }

    /** Where nobody was counted, so that three pass and no more. */
    private static Brake.Outcome decide(List<Brake.Candidate> asking, List<Spending> spent) {
        return Brake.decide(
                BrakeKind.END,
                asking,
                new Budget(1, spent),
                new Brake.Measure(BrakePolicy.standard(), SCOPE, Map.of(), Optional.empty()),
                NOW);
    }

    private static List<Spending> gone(Instant at) {
        return IntStream.range(0, 3)
                .mapToObj(i -> new Spending(BrakeKind.END, SCOPE, new VmId("gone-" + i), at))
                .toList();
    }

    private static Brake.Candidate proven(VmId vm, Instant since) {
        return new Brake.Candidate(vm, Optional.empty(), Optional.of(since));
    }

    private static Brake.Candidate of(int number) {
        return new Brake.Candidate(vm(number), Optional.of(session(number)), Optional.of(NOW.minusSeconds(20)));
    }

    private static Spending place(int number, Instant at) {
        return new Spending(BrakeKind.END, SCOPE, vm(number), Optional.of(session(number)), at);
    }

    private static SessionId session(int number) {
        return new SessionId("session-" + number);
    }

    private static VmId vm(int number) {
        return new VmId("vm-" + number);
    }
}
