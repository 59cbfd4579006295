package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.port.CloudStatusPort.Request;
import com.berryfi.vmsync.port.WorkCoordinator.ScopeWork;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Which replica asked the cloud of which scope, and when; noted where the cloud is asked. Thread-safe. */
final class ReadLog {

    private record Read(String replica, ScopeWork work, Instant at) {}

    private final List<Read> lists = new CopyOnWriteArrayList<>();
    private final List<String> clashes = new CopyOnWriteArrayList<>();
    private final Map<ScopeWork, String> underWay = new ConcurrentHashMap<>();

    /** A read begins; whoever else is at the same piece of work is a clash. */
    void begin(String replica, Request request, Instant at) {
        ScopeWork work = new ScopeWork(request.scope(), request.sync());
        String other = underWay.putIfAbsent(work, replica);
        if (other != null) {
            clashes.add(work + " by " + other + " and " + replica);
        }
        if (request.kind() == ReadKind.LIST) {
            lists.add(new Read(replica, work, at));
        }
    }

    void end(String replica, Request request) {
        underWay.remove(new ScopeWork(request.scope(), request.sync()), replica);
    }

    /** What was read by two at once. */
    List<String> clashes() {
        return List.copyOf(clashes);
    }

    /** Who listed each scope for the syncs of a kind at an instant, once for each time. */
    Map<Scope, List<String>> readers(SyncKind kind, Instant at) {
        return lists.stream()
                .filter(read -> read.work().kind() == kind && read.at().equals(at))
                .collect(Collectors.groupingBy(
                        read -> read.work().scope(),
                        () -> new TreeMap<>((one, other) -> one.subscription().compareTo(other.subscription())),
                        Collectors.mapping(Read::replica, Collectors.toList())));
    }
}
