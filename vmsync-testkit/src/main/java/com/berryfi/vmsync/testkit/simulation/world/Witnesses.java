package com.berryfi.vmsync.testkit.simulation.world;

import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.Interval;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.CloudStatusPort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All who watch a world. */
final class Witnesses implements Witness {

    private final List<Witness> all = new ArrayList<>();

    void add(Witness witness) {
        all.add(witness);
    }

    @Override
    public void handed(Frame frame, CloudStatusPort.Request request, Reading reading) {
        all.forEach(each -> each.handed(frame, request, reading));
    }

    @Override
    public void committed(Frame frame, Change change, CommitOutcome outcome) {
        all.forEach(each -> each.committed(frame, change, outcome));
    }

    @Override
    public void amended(Frame frame, Amendment amendment, CommitOutcome outcome) {
        all.forEach(each -> each.amended(frame, amendment, outcome));
    }

    @Override
    public void passed(Frame frame, Pass pass) {
        all.forEach(each -> each.passed(frame, pass));
    }

    @Override
    public void billed(BillingInstruction instruction) {
        all.forEach(each -> each.billed(instruction));
    }

    @Override
    public void hostWrote(VmId vm) {
        all.forEach(each -> each.hostWrote(vm));
    }

    @Override
    public void overwritten(Session before, Session now) {
        all.forEach(each -> each.overwritten(before, now));
    }

    @Override
    public void hostBilled(SessionId session, Optional<Interval> billed, Optional<List<Gap>> gaps) {
        all.forEach(each -> each.hostBilled(session, billed, gaps));
    }

    @Override
    public void ended(Frame frame) {
        all.forEach(each -> each.ended(frame));
    }

    @Override
    public void started(SimulatedProcess process) {
        all.forEach(each -> each.started(process));
    }

    @Override
    public void died(SimulatedProcess process) {
        all.forEach(each -> each.died(process));
    }

    @Override
    public void minute(Instant now) {
        all.forEach(each -> each.minute(now));
    }

    @Override
    public void finished(Instant now) {
        all.forEach(each -> each.finished(now));
    }
}
