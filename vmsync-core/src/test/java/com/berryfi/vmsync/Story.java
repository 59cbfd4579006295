package com.berryfi.vmsync;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SCOPE;
import static com.berryfi.vmsync.Samples.SESSION;
import static com.berryfi.vmsync.Samples.SESSION_START;
import static com.berryfi.vmsync.Samples.VM;

import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.Lapse;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Run;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncPolicy;
import com.berryfi.vmsync.model.Tombstone;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Facts, told one by one. Unless told otherwise: read directly, settled, said by the cloud five times over two hours, with nothing else
 * known. Times are told as how long ago they were.
 */
public final class Story {
    private final VmStatus believed;
    private final Observation observation;
    private Optional<Session> session;
    private Optional<SessionId> named;
    private ReadKind kind = ReadKind.DIRECT;
    private Duration seenFor = Duration.ofHours(2);
    private int count = 5;
    private Optional<Duration> firstDirect = Optional.empty();
    private int directs = 5;
    private boolean replaced;
    private Optional<Metering> metering = Optional.empty();
    private Optional<Instant> proven = Optional.empty();
    private Optional<Lapse> lapse = Optional.empty();
    private Optional<Instant> endRequested = Optional.empty();
    private Optional<Instant> changed = Optional.empty();
    private Optional<Order> hold = Optional.empty();
    private boolean ourError;
    private Instant readAt = NOW;
    private SyncPolicy policy = SyncPolicy.standard();

    public Story(VmStatus believed, Optional<SessionStatus> session, Observation observation) {
        this.believed = believed;
        this.observation = observation;
        this.session = Samples.managed(believed, session).session();
        this.named = this.session.map(Session::id);
    }

    /** Of a VM with a session. */
    public static Story of(VmStatus believed, SessionStatus session, PowerState power) {
        return new Story(believed, Optional.of(session), Samples.seen(power));
    }

    /** Of a VM with a session, and another answer than a power state. */
    public static Story of(VmStatus believed, SessionStatus session, Observation observation) {
        return new Story(believed, Optional.of(session), observation);
    }

    /** Of a VM without a session. */
    public static Story of(VmStatus believed, PowerState power) {
        return new Story(believed, Optional.empty(), Samples.seen(power));
    }

    /** Of a VM without a session, and another answer than a power state. */
    public static Story of(VmStatus believed, Observation observation) {
        return new Story(believed, Optional.empty(), observation);
    }

    public Story by(ReadKind value) {
        kind = value;
        return this;
    }

    public Story byList() {
        return by(ReadKind.LIST);
    }

    public Story seenFor(Duration value) {
        seenFor = value;
        return this;
    }

    /** How many answers agree, and how many of them are proofs, the first of which came after all the time told before. */
    public Story answers(int all, int proofs) {
        count = all;
        directs = proofs;
        return this;
    }

    /** That the first proof came later than the first answer. */
    public Story firstDirect(Duration ago) {
        firstDirect = Optional.of(ago);
        return this;
    }

    /** For the first time. */
    public Story justNow() {
        return seenFor(Duration.ZERO).answers(1, 1);
    }

    public Story replaced() {
        replaced = true;
        return this;
    }

    public Story suspended(Duration ago) {
        return metering(List.of(new Gap(NOW.minus(ago), Optional.empty())));
    }

    public Story metering(List<Gap> gaps) {
        metering = Optional.of(Metering.untouched(SESSION, VM).instructed(gaps, false));
        return this;
    }

    /** That it was proven to run again, after an interruption that was told before. */
    public Story back(Duration ago) {
        metering = Optional.of(metering.orElse(Metering.untouched(SESSION, VM)).back(NOW.minus(ago)));
        return this;
    }

    public Story buried(Tombstone tombstone) {
        metering = Optional.of(Metering.untouched(SESSION, VM).buried(tombstone));
        return this;
    }

    public Story lapsed(Duration ranUntilAgo, Duration offAgo) {
        lapse = Optional.of(new Lapse(NOW.minus(ranUntilAgo), NOW.minus(offAgo)));
        return this;
    }

    public Story provenRunning(Duration ago) {
        proven = Optional.of(NOW.minus(ago));
        return this;
    }

    public Story endRequested(Duration ago) {
        endRequested = Optional.of(NOW.minus(ago));
        return this;
    }

    /** When the host's row says that the session ends. */
    public Story endTime(Instant value) {
        session = session.map(known -> new Session(
                known.id(), known.vm(), known.status(), known.startTime(), Optional.of(value), known.lastHeartbeat()));
        return this;
    }

    /** That the host's row names no start. */
    public Story neverBegun() {
        session = session.map(
                known -> new Session(known.id(), known.vm(), known.status(), Optional.empty(), Optional.empty()));
        return this;
    }

    public Story heartbeat(Duration ago) {
        session = session.map(known -> new Session(
                known.id(),
                known.vm(),
                known.status(),
                Optional.of(SESSION_START),
                known.endTime(),
                Optional.of(NOW.minus(ago))));
        return this;
    }

    /** Which session the VM's row names. */
    public Story naming(Optional<SessionId> value) {
        named = value;
        return this;
    }

    public Story changedByHost(Duration ago) {
        changed = Optional.of(NOW.minus(ago));
        return this;
    }

    public Story onHold(Optional<Instant> until) {
        hold = Optional.of(new Order(
                "hold-1",
                Order.Kind.HOLD,
                Optional.empty(),
                Optional.of(VM),
                NOW.minusSeconds(60),
                until,
                "an inquiry"));
        return this;
    }

    public Story ourError() {
        ourError = true;
        return this;
    }

    public Story rowsRead(Instant value) {
        readAt = value;
        return this;
    }

    public Story under(SyncPolicy value) {
        policy = value;
        return this;
    }

    public Facts facts() {
        ManagedVm rows = Samples.managed(believed, Optional.empty());
        Vm vm = new Vm(VM, SCOPE, rows.vm().address(), believed, named, Optional.empty());
        return new Facts(
                new ManagedVm(vm, session),
                Samples.evidence(observation, kind),
                run(),
                metering,
                Optional.empty(),
                proven,
                lapse,
                endRequested,
                changed,
                hold,
                ourError,
                readAt,
                NOW,
                policy);
    }

    private Optional<Run> run() {
        Optional<Run.Subject> subject = replaced ? Optional.of(Run.Subject.REPLACED) : Run.Subject.of(observation);
        Instant first = NOW.minus(seenFor);
        Optional<Instant> direct =
                directs > 0 ? Optional.of(firstDirect.map(NOW::minus).orElse(first)) : Optional.empty();
        return subject.map(about -> new Run(about, first, NOW, count, direct, directs));
    }
}
