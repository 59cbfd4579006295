package com.berryfi.vmsync.testkit.simulation.check;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.Interval;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Usage;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.testkit.simulation.check.AnswerLog.Told;
import com.berryfi.vmsync.testkit.simulation.check.Marks.Kind;
import com.berryfi.vmsync.testkit.simulation.check.Marks.Mark;
import com.berryfi.vmsync.testkit.simulation.world.Frame;
import com.berryfi.vmsync.testkit.simulation.world.Machine;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import com.berryfi.vmsync.testkit.simulation.world.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Invariant 3: nothing is billed between a proof of off and the next of running, and all between two proofs of running is. */
final class BillsAreTrue extends Invariant {

    /** What a process has just seen may be lost to its death, or to what another writes at the same time: two cycles at most. */
    private static final Duration RACE = Duration.ofSeconds(60);

    /** What the host billed by itself. */
    private record HostBill(Interval whole, Optional<List<Gap>> gaps) {}

    private final TreeMap<SessionId, Marks> marks = new TreeMap<>();
    private final TreeMap<SessionId, HostBill> hostBills = new TreeMap<>();
    private final TreeMap<SessionId, Instant> endedByUs = new TreeMap<>();
    private Duration billedWhileOff = Duration.ZERO;
    private Duration unbilledWhileOn = Duration.ZERO;
    private Duration billedInTruthOff = Duration.ZERO;
    private Duration unbilledInTruthOn = Duration.ZERO;

    BillsAreTrue(SimulatedWorld world) {
        super(world, 3, "no proven stop is billed, and everything between two proofs of running is");
    }

    /** How long was billed although proven off. */
    Duration billedWhileOff() {
        return billedWhileOff;
    }

    /** How long was not billed although proven on. */
    Duration unbilledWhileOn() {
        return unbilledWhileOn;
    }

    /** How long was billed although the machine did not run, whether anybody knew or not. */
    Duration billedInTruthOff() {
        return billedInTruthOff;
    }

    /** How long a session's machine ran until the session's end and was not billed. */
    Duration unbilledInTruthOn() {
        return unbilledInTruthOn;
    }

    @Override
    public void passed(Frame frame, Pass pass) {
        for (Frame.Answer answer : frame.answers()) {
            if (!answer.evidence().isDirect()
                    && answer.evidence().power() == PowerState.RUNNING
                    && answer.evidence().sentAt().equals(pass.at())
                    && !pass.except().containsKey(answer.vm())) {
                inUse(world.rows().managed(answer.vm()))
                        .filter(session ->
                                world.cloud().slot(answer.vm()).scope().equals(pass.scope()))
                        .filter(session -> isOwn(session, answer.evidence().observation()))
                        .ifPresent(session -> mark(session.id(), pass.at(), Kind.ON_BY_LIST, Optional.empty()));
            }
        }
    }

    @Override
    public void ended(Frame frame) {
        for (Frame.Answer answer : frame.answers()) {
            if (answer.evidence().isDirect() && !(answer.evidence().observation() instanceof Observation.Unknown)) {
                Optional<VmOutcome> outcome = frame.outcome(answer.vm());
                Optional<ManagedVm> rows = outcome.map(VmOutcome::before)
                        .or(() -> frame.written().stream()
                                .map(written -> written.change().expected())
                                .filter(expected -> expected.id().equals(answer.vm()))
                                .findFirst())
                        .or(() -> world.rows().managed(answer.vm()));
                inUse(rows).ifPresent(session -> mark(frame, answer, session));
            }
        }
    }

    private void mark(Frame frame, Frame.Answer answer, Session session) {
        Told told = new Told(answer.evidence(), answer.handedAt(), frame);
        Instant at = told.sentAt();
        boolean own = isOwn(session, answer.evidence().observation());
        boolean heard = isHeard(frame, answer, told);
        if (told.isRunning() && own) {
            Optional<Instant> upSince = ((Observation.Seen) answer.evidence().observation()).upSince();
            mark(session.id(), at, heard ? Kind.ON : Kind.ON_UNHEARD, upSince);
        } else if (told.isDirectOff() && own && heard) {
            mark(session.id(), at, Kind.OFF, Optional.empty());
        } else {
            mark(session.id(), at, Kind.CONTRARY, Optional.empty());
        }
    }

    /** Whether the process may be expected to know what it was told: it was no stale answer, and its scope did not come to nothing. */
    private boolean isHeard(Frame frame, Frame.Answer answer, Told told) {
        Scope scope = world.cloud().slot(answer.vm()).scope();
        return told.counts(answer.vm())
                && !frame.isStale(answer, scope)
                && (!frame.hasFailed(scope) || told.isKept(answer.vm()));
    }

    /** Whether an answer is of the session's own machine, as far as it says. */
    private boolean isOwn(Session session, Observation observation) {
        return !(observation instanceof Observation.Seen seen)
                || seen.uid()
                        .flatMap(uid -> world.host().uidOf(session.id()).map(uid::equals))
                        .orElse(true);
    }

    private void mark(SessionId session, Instant at, Kind kind, Optional<Instant> upSince) {
        marks.computeIfAbsent(session, same -> new Marks()).add(new Mark(at, kind, upSince));
    }

    private static Optional<Session> inUse(Optional<ManagedVm> rows) {
        return rows.flatMap(ManagedVm::session).filter(session -> Usage.of(session.status()) == Usage.IN_USE);
    }

    @Override
    public void committed(Frame frame, Change change, CommitOutcome outcome) {
        if (outcome instanceof CommitOutcome.Committed
                && change.transition().sessionEnd().isPresent()) {
            Session session = change.expected().session().orElseThrow();
            endedByUs.putIfAbsent(
                    session.id(),
                    Usage.of(session.status()) == Usage.TERMINATING
                            ? session.endTime().orElse(now())
                            : now());
        }
    }

    @Override
    public void hostBilled(SessionId session, Optional<Interval> billed, Optional<List<Gap>> gaps) {
        billed.ifPresent(whole -> hostBills.put(session, new HostBill(whole, gaps)));
    }

    @Override
    public void finished(Instant now) {
        endedByUs.forEach((id, end) -> {
            Session session = world.rows().session(id).orElseThrow();
            Optional<BillingInstruction.Stop> stop = world.billing().applied(id).stream()
                    .filter(BillingInstruction.Stop.class::isInstance)
                    .map(BillingInstruction.Stop.class::cast)
                    .findFirst();
            if (session.startTime().isEmpty()) {
                return;
            }
            if (stop.isEmpty() && session.status() != SessionStatus.FAILED) {
                violated(session.vm(), id + " was ended by us and its bill never closed");
            }
            Instant start = session.startTime().get();
            check(
                    session.vm(),
                    id,
                    new Interval(start, latest(start, end)),
                    stop.map(BillingInstruction.Stop::billed).orElse(List.of()));
        });
        hostBills.forEach((id, bill) -> {
            if (bill.gaps().isEmpty() && isStopped(id)) {
                // Who does not ask goes by the Stop: it is the whole bill, whatever the host does with the session
                // after.
                return;
            }
            List<Interval> free = bill.gaps()
                    .map(gaps -> gaps.stream()
                            .map(gap -> interval(gap, bill.whole()))
                            .toList())
                    .orElseGet(() -> adjusted(id));
            check(
                    world.rows().session(id).orElseThrow().vm(),
                    id,
                    bill.whole(),
                    Stretches.without(List.of(bill.whole()), free));
        });
    }

    private boolean isStopped(SessionId id) {
        return world.billing().applied(id).stream().anyMatch(BillingInstruction.Stop.class::isInstance);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Interval interval(Gap gap, Interval whole) {
        return new Interval(gap.from(), gap.to().orElse(latest(gap.from(), whole.to())));
    }

    private List<Interval> adjusted(SessionId id) {
        return world.billing().applied(id).stream()
                .filter(BillingInstruction.Adjust.class::isInstance)
                .flatMap(adjust -> ((BillingInstruction.Adjust) adjust).unbilled().stream())
                .toList();
    }

    private void check(VmId vm, SessionId id, Interval whole, List<Interval> billed) {
        Marks proven = marks.getOrDefault(id, new Marks());
        List<Interval> tooMuch = Stretches.common(proven.off(whole.from(), whole.to()), billed);
        List<Interval> tooLittle = Stretches.without(proven.on(whole.from(), whole.to()), billed);
        Slot slot = world.cloud().slot(vm);
        Machine own = world.host().uidOf(id).flatMap(slot::machine).orElseGet(slot::machine);
        List<Interval> ran = own.ran(whole);
        billedInTruthOff = billedInTruthOff.plus(Interval.total(Stretches.without(billed, ran)));
        unbilledInTruthOn = unbilledInTruthOn.plus(Interval.total(Stretches.without(ran, billed)));
        billedWhileOff = billedWhileOff.plus(Interval.total(tooMuch));
        unbilledWhileOn = unbilledWhileOn.plus(Interval.total(tooLittle));
        String bill = id + ", in use " + whole + ", billed " + billed + ", host's " + hostBills.get(id);
        if (!tooMuch.isEmpty()) {
            violated(
                    vm,
                    whole.to().plusSeconds(60),
                    "billed while proven off, " + Interval.total(tooMuch) + ": " + tooMuch + " of " + bill);
        }
        if (Interval.total(tooLittle).compareTo(RACE) > 0) {
            violated(
                    vm,
                    whole.to().plusSeconds(60),
                    "not billed while proven on, " + Interval.total(tooLittle) + ": " + tooLittle + " of " + bill);
        }
    }
}
