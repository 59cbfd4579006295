package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.Alert;
import com.berryfi.vmsync.model.Alert.Kind;
import com.berryfi.vmsync.model.Alert.Level;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.LoopStatus;
import com.berryfi.vmsync.model.Standing;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which alerts follow from a status. */
public final class Alerts {

    /** The most alerts of a kind; one more sums up the rest. */
    public static final int MOST_OF_A_KIND = 100;

    /** What the subject of the alert is called that sums up the rest of its kind. */
    static final String MORE = "more";

    private static final int LOST = 3;
    private static final int QUICK_INTERVALS = 10;

    private Alerts() {}

    /** The alerts that stand: of each kind the oldest, and one that sums up the rest. */
    public static List<Alert> standing(SyncStatus status) {
        return bounded(found(status), Set.of());
    }

    /**
     * Of each kind a bounded number.
     *
     * @param preferred the keys that come first; the oldest of the others follow
     */
    static List<Alert> bounded(Collection<Alert> alerts, Set<String> preferred) {
        Map<Kind, List<Alert>> byKind = new EnumMap<>(Kind.class);
        alerts.forEach(alert ->
                byKind.computeIfAbsent(alert.kind(), kind -> new ArrayList<>()).add(alert));
        List<Alert> bounded = new ArrayList<>();
        byKind.forEach((kind, all) -> {
            if (all.size() <= MOST_OF_A_KIND) {
                bounded.addAll(all);
                return;
            }
            List<Alert> ordered = new ArrayList<>(all);
            ordered.sort(Comparator.comparing((Alert alert) -> !preferred.contains(alert.key()))
                    .thenComparing(Alert::since)
                    .thenComparing(Alert::subject));
            bounded.addAll(ordered.subList(0, MOST_OF_A_KIND));
            bounded.add(summary(kind, ordered.subList(MOST_OF_A_KIND, ordered.size())));
        });
        return bounded;
    }

    private static Alert summary(Kind kind, List<Alert> rest) {
        Alert oldest = rest.stream().min(Comparator.comparing(Alert::since)).orElseThrow();
        Level level =
                rest.stream().map(Alert::level).max(Comparator.naturalOrder()).orElseThrow();
        String text = rest.size() + " more of this kind; the oldest of them: " + oldest.subject();
        return new Alert(kind, MORE, Optional.empty(), level, "", oldest.since(), text);
    }

    /** All of them, each key once. */
    static Collection<Alert> found(SyncStatus status) {
        List<Alert> found = new ArrayList<>();
        for (SyncKind kind : List.of(SyncKind.QUICK, SyncKind.FULL)) {
            ofLoop(kind, status.loop(kind), found);
        }
        status.database()
                .ifPresent(lost -> found.add(new Alert(
                        Kind.DATABASE,
                        "database",
                        Optional.empty(),
                        lost.times() < LOST ? Kind.DATABASE.level() : Level.CRITICAL,
                        "",
                        lost.since(),
                        lost.times() + " cycles in a row were lost in whole or in part: " + lost.why())));
        found.addAll(ScopeAlerts.of(status));
        ofSessions(status, found);
        ofBilling(status, found);
        status.badRows()
                .ifPresent(bad -> found.add(alert(
                        Kind.BAD_ROWS,
                        "rows",
                        bad.since(),
                        bad.rows().size() + " rows cannot be worked with; the first: "
                                + bad.rows().get(0))));
        status.findings().forEach(finding -> found.add(ofFinding(finding)));
        Map<String, Alert> byKey = new LinkedHashMap<>();
        found.forEach(alert -> byKey.putIfAbsent(alert.key(), alert));
        return byKey.values();
    }

    private static void ofLoop(SyncKind kind, LoopStatus loop, List<Alert> found) {
        String name = kind.name().toLowerCase(Locale.ROOT);
        loop.missed()
                .ifPresent(deadline -> found.add(alert(
                        Kind.MISSED_DEADLINE,
                        name,
                        deadline,
                        "no " + name + " sync has ended since "
                                + loop.last()
                                        .map(last -> last.endedAt().toString())
                                        .orElse("the start"))));
        loop.overrun()
                .ifPresent(overrun -> found.add(alert(
                        Kind.OVERRUN,
                        name,
                        overrun.since(),
                        "a " + name + " sync took " + overrun.took() + " from its slot, " + overrun.slots()
                                + " slots went by")));
    }

    private static void ofSessions(SyncStatus status, List<Alert> found) {
        Duration patience = tenTimes(status.loop(SyncKind.QUICK).interval());
        status.oldestUnverified()
                .filter(oldest -> isOlder(oldest.since(), patience, status.asOf()))
                .ifPresent(oldest -> found.add(new Alert(
                        Kind.UNVERIFIED_SESSION,
                        "sessions",
                        Optional.of(oldest.scope()),
                        Kind.UNVERIFIED_SESSION.level(),
                        "",
                        oldest.since(),
                        "the cloud has said nothing definite of VM " + oldest.vm() + " with session " + oldest.session()
                                + " since " + oldest.since())));
    }

    private static void ofBilling(SyncStatus status, List<Alert> found) {
        Duration patience = tenTimes(status.loop(SyncKind.QUICK).interval());
        status.billing()
                .waitingSince()
                .filter(since -> isOlder(since, patience, status.asOf()))
                .ifPresent(since -> found.add(alert(
                        Kind.BILLING_BACKLOG,
                        "billing",
                        since,
                        status.billing().waiting() + " billing instructions wait, and some have waited all the time")));
        for (BillingInstruction parked : status.billing().parked()) {
            found.add(alert(
                    Kind.POISON,
                    parked.key().toString(),
                    status.billing().parkedSince().orElse(status.asOf()),
                    "parked, and what follows in its session waits: "
                            + parked.getClass().getSimpleName() + " of VM " + parked.vm() + ", " + parked.reason()));
        }
    }

    private static Alert ofFinding(Standing finding) {
        Kind kind = Kind.of(finding.kind());
        return new Alert(
                kind,
                finding.vm().value(),
                Optional.of(finding.scope()),
                kind.level(),
                "",
                finding.since(),
                finding.text()
                        + finding.session()
                                .map(session -> " (session " + session + ")")
                                .orElse(""));
    }

    private static Alert alert(Kind kind, String subject, Instant since, String text) {
        return new Alert(kind, subject, Optional.empty(), kind.level(), "", since, text);
    }

    static boolean isOlder(Instant since, Duration patience, Instant now) {
        return now.isAfter(since.plus(patience));
    }

    private static Duration tenTimes(Duration interval) {
        return interval.multipliedBy(QUICK_INTERVALS);
    }
}
