package com.berryfi.vmsync.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * What this JVM's threads have allocated since a moment, summed over the threads that live at the end. JDK 17 counts by thread, and not
 * in all: what a thread allocated that ended in between is not seen, so whoever measures keeps pools open until they have asked.
 */
final class Allocation {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Map<Long, Long> before;

    private Allocation(Map<Long, Long> before) {
        this.before = Map.copyOf(before);
    }

    static Allocation sinceNow() {
        return new Allocation(byThread());
    }

    /** How many bytes were allocated since. */
    long bytes() {
        long sum = 0;
        for (Map.Entry<Long, Long> thread : byThread().entrySet()) {
            sum += thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
        }
        return sum;
    }

    private static Map<Long, Long> byThread() {
        long[] ids = THREADS.getAllThreadIds();
        long[] bytes = THREADS.getThreadAllocatedBytes(ids);
        Map<Long, Long> byThread = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            if (bytes[i] >= 0) {
                byThread.put(ids[i], bytes[i]);
            }
        }
        return byThread;
    }
}
