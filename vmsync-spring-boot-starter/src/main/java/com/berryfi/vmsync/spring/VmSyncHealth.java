package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.BillingStatus;
import com.berryfi.vmsync.model.LoopStatus;
import com.berryfi.vmsync.model.ScopeStatus;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncStatus;
import com.berryfi.vmsync.model.Unverified;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;

/**
 * Whether a {@link VmSync} does its work: DOWN when a deadline was missed, for then both loops or one of them hang and a restart may help.
 * A scope that cannot be read, a billing that waits, a database that is away are details: no restart of the host mends them.
 */
final class VmSyncHealth extends AbstractHealthIndicator {

    /** So many scopes in trouble are named; the rest are counted. */
    private static final int MOST_NAMED = 20;

    private final VmSync sync;

    VmSyncHealth(VmSync sync) {
        super("the status of vmsync could not be made out");
        this.sync = sync;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        SyncStatus status = sync.view().status();
        if (status.isDeadlineMissed()) {
            builder.down();
        } else {
            builder.up();
        }
        builder.withDetail("synchronisation", inAWord(status));
        if (status.enabled()) {
            builder.withDetail("loops", loops(status)).withDetail("scopes", scopes(status));
            status.oldestUnverified().ifPresent(oldest -> builder.withDetail("oldestUnverified", unverified(oldest)));
            status.database().ifPresent(lost -> builder.withDetail("database", lost.why() + ", since " + lost.since()));
            builder.withDetail("billing", billing(status.billing()))
                    .withDetail("findings", status.findings().size());
        }
    }

    /** What it is set to do. */
    static String inAWord(SyncStatus status) {
        return !status.enabled()
                ? "switched off"
                : status.startedAt().isEmpty() ? "not started" : status.dryRun() ? "dry run" : "acting";
    }

    private static Map<String, Object> loops(SyncStatus status) {
        Map<String, Object> loops = new LinkedHashMap<>();
        for (SyncKind kind : List.of(SyncKind.QUICK, SyncKind.FULL)) {
            LoopStatus loop = status.loop(kind);
            Map<String, Object> told = new LinkedHashMap<>();
            loop.last().ifPresent(last -> told.put("lastEndedAt", last.endedAt()));
            loop.due().ifPresent(due -> told.put("due", due));
            loop.missed().ifPresent(missed -> told.put("missedDeadline", missed));
            loops.put(EnumTag.of(kind), told);
        }
        return loops;
    }

    private static Map<String, Object> scopes(SyncStatus status) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("lookedAfter", status.scopes().size());
        told.put("elsewhere", status.elsewhere().size());
        List<ScopeStatus> unreadable = status.scopes().stream()
                .filter(scope -> scope.unreadable().isPresent())
                .toList();
        List<ScopeStatus> frozen = status.scopes().stream()
                .filter(scope -> scope.frozen().isPresent())
                .toList();
        told.put("unreadable", unreadable.size());
        told.put("frozen", frozen.size());
        Map<String, Object> named = new LinkedHashMap<>();
        unreadable.stream()
                .limit(MOST_NAMED)
                .forEach(scope -> scope.unreadable()
                        .ifPresent(why -> named.put(scope.scope().toString(), why.cause() + " since " + why.since())));
        frozen.stream()
                .limit(MOST_NAMED)
                .forEach(scope -> scope.frozen()
                        .ifPresent(why -> named.putIfAbsent(
                                scope.scope().toString(), "frozen since " + why.since() + ": " + why.why())));
        if (!named.isEmpty()) {
            told.put("inTrouble", named);
        }
        return told;
    }

    private static String unverified(Unverified oldest) {
        return "session " + oldest.session() + " on VM " + oldest.vm() + " since " + oldest.since();
    }

    private static Map<String, Object> billing(BillingStatus billing) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("elsewhere", billing.elsewhere());
        told.put("waiting", billing.waiting());
        billing.waitingSince().map(Instant::toString).ifPresent(since -> told.put("waitingSince", since));
        told.put("parked", billing.parked().size());
        return told;
    }
}
