package com.berryfi.vmsync.testkit.simulation.check;

import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.testkit.simulation.world.Frame;
import com.berryfi.vmsync.testkit.simulation.world.Machine;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import com.berryfi.vmsync.testkit.simulation.world.Slot;
import com.berryfi.vmsync.testkit.simulation.world.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Counts what any synchroniser does, by the truth of the world, so that two can be compared. */
public final class Measures implements Witness {

    private final SimulatedWorld world;
    private final TreeMap<String, Integer> rules = new TreeMap<>();
    private final Set<SessionId> ended = new HashSet<>();
    private final Map<SessionId, Instant> noticedOffSince = new HashMap<>();
    private final List<Duration> detections = new ArrayList<>();
    private int wrongfulEnds;
    private long digest;

    Measures(SimulatedWorld world) {
        this.world = world;
    }

    @Override
    public void handed(Frame frame, CloudStatusPort.Request request, Reading reading) {
        digest(request.kind().name());
        digest(request.scope().subscription());
        digest = 31 * digest + reading.listed() * 1_000L + reading.evidence().size();
    }

    @Override
    public void billed(BillingInstruction instruction) {
        digest(instruction.toString());
    }

    @Override
    public void hostWrote(VmId vm) {
        digest(vm.value());
    }

    private void digest(String what) {
        digest = 31 * (31 * digest + what.hashCode()) + world.time().instant().toEpochMilli();
    }

    @Override
    public void committed(Frame frame, Change change, CommitOutcome outcome) {
        digest(change.expected().id().value());
        digest(outcome.getClass().getSimpleName());
        change.audit().forEach(record -> digest(record.rule()));
        if (!(outcome instanceof CommitOutcome.Committed)) {
            return;
        }
        count(change.audit());
        Optional<Session> live =
                change.expected().session().filter(each -> each.status().isLive());
        if (live.isEmpty()) {
            return;
        }
        boolean ends = change.transition().sessionEnd().isPresent();
        if (ends || change.billing().stream().anyMatch(BillingInstruction.Suspend.class::isInstance)) {
            noticed(change.expected().id(), live.get());
        }
        if (ends && ended.add(live.get().id()) && isWrongful(change, live.get())) {
            wrongfulEnds++;
        }
    }

    @Override
    public void amended(Frame frame, Amendment amendment, CommitOutcome outcome) {
        if (outcome instanceof CommitOutcome.Committed) {
            count(amendment.audit());
        }
    }

    /** What follows from an answer on request is told at once, and not always audited. */
    @Override
    public void ended(Frame frame) {
        frame.direct()
                .filter(outcome -> outcome.result() == VmOutcome.Result.NOTHING)
                .ifPresent(outcome -> rules.merge(outcome.decision().rule(), 1, Integer::sum));
    }

    private void count(List<AuditRecord> records) {
        records.forEach(record -> rules.merge(record.rule(), 1, Integer::sum));
    }

    /** Wrongful is an end while the session's own machine has run all the time since the answer that it rests upon. */
    private boolean isWrongful(Change change, Session session) {
        Instant from = change.audit().isEmpty()
                ? world.time().instant()
                : evidence(change).sentAt();
        return own(change.expected().id(), session)
                .ranAllTheTime(from, world.time().instant());
    }

    private static Evidence evidence(Change change) {
        return change.audit().get(change.audit().size() - 1).evidence();
    }

    private Machine own(VmId vm, Session session) {
        Slot slot = world.cloud().slot(vm);
        return world.host().uidOf(session.id()).flatMap(slot::machine).orElseGet(slot::machine);
    }

    private void noticed(VmId vm, Session session) {
        List<Machine.State> states = own(vm, session).states();
        Instant offSince = Instant.MAX;
        for (int i = states.size() - 1; i >= 0; i--) {
            Machine.State state = states.get(i);
            if (state.exists() && state.power() == PowerState.RUNNING) {
                break;
            }
            offSince = state.from();
        }
        boolean isOff = offSince.isBefore(Instant.MAX) && session.status().isInUse();
        if (isOff && !offSince.equals(noticedOffSince.put(session.id(), offSince))) {
            detections.add(Duration.between(offSince, world.time().instant()));
        }
    }

    /** {@return a number that two runs share if, and as good as only if, the same happened in both} */
    public long digest() {
        return digest;
    }

    /** {@return how often a rule decided, by its id, as far as was audited or answered on request} */
    public Map<String, Integer> rules() {
        return rules;
    }

    /** {@return how many sessions were ended by the synchroniser} */
    public int ends() {
        return ended.size();
    }

    /** {@return how many of them should not have been} */
    public int wrongfulEnds() {
        return wrongfulEnds;
    }

    /** {@return how long it took each time from a machine's going off under a session to the first consequence} */
    public List<Duration> detections() {
        return List.copyOf(detections);
    }
}
