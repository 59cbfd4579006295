package com.berryfi.vmsync.testkit.arm;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Which of the next calls fail, and how; the fault that was planned first goes first. Thread-safe. */
final class FaultPlan {

    private static final class Planned {
        final Optional<ArmCall> call;
        final IntPredicate page;
        final ArmFault fault;
        int left;

        Planned(Optional<ArmCall> call, IntPredicate page, ArmFault fault, int left) {
            this.call = call;
            this.page = page;
            this.fault = fault;
            this.left = left;
        }
    }

    private final List<Planned> plan = new ArrayList<>();

    synchronized void add(Optional<ArmCall> call, IntPredicate page, ArmFault fault, int times) {
        if (times < 1) {
            throw new IllegalArgumentException("times: must be at least 1, is " + times);
        }
        plan.add(new Planned(call, page, fault, times));
    }

    synchronized void clear() {
        plan.clear();
    }

    /** The fault for this call, and one time less of it. */
    synchronized Optional<ArmFault> take(ArmCall call, int page) {
        for (Iterator<Planned> all = plan.iterator(); all.hasNext(); ) {
            Planned planned = all.next();
            if (planned.call.filter(wanted -> wanted != call).isEmpty() && planned.page.test(page)) {
                if (planned.left != Integer.MAX_VALUE && --planned.left == 0) {
                    all.remove();
                }
                return Optional.of(planned.fault);
            }
        }
        return Optional.empty();
    }
}
