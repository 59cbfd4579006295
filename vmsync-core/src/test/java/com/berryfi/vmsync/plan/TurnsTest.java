package com.berryfi.vmsync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Scope;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
    void credentialsTakeTurns() {
        List<Scope> many = scopes("many", 50);
        List<Scope> few = scopes("few", 3);
        List<Scope> all = Stream.concat(many.stream(), few.stream()).toList();
        for (long turn = 0; turn < 60; turn++) {
            List<Scope> ordered = Turns.order(all, Map.of(), turn);

            assertThat(ordered).containsExactlyInAnyOrderElementsOf(all);
            assertThat(ordered.subList(0, 6)).containsAll(few);
        }
    }

    @Test
    void aFailedScopeComesAfterAllOthersWhateverItsCredential() {
        List<Scope> many = scopes("many", 50);
        Scope failed = scopes("few", 1).get(0);
        List<Scope> all = Stream.concat(many.stream(), Stream.of(failed)).toList();

        assertThat(Turns.order(all, Map.of(failed, Instant.ofEpochSecond(1)), 7))
                .endsWith(failed);
    }

    @Test
    void ofOneCredentialNoMoreBeginThanItMayHaveWhileAnothersWait() {
        List<Scope> hung = scopes("hung", 10);
        List<Scope> other = scopes("other", 10);
        List<Scope> all = Stream.concat(hung.stream(), other.stream()).toList();

        assertThat(Turns.next(all, List.of(), 2)).containsExactly(hung.get(0), hung.get(1), other.get(0), other.get(1));
        assertThat(Turns.next(all.subList(2, 20), hung.subList(0, 2), 2)).containsExactly(other.get(0), other.get(1));
        assertThat(Turns.next(all.subList(3, 20), List.of(hung.get(0), hung.get(1), other.get(0), other.get(1)), 2))
                .isEmpty();
    }

    @Test
    void theOnlyCredentialThatHasScopesLeftMayBeginThemAll() {
        List<Scope> hung = scopes("hung", 10);

        assertThat(Turns.next(hung, List.of(), 1)).isEqualTo(hung);
        assertThat(Turns.next(hung, scopes("other", 3), 1)).isEqualTo(hung);
        assertThat(Turns.next(List.of(), hung, 1)).isEmpty();
    }

    @Test
    void theSamePrincipalOfAnotherTenantOrCloudIsAnotherCredential() {
        Scope one = new Scope("azure", "t", "p", "a");
        List<Scope> others = List.of(
                new Scope("azure", "u", "p", "a"), new Scope("aws", "t", "p", "a"), new Scope("azure", "t", "q", "a"));
        for (Scope other : others) {
            assertThat(Turns.next(List.of(one, other), List.of(one), 1)).containsExactly(other);
        }
    }

    private static List<Scope> scopes(String principal, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Scope("azure", "tenant", principal, "sub-" + i))
                .toList();
    }

    @Test
    void noScopesAndOneScopeAreOrderedToo() {
        assertThat(Turns.order(List.of(), Map.of(), 7)).isEmpty();
        assertThat(Turns.order(TEN.subList(0, 1), Map.of(), 7)).containsExactly(TEN.get(0));
    }
}
