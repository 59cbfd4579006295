package com.berryfi.vmsync.testkit.simulation.incident;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Standing;
import com.berryfi.vmsync.model.SyncPolicy;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.testkit.simulation.world.HostDatabase;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Incidents of promises that were not kept: of units, and of what a store reads. */
final class Promises {

    private static final Scope SCOPE = SimulatedWorld.scope(1);

    /** Every setting that is a time, each another number of seconds. */
    private static final Map<String, Function<SyncSettings, Duration>> TIMES = new LinkedHashMap<>();

    static {
        TIMES.put("active-sessions.interval.seconds", SyncSettings::quickInterval);
        TIMES.put("full.interval.seconds", SyncSettings::fullInterval);
        TIMES.put("timeout.seconds", SyncSettings::timeout);
        TIMES.put("fence.seconds", settings -> settings.policy().fence());
        TIMES.put("start-grace.seconds", settings -> settings.policy().startGrace());
        TIMES.put("confirmation.span.seconds", settings -> settings.policy().confirmationSpan());
        TIMES.put("missing.span.seconds", settings -> settings.policy().missingSpan());
        TIMES.put("stop-timeout.seconds", settings -> settings.policy().stopTimeout());
        TIMES.put("heartbeat.delay.seconds", settings -> optional(settings.policy(), SyncPolicy::heartbeatDelay));
        TIMES.put("orphan.quarantine.seconds", settings -> optional(settings.policy(), SyncPolicy::quarantine));
        TIMES.put("brake.window.seconds", settings -> settings.brake().window());
        TIMES.put("brake.release.seconds", settings -> settings.brake().release());
    }

    private static final Map<String, String> SLOWER = Map.of(
            "active-sessions.interval.seconds", "60",
            "confirmation.span.seconds", "150",
            "missing.span.seconds", "300",
            "start-grace.seconds", "420",
            "fence.seconds", "360",
            "stop-timeout.seconds", "2400");

    private Promises() {}

    private static Duration optional(SyncPolicy policy, Function<SyncPolicy, Optional<Duration>> time) {
        return time.apply(policy).orElse(Duration.ZERO);
    }

    /** 17. A host chooses other times, in seconds, as the settings' names say; machines stop, vanish and idle. */
    static void seconds(Scene scene) {
        List<VmId> vms = scene.inUse(SCOPE, 5);
        int seconds = 41;
        for (Map.Entry<String, Function<SyncSettings, Duration>> time : TIMES.entrySet()) {
            seconds++;
            Duration read =
                    time.getValue().apply(SyncSettings.from(Map.of(SyncSettings.PREFIX + time.getKey(), "" + seconds)));
            scene.must(
                    read.equals(Duration.ofSeconds(seconds)),
                    vms.get(0),
                    time.getKey() + "=" + seconds + " is read as " + read);
        }
        scene.settings(SLOWER);
        VmId idle = scene.world.vm("idle", SCOPE, VmStatus.AVAILABLE, PowerState.RUNNING);
        VmId stopped = vms.get(1);
        VmId missing = vms.get(3);
        scene.replica();
        scene.minutes(8);
        scene.moment();
        Instant off = scene.now();
        scene.cloud().drop(stopped, PowerState.STOPPED);
        scene.cloud().delete(missing);
        scene.minutes(12);
        mustHaveEndedWithin(scene, stopped, off, 150, 330);
        mustHaveEndedWithin(scene, missing, off, 300, 510);
        scene.minutes(15);
        scene.mustNotFind(FindingKind.ORPHAN, idle);
        scene.minutes(15);
        scene.mustFind(FindingKind.ORPHAN, idle);
        Optional<Duration> idleFor = scene.log.finding(FindingKind.ORPHAN, idle).map(Standing::lasted);
        scene.must(idleFor.filter(cost -> cost.toMinutes() >= 40).isPresent(), idle, "idle for " + idleFor);
        scene.settle(12);
        scene.mustLeaveAlone(List.of(vms.get(0), vms.get(2), vms.get(4)));
    }

    private static void mustHaveEndedWithin(Scene scene, VmId vm, Instant since, int least, int most) {
        scene.mustHaveEnded(vm);
        for (Log.End end : scene.log.ends(vm)) {
            long after = Duration.between(since, end.at()).toSeconds();
            scene.must(
                    after >= least && after <= most,
                    vm,
                    "was ended after " + after + " s, not " + least + " to " + most);
        }
    }

    /** 18. A store's bulk path is made faster and loses a column; then its single path. */
    static void columnDropped(Scene scene) {
        VmId vm = scene.inUse(SCOPE, 1).get(0);
        List<String> real = StoreKit.failures(scene::emptyDatabase);
        scene.must(real.isEmpty(), vm, "the contract kit finds fault with the store: " + real);
        for (DroppedColumn.Column column : DroppedColumn.Column.values()) {
            for (DroppedColumn.Path path : DroppedColumn.Path.values()) {
                List<String> found = StoreKit.failures(() -> new DroppedColumn(HostDatabase.inMemory(), column, path));
                scene.must(!found.isEmpty(), vm, "the contract kit does not see that " + path + " drops " + column);
            }
        }
    }
}
