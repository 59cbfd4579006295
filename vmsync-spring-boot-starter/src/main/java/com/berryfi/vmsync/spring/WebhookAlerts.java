package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.View;
import com.berryfi.vmsync.event.CycleEnded;
import com.berryfi.vmsync.event.SyncListener;
import com.berryfi.vmsync.model.Alert;
import com.berryfi.vmsync.port.AlertPort;
import com.berryfi.vmsync.port.PortException;
import com.berryfi.vmsync.spring.AlertJson.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells alerts to a webhook. What stands is told again every few minutes and lapses there if it is not: a process that dies, or hands a
 * scope over to another, leaves nothing standing for ever. Thread-safe.
 */
final class WebhookAlerts implements AlertPort, SyncListener {

    /** How often what stands is told again. */
    static final Duration REPEAT = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(WebhookAlerts.class);
    private static final int REPEATS_MISSED = 3;

    private final Webhook webhook;
    private final Supplier<View> view;
    private final Duration life;
    private final Map<String, Alert> raised = new ConcurrentHashMap<>();
    private volatile Optional<Instant> repeatedAt = Optional.empty();

    /** @param interval from one cycle to the next, at the ends of which is told */
    WebhookAlerts(Webhook webhook, Supplier<View> view, Duration interval) {
        this.webhook = webhook;
        this.view = view;
        this.life = (interval.compareTo(REPEAT) > 0 ? interval : REPEAT).multipliedBy(REPEATS_MISSED);
    }

    @Override
    public void raised(Alert alert) {
        Instant now = now();
        List<Told> told = new ArrayList<>();
        Alert before = raised.get(alert.key());
        if (before != null && before.level() != alert.level()) {
            // By its severity, which is a label, it is another one to those who keep them by their labels.
            told.add(new Told(before, true, now));
        }
        told.add(new Told(alert, false, now.plus(life)));
        webhook.post(AlertJson.of(told));
        raised.put(alert.key(), alert);
    }

    @Override
    public void resolved(Alert alert, Instant at) {
        webhook.post(AlertJson.of(List.of(new Told(alert, true, at))));
        raised.remove(alert.key());
    }

    @Override
    public void onCycle(CycleEnded event) {
        Instant now = now();
        if (repeatedAt.filter(last -> now.isBefore(last.plus(REPEAT))).isPresent()) {
            return;
        }
        List<Alert> all = view.get().alerts();
        raised.keySet().retainAll(all.stream().map(Alert::key).collect(Collectors.toSet()));
        List<Told> standing = all.stream()
                .filter(alert -> raised.containsKey(alert.key()))
                .map(alert -> new Told(alert, false, now.plus(life)))
                .toList();
        try {
            if (!standing.isEmpty()) {
                webhook.post(AlertJson.of(standing));
            }
            repeatedAt = Optional.of(now);
        } catch (PortException e) {
            LOG.warn("{} alerts that stand are told again later: {}", standing.size(), e.getMessage());
        }
    }

    private Instant now() {
        return view.get().status().asOf();
    }
}
