package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** In which order the scopes of a cycle take their turns. */
public final class Turns {

    private Turns() {}

    /**
     * Each cycle begins with others, so that a cycle that cannot serve all does not always leave out the same. Those that failed come
     * last, and the one that failed last at the very end: while they hang, the others are done.
     *
     * @param failedAt when a scope failed last, of those that failed when they were last tried
     * @param turn the number of the cycle
     */
    public static List<Scope> order(List<Scope> scopes, Map<Scope, Instant> failedAt, long turn) {
        List<Scope> ordered = new ArrayList<>(scopes);
        // A step of about the golden section: who comes late in one cycle comes early in one of the next few.
        long step = Math.max(1, ordered.size() * 618L / 1000);
        Collections.rotate(ordered, (int) Math.floorMod(-turn * step, (long) Math.max(1, ordered.size())));
        ordered.sort(Comparator.comparing(scope -> failedAt.getOrDefault(scope, Instant.MIN)));
        return ordered;
    }
}
