package com.berryfi.vmsync.testkit.simulation.world;

import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.VmId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What happened to each VM, kept as it is and written out only when somebody asks. Not thread-safe. */
public final class Timeline {

    private static final int KEPT = 2_000;

    /** One thing that happened. */
    private record Entry(Instant at, String actor, Object what) {
        @Override
        public String toString() {
            return at + "  " + actor + ": " + what;
        }
    }

    private final Map<Object, ArrayDeque<Entry>> entries = new HashMap<>();

    /**
     * Something happened to a VM; {@code what} is written out later, and so must not change.
     *
     * @param vm of which VM
     * @param at when
     * @param actor who did it, in a word
     * @param what what was done, or what came of it
     */
    public void note(VmId vm, Instant at, String actor, Object what) {
        keep(vm, new Entry(at, actor, what));
    }

    /**
     * Something happened that concerns a scope.
     *
     * @param scope of which scope
     * @param at when
     * @param actor who did it, in a word
     * @param what what was done, or what came of it
     */
    public void note(Scope scope, Instant at, String actor, Object what) {
        keep(scope, new Entry(at, actor, what));
    }

    /**
     * Something happened that concerns all.
     *
     * @param at when
     * @param actor who did it, in a word
     * @param what what was done, or what came of it
     */
    public void note(Instant at, String actor, Object what) {
        keep("all", new Entry(at, actor, what));
    }

    private void keep(Object of, Entry entry) {
        ArrayDeque<Entry> list = entries.computeIfAbsent(of, same -> new ArrayDeque<>());
        if (list.size() == KEPT) {
            list.removeFirst();
        }
        list.addLast(entry);
    }

    /**
     * {@return the last things that happened to a VM until an instant, and to its scope and to all meanwhile, oldest first, a line each}
     *
     * @param vm of which VM
     * @param scope of which scope
     * @param until the last instant of interest
     * @param most how many of the VM's own things; of all together twice as many
     */
    public List<String> of(VmId vm, Scope scope, Instant until, int most) {
        List<Entry> own = of(vm).filter(entry -> !entry.at().isAfter(until)).toList();
        List<Entry> last = new ArrayList<>(own.subList(Math.max(0, own.size() - most), own.size()));
        Instant from = last.isEmpty() ? Instant.MIN : last.get(0).at();
        for (Object other : List.of(scope, "all")) {
            of(other)
                    .filter(entry -> !entry.at().isBefore(from) && !entry.at().isAfter(until))
                    .forEach(last::add);
        }
        last.sort(Comparator.comparing(Entry::at));
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < last.size(); i++) {
            // Of many passes in a row the first and the last are enough.
            boolean amongPasses = isPass(last, i - 1) && isPass(last, i) && isPass(last, i + 1);
            if (!amongPasses) {
                lines.add(last.get(i).toString());
            }
        }
        return lines.subList(Math.max(0, lines.size() - 2 * most), lines.size());
    }

    private static boolean isPass(List<Entry> entries, int at) {
        return at >= 0 && at < entries.size() && entries.get(at).what() instanceof Pass;
    }

    private java.util.stream.Stream<Entry> of(Object key) {
        return entries.getOrDefault(key, new ArrayDeque<>()).stream();
    }
}
