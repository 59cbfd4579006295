package com.berryfi.vmsync.testkit.simulation.check;

import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.testkit.simulation.check.AnswerLog.Told;
import com.berryfi.vmsync.testkit.simulation.world.Frame;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedProcess;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Invariant 7: never over the brake; nothing but findings while frozen. */
final class BrakesHold extends Invariant {

    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Duration RELEASED_AFTER = Duration.ofMinutes(10);
    private static final Duration FROZEN_AFTER = Duration.ofMinutes(16);
    private static final int ALWAYS = 3;

    /** A scope, as one life of a process knows it. */
    private record Reader(String process, int generation, Scope scope) {}

    /** An ending that counts. */
    private record Ended(Instant at, Scope scope, SessionId session) {}

    private final AnswerLog log;
    /** One life of a process. */
    private record Life(String process, int generation) {}

    private final Map<Reader, Instant> readWhole = new HashMap<>();
    private final Map<Life, Instant> begun = new HashMap<>();
    private final Map<Scope, Instant> passedAt = new HashMap<>();
    private final Map<Scope, String> broken = new HashMap<>();
    private final ArrayDeque<Ended> recent = new ArrayDeque<>();
    private final Set<SessionId> ended = new HashSet<>();

    BrakesHold(SimulatedWorld world, AnswerLog log) {
        super(world, 7, "never over the brake; nothing but findings while frozen");
        this.log = log;
    }

    @Override
    public void started(SimulatedProcess process) {
        begun.put(new Life(process.name(), process.generation()), now());
    }

    @Override
    public void passed(Frame frame, Pass pass) {
        passedAt.put(pass.scope(), now());
    }

    @Override
    public void handed(Frame frame, CloudStatusPort.Request request, Reading reading) {
        if (request.kind() == ReadKind.LIST && reading.complete()) {
            long there = world.cloud().machines(request.scope());
            if (reading.isOneByOne() || 2L * reading.listed() >= there) {
                readWhole.put(new Reader(frame.process(), frame.generation(), request.scope()), now());
            } else {
                broken.put(request.scope(), reading.listed() + " of " + there);
            }
        }
    }

    @Override
    public void amended(Frame frame, Amendment amendment, CommitOutcome outcome) {
        if (outcome instanceof CommitOutcome.Committed
                && amendment.billing().stream().anyMatch(BillingInstruction.Suspend.class::isInstance)) {
            notFrozen(frame, amendment.vm(), world.cloud().slot(amendment.vm()).scope(), "suspended the bill");
        }
    }

    @Override
    public void committed(Frame frame, Change change, CommitOutcome outcome) {
        boolean suspends = change.billing().stream().anyMatch(BillingInstruction.Suspend.class::isInstance);
        if (!(outcome instanceof CommitOutcome.Committed)
                || (change.transition().isNone() && !suspends)) {
            return;
        }
        VmId vm = change.expected().id();
        Scope scope = change.expected().vm().scope();
        notFrozen(
                frame,
                vm,
                scope,
                suspends ? "suspended the bill" : change.transition().toString());
        Optional<Session> session = change.transition()
                .sessionEnd()
                .flatMap(end -> change.expected().session());
        if (session.filter(each -> each.status().isLive() && ended.add(each.id()))
                        .isPresent()
                && !isReleased(frame, vm, scope, change, session.get().id())) {
            count(vm, scope, session.get().id());
        }
    }

    private void notFrozen(Frame frame, VmId vm, Scope scope, String what) {
        Optional<Instant> read = lastWhole(frame, scope);
        if (read.isEmpty()) {
            violated(vm, frame.process() + " had never read " + scope + " whole" + last(scope) + what);
        } else if (read.get().plus(FROZEN_AFTER).isBefore(now())) {
            violated(
                    vm, frame.process() + " had not read " + scope + " whole since " + read.get() + last(scope) + what);
        }
    }

    /** By itself, or by another whose pass of this life it finds in the journal: replicas share the scopes out. */
    private Optional<Instant> lastWhole(Frame frame, Scope scope) {
        Instant since = begun.getOrDefault(new Life(frame.process(), frame.generation()), now());
        return Stream.concat(
                        Stream.ofNullable(readWhole.get(new Reader(frame.process(), frame.generation(), scope))),
                        Stream.ofNullable(passedAt.get(scope)).filter(at -> !at.isBefore(since)))
                .max(Comparator.naturalOrder());
    }

    private String last(Scope scope) {
        return Optional.ofNullable(broken.get(scope))
                        .map(list -> ", the last list that was not named " + list)
                        .orElse("")
                + ": ";
    }

    private boolean isReleased(Frame frame, VmId vm, Scope scope, Change change, SessionId session) {
        boolean ordered = world.database().store().journal().orders().stream()
                .anyMatch(order -> (order.kind() == Order.Kind.OVERRIDE || order.kind() == Order.Kind.ANNOUNCEMENT)
                        && order.covers(scope)
                        && order.isInForce(now()));
        if (ordered || change.audit().isEmpty()) {
            return ordered;
        }
        Evidence evidence = change.audit().get(change.audit().size() - 1).evidence();
        Optional<String> own = world.host().uidOf(session);
        boolean replaced = uid(evidence).isPresent() && own.isPresent() && !own.equals(uid(evidence));
        // Of another machine's running nothing follows for the session's own; once it has answered, only who names that
        // speaks of it.
        Predicate<Told> runs =
                told -> told.isRunning() && (!replaced || told.uid().equals(own));
        Instant contradicted = log.contradictedAt(vm, evidence, frame, runs);
        return log.of(vm).stream()
                .filter(told -> told.isDirect() && !told.isUnknown() && !runs.test(told))
                .filter(told -> told.sentAt().isAfter(contradicted))
                .findFirst()
                .filter(told -> !told.sentAt().plus(RELEASED_AFTER).isAfter(now()))
                .isPresent();
    }

    private static Optional<String> uid(Evidence evidence) {
        return evidence.observation() instanceof Observation.Seen seen ? seen.uid() : Optional.empty();
    }

    private void count(VmId vm, Scope scope, SessionId session) {
        Instant from = now().minus(WINDOW);
        while (!recent.isEmpty() && !recent.getFirst().at().isAfter(from)) {
            recent.removeFirst();
        }
        recent.addLast(new Ended(now(), scope, session));
        long ofScope =
                recent.stream().filter(each -> each.scope().equals(scope)).count();
        over(vm, ofScope, world.rows().liveAt(Optional.of(scope), from), scope.toString());
        over(vm, recent.size(), world.rows().liveAt(Optional.empty(), from), "all scopes");
    }

    private void over(VmId vm, long endings, int live, String where) {
        if (endings > Math.max(ALWAYS, live / 10)) {
            violated(
                    vm,
                    endings + " endings within " + WINDOW + " of " + live + " live sessions of " + where + ": "
                            + recent);
        }
    }
}
