package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.Alert;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody was told, and what stands: what is news follows. Immutable.
 *
 * @param told by key, as last seen; of what has changed its level or cause since, as it was told
 * @param standing by key
 * @param elsewhere which kinds of sync of which scopes were others' when it last looked
 * @param billingElsewhere whether deliveries were another's
 */
public record AlertLedger(
        Map<String, Alert> told,
        Map<String, Alert> standing,
        Map<Scope, Set<SyncKind>> elsewhere,
        boolean billingElsewhere) {

    /** Of somebody who was told nothing. */
    public static final AlertLedger EMPTY = new AlertLedger(Map.of(), Map.of(), Map.of(), false);

    /**
     * Something to tell.
     *
     * @param isOver whether it ends; else it begins, or has become another matter
     */
    public record News(Alert alert, boolean isOver) {}

    /** After a look at a status. What another replica tells of from now on is dropped, and not said to be over. */
    public AlertLedger seeing(SyncStatus status) {
        Map<String, Alert> now = new LinkedHashMap<>();
        Collection<Alert> found = Alerts.found(status);
        Alerts.bounded(found, told.keySet()).forEach(alert -> now.put(alert.key(), alert));
        boolean billingLeft = status.billing().elsewhere() && !billingElsewhere;
        Map<String, Alert> known = new LinkedHashMap<>();
        told.forEach((key, alert) -> {
            Alert current = now.get(key);
            if (current != null) {
                known.put(key, current.isNewsAfter(alert) ? alert : current);
            } else if (!isLeft(alert, status) && !(billingLeft && isOfBilling(alert))) {
                known.put(key, alert);
            }
        });
        return new AlertLedger(known, now, status.elsewhere(), status.billing().elsewhere());
    }

    /** What is to be told: first what is over, then what is new. */
    public List<News> news() {
        List<News> news = new ArrayList<>();
        told.forEach((key, alert) -> {
            if (!standing.containsKey(key)) {
                news.add(new News(alert, true));
            }
        });
        standing.forEach((key, alert) -> {
            if (Optional.ofNullable(told.get(key))
                    .filter(known -> !alert.isNewsAfter(known))
                    .isEmpty()) {
                news.add(new News(alert, false));
            }
        });
        return news;
    }

    /** After something was told. */
    public AlertLedger told(News news) {
        Map<String, Alert> next = new LinkedHashMap<>(told);
        if (news.isOver()) {
            next.remove(news.alert().key());
        } else {
            next.put(news.alert().key(), news.alert());
        }
        return new AlertLedger(next, standing, elsewhere, billingElsewhere);
    }

    /** Whether a kind of sync of its scope is another replica's that was not when this last looked. */
    private boolean isLeft(Alert alert, SyncStatus status) {
        return alert.scope()
                .filter(scope -> {
                    Set<SyncKind> left = EnumSet.noneOf(SyncKind.class);
                    left.addAll(status.elsewhere().getOrDefault(scope, Set.of()));
                    left.removeAll(elsewhere.getOrDefault(scope, Set.of()));
                    return !left.isEmpty();
                })
                .isPresent();
    }

    private static boolean isOfBilling(Alert alert) {
        return alert.kind() == Alert.Kind.POISON || alert.kind() == Alert.Kind.BILLING_BACKLOG;
    }
}
