package com.berryfi.vmsync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Scope;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final List<Scope> TEN = IntStream.range(0, 10)
            .mapToObj(i -> new Scope("azure", "tenant", "client", "sub-" + i))
            .toList();

    @Test
    void everyScopeHasItsTurnInEveryCycle() {
        for (long turn = 0; turn < 30; turn++) {
            assertThat(Turns.order(TEN, Map.of(), turn)).containsExactlyInAnyOrderElementsOf(TEN);
        }
    }

    @Test
    void nobodyIsAlwaysAmongTheLast() {
        Set<Scope> servedEarly = new HashSet<>();
        for (long turn = 1; turn <= 5; turn++) {
            servedEarly.addAll(Turns.order(TEN, Map.of(), turn).subList(0, 5));
        }
        assertThat(servedEarly).containsExactlyInAnyOrderElementsOf(TEN);
    }

    @Test
    void whoFailedComesLastAndWhoFailedLastAtTheVeryEnd() {
        Map<Scope, Instant> failedAt =
                Map.of(TEN.get(3), Instant.ofEpochSecond(20), TEN.get(7), Instant.ofEpochSecond(10));
        for (long turn = 0; turn < 30; turn++) {
            assertThat(Turns.order(TEN, failedAt, turn).subList(8, 10)).containsExactly(TEN.get(7), TEN.get(3));
        }
    }

    @Test
    void noScopesAndOneScopeAreOrderedToo() {
        assertThat(Turns.order(List.of(), Map.of(), 7)).isEmpty();
        assertThat(Turns.order(TEN.subList(0, 1), Map.of(), 7)).containsExactly(TEN.get(0));
    }
}
