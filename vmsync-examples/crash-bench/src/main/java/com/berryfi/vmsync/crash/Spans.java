package com.berryfi.vmsync.crash;

import com.berryfi.vmsync.model.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Arithmetic of stretches of time. */
final class Spans {

    private Spans() {}

    /** What lies in both. */
    static List<Interval> common(List<Interval> some, List<Interval> others) {
        List<Interval> common = new ArrayList<>();
        for (Interval one : some) {
            for (Interval other : others) {
                Instant from = later(one.from(), other.from());
                Instant to = earlier(one.to(), other.to());
                if (from.isBefore(to)) {
                    common.add(new Interval(from, to));
                }
            }
        }
        return common;
    }

    /** What lies in the first and in none of the others. */
    static List<Interval> without(List<Interval> some, List<Interval> others) {
        List<Interval> left = some;
        for (Interval other : others) {
            List<Interval> next = new ArrayList<>();
            for (Interval one : left) {
                if (!one.from().isBefore(other.to()) || !other.from().isBefore(one.to())) {
                    next.add(one);
                } else {
                    if (one.from().isBefore(other.from())) {
                        next.add(new Interval(one.from(), other.from()));
                    }
                    if (other.to().isBefore(one.to())) {
                        next.add(new Interval(other.to(), one.to()));
                    }
                }
            }
            left = next;
        }
        return left;
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
