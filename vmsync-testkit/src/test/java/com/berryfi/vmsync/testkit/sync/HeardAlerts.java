package com.berryfi.vmsync.testkit.sync;

import com.berryfi.vmsync.model.Alert;
import com.berryfi.vmsync.port.AlertPort;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.UnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Hears alerts, and writes down what it heard, unless it is told to fail. */
final class HeardAlerts implements AlertPort {

    final List<String> heard = new ArrayList<>();
    final List<Alert> raised = new ArrayList<>();
    final List<Alert> resolved = new ArrayList<>();
    final Set<String> refused = new HashSet<>();
    boolean down;

    @Override
    public void raised(Alert alert) {
        failIfToldTo(alert);
        heard.add(alert.level() + " " + alert.key());
        raised.add(alert);
    }

    @Override
    public void resolved(Alert alert, Instant at) {
        failIfToldTo(alert);
        heard.add("over " + alert.key());
        resolved.add(alert);
    }

    private void failIfToldTo(Alert alert) {
        if (down) {
            throw new UnavailableException("the pager is down");
        }
        if (refused.contains(alert.key())) {
            throw new RejectedException("the pager refuses " + alert.key());
        }
    }

    /** What was heard since this was asked last. */
    List<String> news() {
        List<String> news = List.copyOf(heard);
        heard.clear();
        return news;
    }

    /** The same, of one kind. */
    List<String> news(Alert.Kind kind) {
        return news().stream().filter(line -> line.contains(" " + kind + "/")).toList();
    }
}
