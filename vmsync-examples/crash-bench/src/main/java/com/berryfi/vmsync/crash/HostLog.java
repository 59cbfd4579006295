package com.berryfi.vmsync.crash;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What the host did that the judge must know. Thread-safe. */
final class HostLog {

    private final Map<String, Instant> endRequests = new ConcurrentHashMap<>();
    private final Map<String, List<Instant>> changes = new ConcurrentHashMap<>();
    private final AtomicInteger blindSaves = new AtomicInteger();

    void noteEndRequest(String session, Instant at) {
        endRequests.put(session, at);
    }

    /** The host has written the rows of a VM, just now. */
    void noteChange(String vm) {
        changes.computeIfAbsent(vm, same -> new CopyOnWriteArrayList<>()).add(Instant.now());
    }

    void noteBlindSave(String vm) {
        blindSaves.incrementAndGet();
        noteChange(vm);
    }

    /** When the host asked for the end of a session, of each that it did. */
    Map<String, Instant> endRequests() {
        return Map.copyOf(endRequests);
    }

    /** When it wrote the rows of a VM in use, each time that it did. */
    List<Instant> changes(String vm) {
        return List.copyOf(changes.getOrDefault(vm, List.of()));
    }

    /** How often it wrote old values back. */
    int blindSaves() {
        return blindSaves.get();
    }
}
