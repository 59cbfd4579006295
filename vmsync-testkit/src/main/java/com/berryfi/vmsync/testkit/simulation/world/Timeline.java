package com.berryfi.vmsync.testkit.simulation.world;

import com.berryfi.vmsync.model.VmId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What happened to each VM, kept as it is and written out only when somebody asks. Not thread-safe. */
public final class Timeline {

    private static final int KEPT = 400;

    /** One thing that happened. */
    private record Entry(Instant at, String actor, Object what) {
        @Override
        public String toString() {
            return at + "  " + actor + ": " + what;
        }
    }

    private final Map<VmId, ArrayDeque<Entry>> entries = new HashMap<>();
    private final ArrayDeque<Entry> ofAll = new ArrayDeque<>();

    /** Something happened to a VM; {@code what} is written out later, and so must not change. */
    public void note(VmId vm, Instant at, String actor, Object what) {
        keep(entries.computeIfAbsent(vm, same -> new ArrayDeque<>()), new Entry(at, actor, what));
    }

    /** Something happened that concerns all. */
    public void note(Instant at, String actor, Object what) {
        keep(ofAll, new Entry(at, actor, what));
    }

    private static void keep(ArrayDeque<Entry> list, Entry entry) {
        if (list.size() == KEPT) {
            list.removeFirst();
        }
        list.addLast(entry);
    }

    /** The last things that happened to a VM, and to all meanwhile, oldest first, a line each. */
    public List<String> of(VmId vm, int most) {
        List<Entry> own = List.copyOf(entries.getOrDefault(vm, new ArrayDeque<>()));
        List<Entry> last = own.subList(Math.max(0, own.size() - most), own.size());
        Instant from = last.isEmpty() ? Instant.MIN : last.get(0).at();
        return java.util.stream.Stream.concat(
                        last.stream(), ofAll.stream().filter(entry -> !entry.at().isBefore(from)))
                .sorted(java.util.Comparator.comparing(Entry::at))
                .map(Entry::toString)
                .toList();
    }
}
