package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.VmSync;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the loops with the context and closes them with it: after the web server and what else hands work to the host, which may still
 * ask what is unbilled, and before the {@code DataSource}.
 */
final class VmSyncLifecycle implements SmartLifecycle {

    /** Below the phase of the host's own executors and schedulers. */
    static final int PHASE = Integer.MAX_VALUE / 2 - 1024;

    private enum State {
        NEW,
        RUNNING,
        CLOSED
    }

    private final VmSync sync;
    private volatile State state = State.NEW;

    VmSyncLifecycle(VmSync sync) {
        this.sync = sync;
    }

    @Override
    public void start() {
        if (state == State.CLOSED) {
            throw new IllegalStateException(
                    "vmsync was closed when its context was stopped, and does not start again: make a new context");
        }
        sync.start();
        state = State.RUNNING;
    }

    @Override
    public void stop() {
        sync.close();
        state = State.CLOSED;
    }

    @Override
    public boolean isRunning() {
        return state == State.RUNNING;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
