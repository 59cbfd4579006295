package com.berryfi.vmsync;

import com.berryfi.vmsync.event.SyncListener;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the host's listeners; what one throws reaches neither the others nor the cycle. */
final class Listeners {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<SyncListener> all;

    Listeners(List<SyncListener> all) {
        this.all = List.copyOf(all);
    }

    void tell(Consumer<SyncListener> event) {
        for (SyncListener listener : all) {
            try {
                event.accept(listener);
            } catch (RuntimeException | Error e) {
                LOG.error(
                        "listener {} threw {}",
                        listener.getClass().getName(),
                        e.getClass().getName());
            }
        }
    }
}
