package com.berryfi.vmsync.testkit.simulation.incident;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.model.SyncPolicy;
import com.berryfi.vmsync.testkit.simulation.world.Synchroniser;

/** Takes the rules' seconds for milliseconds. */
final class Milliseconds implements Contender {

    @Override
    public Synchroniser.Factory with(SyncSettings settings) {
        SyncPolicy policy = settings.policy();
        return Incidents.VMSYNC.with(settings.withPolicy(
                policy.withConfirmationSpan(policy.confirmationSpan().dividedBy(1_000))
                        .withMissingSpan(policy.missingSpan().dividedBy(1_000))
                        .withStopTimeout(policy.stopTimeout().dividedBy(1_000))));
    }
}
