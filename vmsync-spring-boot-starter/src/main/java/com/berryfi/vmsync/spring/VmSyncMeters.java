package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.View;
import com.berryfi.vmsync.event.Correction;
import com.berryfi.vmsync.event.CycleEnded;
import com.berryfi.vmsync.event.CycleOverrun;
import com.berryfi.vmsync.event.Proposal;
import com.berryfi.vmsync.event.SyncListener;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.port.CloudStatusPort;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * The metrics of one {@code VmSync}: what it says of itself is counted, its status is shown. No tag names a VM, a session or a scope.
 * Thread-safe; what happens before a registry is bound is not counted there.
 */
final class VmSyncMeters implements MeterBinder, SyncListener, CloudDecorator {

    private final Supplier<View> view;
    private final List<EventMeters> bound = new CopyOnWriteArrayList<>();

    VmSyncMeters(Supplier<View> view) {
        this.view = view;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        StatusMeters status = new StatusMeters(registry, view.get());
        status.register();
        bound.add(new EventMeters(registry, status));
    }

    @Override
    public CloudStatusPort decorated(CloudStatusPort cloud) {
        return new CountedCloud(cloud, this::unknown);
    }

    private void unknown(UnknownCause cause, int count) {
        bound.forEach(meters -> meters.unknown(cause, count));
    }

    @Override
    public void onCycle(CycleEnded event) {
        bound.forEach(meters -> meters.cycle(event.report()));
    }

    @Override
    public void onOverrun(CycleOverrun event) {
        bound.forEach(meters -> meters.overrun(event.kind()));
    }

    @Override
    public void onCorrection(Correction event) {
        String rule = event.decision().rule();
        bound.forEach(meters -> meters.correction(rule));
        for (Effect effect : event.decision().effects()) {
            if (effect instanceof Effect.SuspendMetering suspend) {
                detected("suspend", suspend.from());
            } else if (effect instanceof Effect.EndSession end
                    && event.evidence().isDirect()) {
                detected("end", end.at());
            }
        }
    }

    @Override
    public void onProposal(Proposal event) {
        bound.forEach(meters -> meters.proposal(event.decision().rule()));
    }

    private void detected(String effect, Instant cut) {
        if (!bound.isEmpty()) {
            Duration delay = Duration.between(cut, view.get().status().asOf());
            bound.forEach(meters -> meters.detected(effect, delay.isNegative() ? Duration.ZERO : delay));
        }
    }
}
