package com.berryfi.vmsync.testkit.simulation.check;

import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.testkit.simulation.world.Frame;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import java.util.List;
import java.util.Optional;

/** Invariant 2: no ended session is revived; no status in MAINTENANCE or on hold is touched. */
final class EndedStaysEnded extends Invariant {

    EndedStaysEnded(SimulatedWorld world) {
        super(world, 2, "no ended session is revived; no status in MAINTENANCE or on hold is touched");
    }

    @Override
    public void committed(Frame frame, Change change, CommitOutcome outcome) {
        if (!(outcome instanceof CommitOutcome.Committed)) {
            return;
        }
        VmId id = change.expected().id();
        revived(id, change.billing());
        if (change.transition().isNone()) {
            return;
        }
        Optional<Vm> vm = world.rows().vm(id);
        if (vm.filter(row -> row.believed() == VmStatus.MAINTENANCE).isPresent()) {
            violated(id, "changed in MAINTENANCE: " + change.transition());
        }
        world.database().store().journal().orders().stream()
                .filter(order -> order.kind() == Order.Kind.HOLD || order.kind() == Order.Kind.PAUSE)
                .filter(order -> order.vm().map(id::equals).orElse(true)
                        && order.covers(change.expected().vm().scope()))
                .filter(order -> order.from().isBefore(frame.startedAt()) && order.isInForce(now()))
                .findFirst()
                .ifPresent(order -> violated(id, "changed against " + order + ": " + change.transition()));
    }

    @Override
    public void amended(Frame frame, Amendment amendment, CommitOutcome outcome) {
        if (outcome instanceof CommitOutcome.Committed) {
            revived(amendment.vm(), amendment.billing());
        }
    }

    private void revived(VmId vm, List<BillingInstruction> billing) {
        for (BillingInstruction instruction : billing) {
            boolean over = world.rows()
                    .session(instruction.session())
                    .filter(session -> session.status().isEnded())
                    .isPresent();
            if (over && instruction instanceof BillingInstruction.Resume) {
                violated(vm, "billed an ended session again: " + instruction);
            }
        }
    }
}
