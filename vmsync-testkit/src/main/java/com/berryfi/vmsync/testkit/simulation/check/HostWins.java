package com.berryfi.vmsync.testkit.simulation.check;

import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.testkit.simulation.world.Frame;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Invariant 5: a change of the host between our read and our write wins; a blind save over our write is found and decided afresh. */
final class HostWins extends Invariant {

    /** A blind save over an ending of ours, the last of its session. */
    private record Over(VmId vm, Instant at) {}

    private final Set<SessionId> endedByUs = new HashSet<>();
    private final TreeMap<SessionId, Over> overwritten = new TreeMap<>();
    /** Saved over, and read so by somebody who came to his end, or ended again by us: from then on it is known. */
    private final Set<SessionId> met = new HashSet<>();

    private final Set<SessionId> reported = new HashSet<>();

    HostWins(SimulatedWorld world) {
        super(world, 5, "a change of the host wins; a blind save over ours is found, ended again and reported");
    }

    @Override
    public void committed(Frame frame, Change change, CommitOutcome outcome) {
        if (!(outcome instanceof CommitOutcome.Committed)) {
            return;
        }
        VmId vm = change.expected().id();
        Optional<ManagedVm> rows = world.rows().managed(vm);
        if (rows.isEmpty()
                || !rows.get()
                        .fingerprint()
                        .exact()
                        .equals(change.expected().fingerprint().exact())) {
            violated(vm, "committed over " + rows + ", which is not what was read: " + change.expected());
        }
        change.transition()
                .sessionEnd()
                .flatMap(end -> change.expected().sessionId())
                .ifPresent(session -> {
                    endedByUs.add(session);
                    if (overwritten.containsKey(session)) {
                        met.add(session);
                    }
                });
        resumed(vm, change.billing());
    }

    @Override
    public void amended(Frame frame, Amendment amendment, CommitOutcome outcome) {
        if (outcome instanceof CommitOutcome.Committed) {
            resumed(amendment.vm(), amendment.billing());
        }
    }

    private void resumed(VmId vm, List<BillingInstruction> billing) {
        billing.stream()
                .filter(instruction -> overwritten.containsKey(instruction.session()))
                .findFirst()
                .ifPresent(instruction -> violated(vm, "billed a session that the host saved over: " + instruction));
    }

    @Override
    public void overwritten(Session before, Session now) {
        if (endedByUs.contains(before.id())) {
            overwritten.put(before.id(), new Over(before.vm(), now()));
        }
    }

    @Override
    public void ended(Frame frame) {
        if (overwritten.size() > reported.size()) {
            overwritten.forEach((session, over) -> {
                if (isMet(frame, session, over)) {
                    met.add(session);
                }
            });
            frame.report()
                    .ifPresent(report -> report.outcomes().stream()
                            .flatMap(outcome -> outcome.findings(report.endedAt()))
                            .filter(finding -> finding.kind() == FindingKind.OVERWRITTEN)
                            .forEach(finding -> finding.session().ifPresent(reported::add)));
            frame.direct()
                    .ifPresent(outcome -> outcome.findings(now())
                            .filter(finding -> finding.kind() == FindingKind.OVERWRITTEN)
                            .forEach(finding -> finding.session().ifPresent(reported::add)));
            frame.written()
                    .forEach(written -> written.change().audit().stream()
                            .filter(record -> written.outcome() instanceof CommitOutcome.Committed
                                    && record.effects().contains("finding " + FindingKind.OVERWRITTEN))
                            .forEach(record -> record.session().ifPresent(reported::add)));
        }
    }

    /** Whether a cycle read the rows while they were saved over: the host may end a session again before anybody has looked. */
    private boolean isMet(Frame frame, SessionId session, Over over) {
        Scope scope = world.cloud().slot(over.vm()).scope();
        return frame.report().isPresent()
                && frame.hasRead(scope)
                && !frame.hasFailed(scope)
                && frame.answers().stream()
                        .anyMatch(answer -> answer.vm().equals(over.vm())
                                && !(answer.evidence().observation() instanceof Observation.Unknown))
                && !frame.startedAt().isBefore(over.at())
                && world.rows()
                        .session(session)
                        .filter(row -> !row.status().isEnded())
                        .isPresent();
    }

    @Override
    public void finished(Instant now) {
        overwritten.forEach((session, last) -> {
            boolean over = world.rows()
                    .session(session)
                    .filter(row -> !row.status().isEnded())
                    .isEmpty();
            if (!over) {
                violated(last.vm(), session + " was saved over and never ended again");
            } else if (met.contains(session) && !reported.contains(session)) {
                violated(last.vm(), session + " was saved over and never reported");
            }
        });
        for (Session row : world.rows().sessions()) {
            Session stored = world.database().rows().session(row.id()).session();
            if (!stored.status().equals(row.status())) {
                violated(row.vm(), "the database says " + stored + ", all writes together say " + row);
            }
        }
    }
}
