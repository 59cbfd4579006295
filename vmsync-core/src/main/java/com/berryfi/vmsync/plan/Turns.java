package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** In which order the scopes of a cycle take their turns, and which of them beside one another. */
public final class Turns {

    private Turns() {}

    /** Who reads a scope: what one credential reads is often slow, throttled or dead together. */
    private record Credential(String cloud, String tenant, String principal) {
        static Credential of(Scope scope) {
            return new Credential(scope.cloud(), scope.tenant(), scope.principal());
        }
    }

    /** A scope that has not failed, and how many of the same credential come before it. */
    private record Place(Scope scope, int number) {}

    /**
     * Each cycle begins with others, so that a cycle that cannot serve all does not always leave out the same, and credentials take
     * turns. The scopes that failed come last, and the one that failed last at the very end: while they hang, the others are done.
     *
     * @param failedAt when a scope failed last, of those that failed when they were last tried
     * @param turn the number of the cycle
     */
    public static List<Scope> order(List<Scope> scopes, Map<Scope, Instant> failedAt, long turn) {
        List<Scope> ordered = new ArrayList<>(scopes);
        // A step of about the golden section: who comes late in one cycle comes early in one of the next few.
        long step = Math.max(1, ordered.size() * 618L / 1000);
        Collections.rotate(ordered, (int) Math.floorMod(-turn * step, (long) Math.max(1, ordered.size())));
        Map<Credential, Integer> counts = new HashMap<>();
        return ordered.stream()
                .map(scope -> new Place(
                        scope, failedAt.containsKey(scope) ? 0 : counts.merge(Credential.of(scope), 1, Integer::sum)))
                .sorted(Comparator.comparing((Place place) ->
                                Optional.ofNullable(failedAt.get(place.scope())).orElse(Instant.MIN))
                        .thenComparing(Place::number))
                .map(Place::scope)
                .toList();
    }

    /**
     * Which scopes may begin now, beside those that are under way. Of one credential there are so many at most while another's scopes
     * wait; once only one credential has scopes left, all of them may begin.
     *
     * @param waiting in their order
     * @param most of one credential, at least 1
     * @return some of those that wait, in their order; empty if each must wait for one of its credential to end
     */
    public static List<Scope> next(Collection<Scope> waiting, Collection<Scope> underWay, int most) {
        if (waiting.isEmpty()
                || waiting.stream().map(Credential::of).distinct().limit(2).count() == 1) {
            return List.copyOf(waiting);
        }
        Map<Credential, Integer> counts = new HashMap<>();
        underWay.forEach(scope -> counts.merge(Credential.of(scope), 1, Integer::sum));
        return waiting.stream()
                .filter(scope -> counts.merge(Credential.of(scope), 1, Integer::sum) <= most)
                .toList();
    }
}
