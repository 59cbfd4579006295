package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.ScopeStatus.Unreadable;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.UnknownCause;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Why a scope cannot be read.
 *
 * @param byKind by the kind of sync that met it
 */
record Failures(Map<SyncKind, Failing> byKind) {

    static final Failures NONE = new Failures(Map.of());

    /**
     * Reads that fail one after another. Trouble of many sorts may be one outage: another matter is taken up when it shows twice.
     *
     * @param known what is told
     * @param other another matter, met the last time
     */
    record Failing(Unreadable known, Optional<Unreadable> other) {

        Failing and(Unreadable news) {
            boolean same = !saysWhy(news.cause()) || Alarm.isSameMatter(known.cause(), news.cause());
            if (same) {
                return new Failing(onceMore(known, known.since()), Optional.empty());
            }
            return other.filter(before -> Alarm.isSameMatter(before.cause(), news.cause()))
                    .map(before -> new Failing(onceMore(news, before.since()), Optional.empty()))
                    .orElseGet(() -> new Failing(onceMore(known, known.since()), Optional.of(news)));
        }

        private Unreadable onceMore(Unreadable told, Instant since) {
            return new Unreadable(told.cause(), told.detail(), since, known.times() + 1);
        }
    }

    Failures {
        byKind = Map.copyOf(byKind);
    }

    /** After a read. A full sync reads in whatever way a quick one does, and not the other way round. */
    Failures after(SyncKind kind, Optional<Observation.Unknown> failure, Instant at) {
        if (failure.isEmpty()) {
            return kind == SyncKind.FULL ? NONE : only(SyncKind.FULL);
        }
        UnknownCause cause = failure.get().cause();
        if (cause == UnknownCause.DATABASE) {
            return this;
        }
        Unreadable news = new Unreadable(cause, failure.get().detail(), at, 1);
        Map<SyncKind, Failing> next = new EnumMap<>(SyncKind.class);
        next.putAll(byKind);
        next.merge(kind, new Failing(news, Optional.empty()), (before, first) -> before.and(news));
        return new Failures(next);
    }

    /** Who was not asked was not refused either. */
    private static boolean saysWhy(UnknownCause cause) {
        return cause != UnknownCause.NOT_REACHED && cause != UnknownCause.LEFT_ALONE;
    }

    /** Those of one kind of sync. */
    Failures only(SyncKind kind) {
        Failing failing = byKind.get(kind);
        return failing == null ? NONE : new Failures(Map.of(kind, failing));
    }

    /** A credential at fault before all else: nobody but a person ends that. */
    Optional<Unreadable> worst() {
        return byKind.values().stream()
                .map(Failing::known)
                .max(Comparator.comparing((Unreadable each) -> each.cause().isOfCredential())
                        .thenComparing(Unreadable::times));
    }
}
