package com.berryfi.vmsync.testkit.simulation.incident;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.model.BrakePolicy;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.port.SyncJournal;
import com.berryfi.vmsync.rule.RuleBook;
import com.berryfi.vmsync.rule.StandardRules;
import com.berryfi.vmsync.testkit.simulation.VmSyncs;
import com.berryfi.vmsync.testkit.simulation.world.Synchroniser;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Vmsync with one part that does what it must not. */
final class Spoilt {

    private Spoilt() {}

    static Contender settings(UnaryOperator<SyncSettings> as) {
        return settings -> Incidents.VMSYNC.with(as.apply(settings));
    }

    static Contender setting(String key, Duration value) {
        return settings(settings -> {
            SyncSettings other = SyncSettings.from(Map.of(SyncSettings.PREFIX + key, "" + value.toSeconds()));
            return with(settings, other.brake());
        });
    }

    static Contender brake(int percent, int always) {
        return settings(settings -> with(
                settings,
                new BrakePolicy(
                        percent,
                        always,
                        settings.brake().window(),
                        settings.brake().release())));
    }

    private static SyncSettings with(SyncSettings settings, BrakePolicy brake) {
        return new SyncSettings(
                settings.enabled(),
                settings.dryRun(),
                settings.quickInterval(),
                settings.fullInterval(),
                settings.batchSize(),
                settings.attempts(),
                settings.timeout(),
                settings.policy(),
                brake,
                settings.billingAttempts(),
                settings.credentialScopes());
    }

    static Contender rules(UnaryOperator<RuleBook> as) {
        RuleBook book = as.apply(StandardRules.book());
        return settings -> VmSyncs.with(settings, book);
    }

    static Contender cloud(UnaryOperator<CloudStatusPort> as) {
        return settings ->
                wiring -> Incidents.VMSYNC.with(settings).build(with(wiring, wiring.store(), as.apply(wiring.cloud())));
    }

    static Contender store(UnaryOperator<SessionStore> as) {
        return settings ->
                wiring -> Incidents.VMSYNC.with(settings).build(with(wiring, as.apply(wiring.store()), wiring.cloud()));
    }

    static Contender underneath(UnaryOperator<SessionStore> as) {
        return new Contender() {
            @Override
            public Synchroniser.Factory with(SyncSettings settings) {
                return Incidents.VMSYNC.with(settings);
            }

            @Override
            public SessionStore underneath(SessionStore store) {
                return as.apply(store);
            }
        };
    }

    /** A journal that answers one method in another way. */
    static Contender journal(String method, BiFunction<SyncJournal, Object[], Object> answer) {
        return store(store -> {
            SyncJournal journal = instead(SyncJournal.class, store.journal(), method, answer);
            return instead(SessionStore.class, store, "journal", (same, arguments) -> journal);
        });
    }

    /** An adapter that says something else of a machine. */
    static Contender observation(BiFunction<ReadKind, Observation, Observation> as) {
        return cloud(cloud -> request -> {
            Reading reading = cloud.read(request);
            Map<CloudAddress, Evidence> evidence = new HashMap<>();
            reading.evidence()
                    .forEach((address, each) -> evidence.put(
                            address,
                            new Evidence(
                                    as.apply(each.kind(), each.observation()),
                                    each.kind(),
                                    each.sentAt(),
                                    each.requestId())));
            return new Reading(
                    evidence,
                    reading.complete(),
                    reading.listed(),
                    reading.failure(),
                    reading.retryAfter(),
                    reading.quotaLeft(),
                    reading.notices());
        });
    }

    static Contender seen(UnaryOperator<Observation.Seen> as) {
        return observation(
                (kind, observation) -> observation instanceof Observation.Seen seen ? as.apply(seen) : observation);
    }

    /** A list that broke off is taken for whole, and whoever it did not come to for what is put in its place. */
    static Reading wholeWhateverIsMissing(Reading reading, CloudStatusPort.Request request, Observation instead) {
        if (request.kind() != ReadKind.LIST || reading.complete()) {
            return reading;
        }
        Map<CloudAddress, Evidence> evidence = new HashMap<>(reading.evidence());
        request.addresses()
                .forEach(address -> evidence.putIfAbsent(
                        address, new Evidence(instead, request.kind(), request.askedAt(), Optional.empty())));
        return Reading.complete(evidence, request.addresses().size());
    }

    /** Who fails to answer is not there. */
    static Reading failureIsAbsence(Reading reading, CloudStatusPort.Request request) {
        if (reading.complete() && reading.listed() > 0 && request.kind() == ReadKind.LIST) {
            return reading;
        }
        Map<CloudAddress, Evidence> evidence = new HashMap<>(reading.evidence());
        if (request.kind() == ReadKind.DIRECT) {
            request.addresses().forEach(address -> evidence.compute(address, (same, known) -> gone(known, request)));
        }
        return Reading.complete(evidence, 1_000);
    }

    private static Evidence gone(@org.jspecify.annotations.Nullable Evidence known, CloudStatusPort.Request request) {
        return known == null || known.observation() instanceof Observation.Unknown
                ? new Evidence(
                        new Observation.Missing("nothing came"), request.kind(), request.askedAt(), Optional.empty())
                : known;
    }

    static CloudStatusPort.Request lasting(CloudStatusPort.Request request, Duration atMost) {
        return new CloudStatusPort.Request(
                request.scope(), request.addresses(), request.kind(), request.askedAt(), atMost);
    }

    static Synchroniser.Wiring with(Synchroniser.Wiring wiring, SessionStore store, CloudStatusPort cloud) {
        return new Synchroniser.Wiring(
                wiring.process(),
                store,
                wiring.overwrite(),
                cloud,
                wiring.billing(),
                wiring.power(),
                wiring.clock(),
                wiring.scheduler(),
                wiring.listener(),
                wiring.jitter());
    }

    /** A port that answers one method in another way. */
    static <T> T instead(Class<T> port, T real, String method, BiFunction<T, Object[], Object> answer) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        return answer.apply(real, arguments == null ? new Object[0] : arguments);
                    }
                    try {
                        return called.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                }));
    }

    @SuppressWarnings("unchecked")
    static SessionStore.Page page(SessionStore store, Object[] arguments) {
        return store.page(
                (Scope) arguments[0], (SessionStore.Selection) arguments[1], (Optional<VmId>) arguments[2], (Integer)
                        arguments[3]);
    }
}
