package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.BrakeKind;
import com.berryfi.vmsync.model.BrakePolicy;
import com.berryfi.vmsync.model.Budget;
import com.berryfi.vmsync.model.Held;
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
    void whoHasTakenAPlaceNeedsNoSecond() {
        List<Spending> spent = List.of(new Spending(BrakeKind.END, SCOPE, vm(0), NOW.minusSeconds(30)));
        Brake.Outcome outcome = decide(List.of(proven(vm(0), NOW.minusSeconds(60))), spent);

        assertThat(outcome.spent()).isEmpty();
        assertThat(outcome.held()).isEmpty();
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
        assertThat(decide(List.of(new Brake.Candidate(again, Optional.empty())), spent)
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
        Brake.Outcome outcome = decide(List.of(new Brake.Candidate(vm(0), Optional.empty())), gone(NOW.minusMillis(1)));

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
        return new Brake.Candidate(vm, Optional.of(since));
    }

    private static VmId vm(int number) {
        return new VmId("vm-" + number);
    }
}
