package com.berryfi.vmsync.testkit.arm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often what was asked, and the latest requests: method and path, never a header or a body. Thread-safe. */
final class CallLog {

    private record Kind(ArmCall call, String subscription) {}

    private static final int KEPT = 10_000;

    private final Map<Kind, LongAdder> counts = new ConcurrentHashMap<>();
    private final Deque<String> latest = new ArrayDeque<>();

    void add(ArmCall call, String subscription, String methodAndPath) {
        counts.computeIfAbsent(new Kind(call, subscription.toLowerCase(Locale.ROOT)), kind -> new LongAdder())
                .increment();
        synchronized (latest) {
            if (latest.size() == KEPT) {
                latest.removeFirst();
            }
            latest.addLast(methodAndPath);
        }
    }

    long count(ArmCall call) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().call() == call)
                .mapToLong(entry -> entry.getValue().sum())
                .sum();
    }

    long count(ArmCall call, String subscription) {
        LongAdder count = counts.get(new Kind(call, subscription.toLowerCase(Locale.ROOT)));
        return count == null ? 0 : count.sum();
    }

    List<String> latest() {
        synchronized (latest) {
            return List.copyOf(latest);
        }
    }

    void clear() {
        counts.clear();
        synchronized (latest) {
            latest.clear();
        }
    }
}
