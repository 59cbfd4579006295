package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.model.Alert;
import com.berryfi.vmsync.model.CycleFigures;
import com.berryfi.vmsync.model.LoopStatus;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.ScopeStatus;
import com.berryfi.vmsync.model.Standing;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** A status in maps, lists, texts and numbers: instants in ISO-8601, durations in seconds, no secret. */
final class StatusPage {

    /** So many of a list are shown; the whole count stands beside it. */
    static final int MOST_SHOWN = 200;

    private StatusPage() {}

    /** @param mayOrder whether whoever asks may give orders */
    static Map<String, Object> of(SyncStatus status, List<Alert> alerts, boolean mayOrder) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("asOf", status.asOf().toString());
        page.put("synchronisation", VmSyncHealth.inAWord(status));
        page.put("mayOrder", mayOrder);
        put(page, "startedAt", status.startedAt());
        Map<String, Object> cycles = new LinkedHashMap<>();
        for (SyncKind kind : List.of(SyncKind.QUICK, SyncKind.FULL)) {
            cycles.put(EnumTag.of(kind), loop(status.loop(kind)));
        }
        page.put("cycles", cycles);
        status.oldestUnverified().ifPresent(oldest -> {
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("session", oldest.session().value());
            told.put("vm", oldest.vm().value());
            told.put("scope", oldest.scope().toString());
            told.put("since", oldest.since().toString());
            told.put("seconds", oldest.lasted(status.asOf()).toSeconds());
            page.put("oldestUnverified", told);
        });
        Map<String, Integer> held = new TreeMap<>();
        status.held().forEach((reason, count) -> held.put(EnumTag.of(reason), count));
        page.put("held", held);
        list(page, "scopes", status.scopes(), StatusPage::scope);
        page.put("scopesElsewhere", status.elsewhere().size());
        list(page, "findings", status.findings(), StatusPage::finding);
        list(page, "alerts", alerts, StatusPage::alert);
        list(page, "orders", status.orders(), StatusPage::of);
        status.badRows().ifPresent(bad -> list(page, "badRows", bad.rows(), RowProblem::toString));
        Map<String, Object> billing = new LinkedHashMap<>();
        billing.put("elsewhere", status.billing().elsewhere());
        billing.put("waiting", status.billing().waiting());
        put(billing, "waitingSince", status.billing().waitingSince());
        list(
                billing,
                "parked",
                status.billing().parked(),
                instruction -> instruction.key().toString());
        page.put("billing", billing);
        status.database()
                .ifPresent(lost -> page.put(
                        "database",
                        Map.of("since", lost.since().toString(), "why", lost.why(), "cyclesLost", lost.times())));
        TrendPage.put(page, status.trend());
        return page;
    }

    static Map<String, Object> of(Order order) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("id", order.id());
        told.put("kind", EnumTag.of(order.kind()));
        put(told, "scope", order.scope());
        put(told, "vm", order.vm());
        told.put("from", order.from().toString());
        put(told, "until", order.until());
        told.put("reason", order.reason());
        return told;
    }

    private static Map<String, Object> loop(LoopStatus loop) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("intervalSeconds", loop.interval().toSeconds());
        put(told, "due", loop.due());
        put(told, "missedDeadline", loop.missed());
        loop.overrun()
                .ifPresent(overrun -> told.put(
                        "overrun",
                        Map.of(
                                "since", overrun.since().toString(),
                                "seconds", overrun.took().toSeconds(),
                                "slots", overrun.slots())));
        loop.last().ifPresent(last -> told.put("last", cycle(last)));
        return told;
    }

    private static Map<String, Object> cycle(CycleFigures last) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("cycle", last.cycle());
        told.put("startedAt", last.startedAt().toString());
        told.put("endedAt", last.endedAt().toString());
        told.put("checked", last.checked());
        told.put("inStep", last.inStep());
        told.put("unknown", last.unknown());
        told.put("corrected", last.corrected());
        told.put("proposed", last.proposed());
        told.put("held", last.held());
        told.put("failed", last.failed());
        told.put("scopes", last.scopes());
        told.put("unreadableScopes", last.unreadable());
        told.put("scopesElsewhere", last.elsewhere());
        told.put("directReads", last.directReads());
        told.put("badRows", last.badRows());
        told.put("billingDelivered", last.billingDelivered());
        told.put("billingWaiting", last.billingWaiting());
        return told;
    }

    private static Map<String, Object> scope(ScopeStatus scope) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("scope", scope.scope().toString());
        put(told, "wholeAt", scope.wholeAt());
        told.put("liveSessions", scope.live());
        scope.frozen()
                .ifPresent(frozen -> told.put(
                        "frozen",
                        Map.of(
                                "cause",
                                EnumTag.of(frozen.cause()),
                                "since",
                                frozen.since().toString(),
                                "why",
                                frozen.why())));
        scope.unreadable()
                .ifPresent(failure -> told.put(
                        "unreadable",
                        Map.of(
                                "cause",
                                EnumTag.of(failure.cause()),
                                "detail",
                                failure.detail(),
                                "since",
                                failure.since().toString(),
                                "times",
                                failure.times())));
        scope.braked()
                .ifPresent(braked -> told.put(
                        "brake",
                        Map.of(
                                "since",
                                braked.since().toString(),
                                "count",
                                braked.count(),
                                "some",
                                braked.some().stream().map(Object::toString).toList())));
        told.put("quotaLeft", new TreeMap<>(scope.quotaLeft()));
        return told;
    }

    static Map<String, Object> finding(Standing finding) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("kind", EnumTag.of(finding.kind()));
        told.put("vm", finding.vm().value());
        put(told, "session", finding.session());
        told.put("scope", finding.scope().toString());
        told.put("since", finding.since().toString());
        told.put("seconds", finding.lasted().toSeconds());
        told.put("text", finding.text());
        return told;
    }

    private static Map<String, Object> alert(Alert alert) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("key", alert.key());
        told.put("level", EnumTag.of(alert.level()));
        told.put("since", alert.since().toString());
        told.put("text", alert.text());
        told.put("endsWhen", alert.endsWhen());
        return told;
    }

    static <T> void list(Map<String, Object> page, String name, List<T> all, Function<T, ?> shown) {
        page.put(name + "Count", all.size());
        page.put(name, all.stream().limit(MOST_SHOWN).map(shown).toList());
    }

    static void put(Map<String, Object> page, String name, Optional<?> value) {
        value.map(Object::toString).ifPresent(text -> page.put(name, text));
    }
}
