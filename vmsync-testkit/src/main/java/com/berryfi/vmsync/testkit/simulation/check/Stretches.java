package com.berryfi.vmsync.testkit.simulation.check;

import com.berryfi.vmsync.model.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Sums over stretches of time. */
final class Stretches {

    private Stretches() {}

    /** What two have in common. */
    static List<Interval> common(List<Interval> one, List<Interval> other) {
        List<Interval> common = new ArrayList<>();
        for (Interval a : one) {
            for (Interval b : other) {
                Instant from = a.from().isAfter(b.from()) ? a.from() : b.from();
                Instant to = a.to().isBefore(b.to()) ? a.to() : b.to();
                if (from.isBefore(to)) {
                    common.add(new Interval(from, to));
                }
            }
        }
        return common;
    }

    /** What of the first the second leaves out. */
    static List<Interval> without(List<Interval> all, List<Interval> taken) {
        List<Interval> left = new ArrayList<>();
        List<Interval> inOrder = new ArrayList<>(taken);
        inOrder.sort(Comparator.comparing(Interval::from));
        for (Interval each : all) {
            Instant from = each.from();
            for (Interval cut : inOrder) {
                if (cut.to().isAfter(from) && cut.from().isBefore(each.to())) {
                    if (cut.from().isAfter(from)) {
                        left.add(new Interval(from, cut.from()));
                    }
                    from = cut.to();
                }
            }
            if (from.isBefore(each.to())) {
                left.add(new Interval(from, each.to()));
            }
        }
        return left;
    }
}
