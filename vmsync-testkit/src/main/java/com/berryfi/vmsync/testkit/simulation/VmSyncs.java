package com.berryfi.vmsync.testkit.simulation;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.rule.RuleBook;
import com.berryfi.vmsync.rule.StandardRules;
import com.berryfi.vmsync.testkit.simulation.world.Synchroniser;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The real vmsync, in a simulated process. */
public final class VmSyncs {

    private static final Map<String, String> SINGLE_TRY = Map.of("azure.status.sync.retry.attempts", "1");

    private VmSyncs() {}

    /**
     * {@return the settings of a simulation: the defaults, but for a single try of each call, for between two tries real time would pass}
     */
    public static SyncSettings settings() {
        return SyncSettings.from(SINGLE_TRY);
    }

    /** {@return the same, of a host that wants its orphans given back after an hour} */
    public static SyncSettings settingsWithQuarantine() {
        Map<String, String> settings = new HashMap<>(SINGLE_TRY);
        settings.put("azure.status.sync.orphan.quarantine.seconds", "3600");
        return SyncSettings.from(settings);
    }

    /** {@return vmsync with the defaults and the standard rules} */
    public static Synchroniser.Factory standard() {
        return with(settings(), StandardRules.book());
    }

    /**
     * {@return vmsync with these settings and these rules}
     *
     * @param settings what it is told; more than one try of a call would wait in real time
     * @param rules what it decides by
     */
    public static Synchroniser.Factory with(SyncSettings settings, RuleBook rules) {
        return wiring -> new OneVmSync(VmSync.builder(wiring.store(), wiring.cloud(), wiring.billing())
                .withSettings(settings)
                .withRules(rules)
                .withClock(wiring.clock())
                .withTicker(() -> Duration.between(Instant.EPOCH, wiring.clock().instant())
                        .toNanos())
                .withScheduler(wiring.scheduler())
                .withScopesExecutor(Runnable::run)
                .withJitter(wiring::jitter)
                .withPower(wiring.power())
                .withListener(wiring.listener())
                .build());
    }

    private record OneVmSync(VmSync sync) implements Synchroniser {
        @Override
        public void start() {
            sync.start();
        }

        @Override
        public SyncReport run(SyncKind kind) {
            return sync.runOnce(kind);
        }

        @Override
        public VmOutcome sync(VmId vm) {
            return sync.syncVmStatus(vm);
        }

        @Override
        public void hint(VmId vm) {
            sync.hint(vm);
        }

        @Override
        public List<Gap> unbilled(SessionId session) {
            return sync.unbilled(session);
        }
    }
}
