package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.BrakeKind;
import com.berryfi.vmsync.model.BrakePolicy;
import com.berryfi.vmsync.model.Budget;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Spending;
import com.berryfi.vmsync.model.VmId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whoever asks, how often and in whatever scope: no ten minutes see more go than the policy lets go. */
class NeverOverTheBrakeTest {

    private static final BrakePolicy POLICY = BrakePolicy.standard();
    private static final List<Scope> SCOPES =
            List.of(new Scope("azure", "t", "c", "sub-1"), new Scope("azure", "t", "c", "sub-2"));

    @Test
    void noTenMinutesSeeMoreGoThanTheShare() {
        long seed = Long.getLong("vmsync.seed", 20261101L);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            int[] live = {random.nextInt(120), random.nextInt(60)};
            int[] atStart = live.clone();
            List<Spending> spent = new ArrayList<>();
            Instant now = NOW;
            int number = 0;
            Map<Scope, Brake.Census> counted = Map.of();
            Instant countedAt = now;
            for (int step = 0; step < 15; step++) {
                now = now.plusSeconds(random.nextInt(180));
                int where = random.nextInt(2);
                List<Brake.Candidate> asking = new ArrayList<>();
                int many = Math.min(live[where], random.nextInt(random.nextBoolean() ? 5 : 30));
                for (int i = 0; i < many; i++) {
                    asking.add(new Brake.Candidate(new VmId("vm-" + number++), Optional.empty(), Optional.of(now)));
                }
                if (step == 0 || random.nextInt(3) == 0) {
                    counted = Map.of(
                            SCOPES.get(0), new Brake.Census(live[0], now),
                            SCOPES.get(1), new Brake.Census(live[1], now));
                    countedAt = now;
                }
                if (Duration.between(countedAt, now).compareTo(POLICY.window()) > 0) {
                    continue;
                }
                Brake.Measure measure = new Brake.Measure(POLICY, SCOPES.get(where), counted, Optional.empty());
                Brake.Outcome outcome = Brake.decide(BrakeKind.END, asking, new Budget(step, spent), measure, now);

                assertThat(outcome.spent().size() + outcome.held().size())
                        .as("seed %s round %s: each passes or is held", seed, round)
                        .isEqualTo(many);
                spent.addAll(outcome.spent());
                live[where] -= outcome.spent().size();
                check(spent, now, Optional.of(SCOPES.get(where)), atStart[where], seed, round);
                check(spent, now, Optional.empty(), atStart[0] + atStart[1], seed, round);
            }
        }
    }

    private static void check(
            List<Spending> spent, Instant now, Optional<Scope> scope, int atStart, long seed, int round) {
        Duration window = POLICY.window();
        List<Spending> counted = spent.stream()
                .filter(each -> scope.map(each.scope()::equals).orElse(true))
                .toList();
        long earlier = counted.stream()
                .filter(each -> !each.at().isAfter(now.minus(window)))
                .count();
        long share = (atStart - earlier) / 10;
        assertThat(counted.size() - earlier)
                .as("seed %s round %s: went in ten minutes in %s", seed, round, scope)
                .isLessThanOrEqualTo(Math.max(POLICY.always(), share));
    }
}
