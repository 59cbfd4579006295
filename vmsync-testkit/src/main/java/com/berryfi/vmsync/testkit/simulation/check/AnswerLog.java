package com.berryfi.vmsync.testkit.simulation.check;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.testkit.simulation.world.Frame;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import com.berryfi.vmsync.testkit.simulation.world.Slot;
import com.berryfi.vmsync.testkit.simulation.world.Witness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Everything that any process was ever told of each VM. */
final class AnswerLog implements Witness {

    private static final Set<VmOutcome.Result> CAME_TO_NOTHING = EnumSet.of(
            VmOutcome.Result.LOST_RACE, VmOutcome.Result.TOO_OLD, VmOutcome.Result.REFUSED, VmOutcome.Result.FAILED);

    /** One answer, and the cycle that got it. */
    record Told(Evidence evidence, Instant handedAt, Frame frame) {
        Instant sentAt() {
            return evidence.sentAt();
        }

        boolean isDirect() {
            return evidence.isDirect();
        }

        boolean isRunning() {
            return evidence.power() == PowerState.RUNNING;
        }

        boolean isDirectOff() {
            return isDirect() && isSettledOff();
        }

        boolean isSettledOff() {
            return evidence.observation() instanceof Observation.Seen seen
                    && seen.power().isOff()
                    && seen.provisioning().isSettled();
        }

        boolean isUnknown() {
            return evidence.observation() instanceof Observation.Unknown || isWithoutPower();
        }

        private boolean isWithoutPower() {
            return evidence.observation() instanceof Observation.Seen seen && seen.power() == PowerState.UNKNOWN;
        }

        Optional<String> uid() {
            return evidence.observation() instanceof Observation.Seen seen ? seen.uid() : Optional.empty();
        }

        /** Whether the cycle that got it came to its end, and what it wrote of the VM, if anything, was kept. */
        boolean counts(VmId vm) {
            if (frame.hasEnded()) {
                return frame.outcome(vm)
                        .map(outcome -> !CAME_TO_NOTHING.contains(outcome.result()))
                        .orElse(true);
            }
            return isKept(vm);
        }

        /** Whether its cycle has committed something about the VM since. */
        boolean isKept(VmId vm) {
            return frame.written().stream()
                    .anyMatch(written -> written.change().expected().id().equals(vm)
                            && written.outcome() instanceof CommitOutcome.Committed);
        }
    }

    private final SimulatedWorld world;
    private final Map<VmId, List<Told>> told = new HashMap<>();

    AnswerLog(SimulatedWorld world) {
        this.world = world;
    }

    @Override
    public void handed(Frame frame, CloudStatusPort.Request request, Reading reading) {
        Instant now = world.time().instant();
        for (CloudAddress address : request.addresses()) {
            Evidence evidence = reading.evidence().get(address);
            if (evidence != null) {
                Optional<Slot> slot = world.cloud().slot(request.scope(), address);
                slot.ifPresent(place -> told.computeIfAbsent(place.vm(), same -> new ArrayList<>())
                        .add(new Told(evidence, now, frame)));
            }
        }
    }

    /** All that was told of a VM, in the order of the answers. */
    List<Told> of(VmId vm) {
        return told.getOrDefault(vm, List.of());
    }

    /** What was told of a VM by answers sent from an instant on and until another, in the order of the answers. */
    List<Told> sentWithin(VmId vm, Instant from, Instant until) {
        List<Told> all = of(vm);
        int first = all.size();
        // None is handed out before it was sent.
        while (first > 0 && !all.get(first - 1).handedAt().isBefore(from)) {
            first--;
        }
        return all.subList(first, all.size()).stream()
                .filter(told -> !told.sentAt().isBefore(from) && !told.sentAt().isAfter(until))
                .toList();
    }

    /** Whether an answer was handed out, the latest first. */
    boolean wasHanded(VmId vm, Evidence evidence, Predicate<Told> to) {
        List<Told> all = of(vm);
        for (int i = all.size() - 1; i >= 0; i--) {
            Told each = all.get(i);
            if (each.sentAt().equals(evidence.sentAt()) && each.evidence().equals(evidence) && to.test(each)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Since when nothing that counts has contradicted an answer: what was sent after it. Of what another process was told while the one
     * who acts was at work already, that one cannot know.
     */
    Instant contradictedAt(VmId vm, Evidence evidence, Frame by, Predicate<Told> contradicts) {
        List<Told> all = of(vm);
        for (int i = all.size() - 1; i >= 0; i--) {
            Told each = all.get(i);
            if (each.sentAt().isBefore(evidence.sentAt())
                    && contradicts.test(each)
                    && (each.frame() == by || (isKnownTo(by, each) && each.counts(vm)))) {
                return each.sentAt();
            }
        }
        return Instant.MIN;
    }

    private static boolean isKnownTo(Frame by, Told each) {
        return each.frame().process().equals(by.process()) || !each.handedAt().isAfter(by.startedAt());
    }
}
