package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.model.Alert;
import com.berryfi.vmsync.port.AlertPort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A host's pager that remembers. */
final class HeardAlerts implements AlertPort {

    private final List<String> raised = new ArrayList<>();

    @Override
    public void raised(Alert alert) {
        raised.add(alert.key());
    }

    @Override
    public void resolved(Alert alert, Instant at) {
        raised.remove(alert.key());
    }

    List<String> raised() {
        return List.copyOf(raised);
    }
}
