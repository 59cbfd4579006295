package com.berryfi.vmsync.testkit.simulation.check;

import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.Usage;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.testkit.simulation.check.AnswerLog.Told;
import com.berryfi.vmsync.testkit.simulation.world.Frame;
import com.berryfi.vmsync.testkit.simulation.world.Machine;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import com.berryfi.vmsync.testkit.simulation.world.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Invariant 1: no session ends on an observation that is unknown, stale, unconfirmed, or of another VM. */
final class NoWrongfulEnd extends Invariant {

    private static final Duration OLDEST = Duration.ofSeconds(90);
    private static final Duration APART = Duration.ofSeconds(25);
    private static final Duration MISSING_FOR = Duration.ofMinutes(2);
    private static final Duration START_GRACE = Duration.ofMinutes(4);
    private static final Duration LIST_LAG = Duration.ofMinutes(2);

    private final AnswerLog log;
    private final Set<SessionId> ended = new HashSet<>();

    NoWrongfulEnd(SimulatedWorld world, AnswerLog log) {
        super(world, 1, "no session ends on an observation that is unknown, stale, unconfirmed, or of another VM");
        this.log = log;
    }

    @Override
    public void committed(Frame frame, Change change, CommitOutcome outcome) {
        Optional<Transition.SessionEnd> end = change.transition().sessionEnd();
        if (end.isEmpty() || !(outcome instanceof CommitOutcome.Committed)) {
            return;
        }
        Session session = change.expected().session().orElseThrow();
        if (!ended.add(session.id())) {
            return;
        }
        VmId vm = change.expected().id();
        if (change.audit().isEmpty()) {
            violated(vm, "ended " + session.id() + " without an audit record");
            return;
        }
        Evidence evidence = change.audit().get(change.audit().size() - 1).evidence();
        problem(frame, vm, session, end.get(), evidence)
                .ifPresent(what -> violated(vm, "ended " + session.id() + " on " + evidence + ": " + what));
    }

    private Optional<String> problem(
            Frame frame, VmId vm, Session session, Transition.SessionEnd end, Evidence evidence) {
        if (!log.wasHanded(vm, evidence, told -> told.frame().process().equals(frame.process()))) {
            return Optional.of("that was never handed to " + frame.process());
        }
        if (!evidence.isDirect() || evidence.observation() instanceof Observation.Unknown) {
            return Optional.of("that is no direct answer");
        }
        if (Duration.between(evidence.sentAt(), frame.handedOverAt()).compareTo(OLDEST) > 0) {
            return Optional.of("that is too old");
        }
        if (evidence.sentAt().isBefore(world.rows().hostWroteAt(vm))) {
            return Optional.of("the host has written since, at " + world.rows().hostWroteAt(vm));
        }
        return Usage.of(session.status()) == Usage.TERMINATING
                ? terminating(vm, session, evidence)
                : unconfirmed(frame, vm, session, end, evidence);
    }

    private Optional<String> terminating(VmId vm, Session session, Evidence evidence) {
        return evidence.power().isOff()
                        || evidence.observation() instanceof Observation.Missing
                        || isOfAnother(vm, session, evidence)
                ? Optional.empty()
                : Optional.of("the machine was not off");
    }

    private Optional<String> unconfirmed(
            Frame frame, VmId vm, Session session, Transition.SessionEnd end, Evidence evidence) {
        if (evidence.observation() instanceof Observation.Missing) {
            Instant seen = log.contradictedAt(
                    vm,
                    evidence,
                    frame,
                    told -> told.isDirect() && told.evidence().observation() instanceof Observation.Seen);
            List<Told> missing = since(vm, seen, evidence).stream()
                    .filter(told -> told.isDirect() && told.evidence().observation() instanceof Observation.Missing)
                    .toList();
            long times = missing.stream().map(Told::sentAt).distinct().count();
            return times < 3 || missing.get(0).sentAt().plus(MISSING_FOR).isAfter(evidence.sentAt())
                    ? Optional.of("missing is not confirmed: " + times + " times")
                    : truth(vm, session, missing.get(0).sentAt());
        }
        if (isOfAnother(vm, session, evidence)) {
            return timesSeen(vm, evidence) < 2 ? Optional.of("another machine was seen once only") : Optional.empty();
        }
        Observation.Seen seen = (Observation.Seen) evidence.observation();
        if (!seen.power().isOff() || !seen.provisioning().isSettled()) {
            return Optional.of("the machine was not off and settled");
        }
        Instant ran = log.contradictedAt(vm, evidence, frame, Told::isRunning);
        if (end.endedAs() == SessionStatus.FAILED) {
            Optional<Instant> began = Optional.of(world.rows().hostWroteAt(vm));
            return began.get().plus(START_GRACE).isAfter(now())
                    ? Optional.of("its start grace is not over: it began at " + began.get())
                    : truth(vm, session, evidence.sentAt());
        }
        List<Told> off =
                since(vm, ran, evidence).stream().filter(Told::isSettledOff).toList();
        if (seen.power() == PowerState.DEALLOCATED) {
            Optional<Told> other = off.stream()
                    .filter(told -> !told.sentAt().equals(evidence.sentAt()) || !told.isDirect())
                    .findFirst();
            return other.isEmpty()
                    ? Optional.of("no other answer agrees")
                    : truth(
                            vm,
                            session,
                            other.get().isDirect()
                                    ? other.get().sentAt()
                                    : other.get().sentAt().minus(LIST_LAG));
        }
        Optional<Told> first = off.stream().filter(Told::isDirect).findFirst();
        return first.isEmpty() || first.get().sentAt().plus(APART).isAfter(evidence.sentAt())
                ? Optional.of("no direct answer " + APART + " before agrees")
                : truth(vm, session, first.get().sentAt());
    }

    private long timesSeen(VmId vm, Evidence evidence) {
        return log.of(vm).stream()
                .filter(told -> told.isDirect() && told.uid().equals(uid(evidence)))
                .map(Told::sentAt)
                .distinct()
                .count();
    }

    /** Of two answers of the same instant nobody can tell which came first. */
    private List<Told> since(VmId vm, Instant contradicted, Evidence until) {
        return log.sentWithin(vm, contradicted, until.sentAt());
    }

    /** Whether another machine answered, and somebody can tell: a direct read has named a third, or the session's own, since it began. */
    private boolean isOfAnother(VmId vm, Session session, Evidence evidence) {
        Optional<String> own = world.host().uidOf(session.id());
        Instant start = session.startTime().orElse(Instant.MIN);
        return own.isPresent()
                && uid(evidence).isPresent()
                && !own.equals(uid(evidence))
                && log.of(vm).stream()
                        .anyMatch(told -> told.isDirect()
                                && told.uid().isPresent()
                                && !told.uid().equals(uid(evidence))
                                && !told.sentAt().isBefore(start)
                                && (told.counts(vm) || told.isKept(vm)));
    }

    private static Optional<String> uid(Evidence evidence) {
        return evidence.observation() instanceof Observation.Seen seen ? seen.uid() : Optional.empty();
    }

    private Optional<String> truth(VmId vm, Session session, Instant from) {
        Slot slot = world.cloud().slot(vm);
        Machine own = world.host().uidOf(session.id()).flatMap(slot::machine).orElseGet(slot::machine);
        return own.ranAllTheTime(from, now())
                ? Optional.of("in truth its machine ran all the time since " + from)
                : Optional.empty();
    }
}
