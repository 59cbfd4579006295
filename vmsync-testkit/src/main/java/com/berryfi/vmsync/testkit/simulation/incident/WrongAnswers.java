package com.berryfi.vmsync.testkit.simulation.incident;

import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.testkit.simulation.world.CloudFaults;
import com.berryfi.vmsync.testkit.simulation.world.Dice;
import com.berryfi.vmsync.testkit.simulation.world.FaultKind;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import java.time.Duration;
import java.util.List;

/** Incidents of those who took an answer that says nothing for one that says off, or gone. */
final class WrongAnswers {

    private static final Scope SCOPE = SimulatedWorld.scope(1);
    private static final Observation NOT_FOUND = new Observation.Missing("ResourceNotFound");

    private WrongAnswers() {}

    /** 4. The cloud throttles for twenty minutes, and asks to be left alone for a minute each time. */
    static void throttled(Scene scene) {
        List<VmId> vms = scene.inUse(SCOPE, 10);
        scene.replica();
        scene.minutes(6);
        scene.moment();
        scene.fault(SCOPE, FaultKind.THROTTLED, 20, Duration.ofSeconds(60));
        long calls = scene.cloud().lists() + scene.cloud().directs();
        scene.minutes(20);
        calls = scene.cloud().lists() + scene.cloud().directs() - calls;
        scene.must(calls <= 22, vms.get(0), "asked " + calls + " times in 20 min to be left alone for 1 min each");
        scene.mustLeaveAlone(vms);
        vms.forEach(vm -> scene.mustNotFind(FindingKind.MISSING, vm));
        scene.settle(12);
        scene.mustLeaveAlone(vms);
    }

    /** 8. Lists leave a machine out that works, and direct reads do not find it, two times of three; another is really deleted. */
    static void notFoundOnAndOff(Scene scene) {
        List<VmId> vms = scene.inUse(SCOPE, 6);
        VmId works = vms.get(1);
        VmId deleted = vms.get(4);
        scene.replica();
        scene.minutes(6);
        scene.moment();
        int[] asked = {0};
        scene.cloud()
                .faults()
                .script(works, (kind, now, truth) -> kind == ReadKind.LIST || asked[0]++ % 3 != 2 ? NOT_FOUND : truth);
        scene.minutes(30);
        scene.must(asked[0] >= 9, works, "was looked at " + asked[0] + " times only");
        scene.mustLeaveAlone(vms);
        scene.cloud().delete(deleted);
        scene.minutes(1.5);
        scene.must(scene.log.ends(deleted).isEmpty(), deleted, "was ended on less than two minutes of not-found");
        scene.minutes(5);
        scene.mustHaveEnded(deleted);
        scene.mustFind(FindingKind.MISSING, deleted);
        scene.settle(12);
        scene.mustLeaveAlone(vms.stream().filter(vm -> !vm.equals(deleted)).toList());
    }

    /** 13. Lists fail in each way there is, one after another; empty and shrunk ones say that they are whole. */
    static void failedListTakenForEmpty(Scene scene) {
        List<VmId> vms = scene.inUse(SCOPE, 9);
        scene.replica();
        scene.minutes(6);
        scene.moment();
        for (FaultKind kind : List.of(
                FaultKind.SERVER_ERROR,
                FaultKind.LIST_EMPTY,
                FaultKind.UNAUTHENTICATED,
                FaultKind.LIST_SHRUNK,
                FaultKind.FORBIDDEN,
                FaultKind.LIST_BROKEN,
                FaultKind.SUBSCRIPTION_GONE,
                FaultKind.SCOPE_OUTAGE)) {
            scene.fault(SCOPE, kind, 4);
            int before = scene.log.reports().size();
            scene.minutes(4);
            boolean said = scene
                    .log
                    .reports()
                    .subList(before, scene.log.reports().size())
                    .stream()
                    .allMatch(report -> report.scopes().stream()
                            .allMatch(outcome -> outcome.failure().isPresent()
                                    || kind == FaultKind.LIST_SHRUNK
                                    || report.startedAt().isBefore(scene.now().minus(Duration.ofMinutes(4)))));
            scene.must(said, vms.get(0), "no report says that the scope was not read whole: " + kind);
            scene.mustLeaveAlone(vms);
        }
        scene.settle(12);
        scene.mustLeaveAlone(vms);
    }

    /** 22. Of fifty machines up to three a minute answer without their power, in lists and directly. */
    static void powerForgotten(Scene scene) {
        List<VmId> vms = scene.inUse(SCOPE, 50);
        scene.replica();
        scene.minutes(6);
        Observation forgotten = new Observation.Unknown(UnknownCause.NO_POWER_STATE, "");
        for (VmId vm : vms) {
            scene.cloud()
                    .faults()
                    .script(
                            vm,
                            (kind, now, truth) ->
                                    isForgotten(scene, vm, now.getEpochSecond() / 60) ? forgotten : truth);
        }
        scene.minutes(20);
        scene.mustLeaveAlone(vms);
        scene.settle(6);
        scene.mustLeaveAlone(vms);
    }

    private static boolean isForgotten(Scene scene, VmId vm, long minute) {
        return Dice.of(scene.world.seed(), vm.value(), minute).chance(0.05);
    }

    /** 25. Lists leave machines out, and whether they exist cannot be asked: each direct read fails in another way. */
    static void existsAnsweredFalse(Scene scene) {
        List<UnknownCause> causes = List.of(
                UnknownCause.SERVER_ERROR,
                UnknownCause.THROTTLED,
                UnknownCause.UNAUTHENTICATED,
                UnknownCause.FORBIDDEN,
                UnknownCause.SUBSCRIPTION_UNREADABLE,
                UnknownCause.TIMED_OUT,
                UnknownCause.CONNECTION_FAILED,
                UnknownCause.UNREADABLE_ANSWER);
        List<VmId> vms = scene.inUse(SCOPE, causes.size() + 2);
        List<VmId> unanswered = vms.subList(0, causes.size());
        VmId deleted = vms.get(causes.size() + 1);
        scene.replica();
        scene.minutes(6);
        scene.moment();
        for (int i = 0; i < causes.size(); i++) {
            scene.cloud().faults().script(vms.get(i), fails(causes.get(i)));
        }
        scene.cloud().delete(deleted);
        scene.minutes(20);
        scene.mustLeaveAlone(vms.subList(0, causes.size() + 1));
        unanswered.forEach(vm -> scene.mustNotFind(FindingKind.MISSING, vm));
        scene.settle(21);
        scene.mustHaveEnded(deleted);
        scene.mustFind(FindingKind.MISSING, deleted);
        scene.mustLeaveAlone(vms.subList(0, causes.size() + 1));
    }

    private static CloudFaults.Story fails(UnknownCause cause) {
        return (kind, now, truth) -> kind == ReadKind.LIST ? NOT_FOUND : new Observation.Unknown(cause, "scripted");
    }
}
