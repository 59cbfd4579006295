package com.berryfi.vmsync;

import com.berryfi.vmsync.model.Alert;
import com.berryfi.vmsync.port.AlertPort;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Tells alerts to the log, in which every {@link VmSync} tells them: CRITICAL as an error, the others as they are called. Thread-safe. */
public final class LogAlerts implements AlertPort {

    private static final Logger LOG = LoggerFactory.getLogger(LogAlerts.class);

    /** Tells them under the logger of this class's name. */
    public LogAlerts() {}

    @Override
    public void raised(Alert alert) {
        LOG.atLevel(level(alert))
                .log(
                        "{} stands since {}: {}; ends when {}",
                        alert.key(),
                        alert.since(),
                        alert.text(),
                        alert.endsWhen());
    }

    @Override
    public void resolved(Alert alert, Instant at) {
        LOG.info("{} is over at {}, it stood since {}", alert.key(), at, alert.since());
    }

    private static Level level(Alert alert) {
        return switch (alert.level()) {
            case INFO -> Level.INFO;
            case WARNING -> Level.WARN;
            case CRITICAL -> Level.ERROR;
        };
    }
}
