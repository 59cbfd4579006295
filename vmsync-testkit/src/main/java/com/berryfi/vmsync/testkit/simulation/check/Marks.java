package com.berryfi.vmsync.testkit.simulation.check;

import com.berryfi.vmsync.model.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What was proven of one session's machine, and when. */
final class Marks {

    /** What one answer proves. */
    enum Kind {
        /** It ran, by a direct answer that counts. */
        ON,
        /** It ran, by a list of a recorded pass. */
        ON_BY_LIST,
        /** It ran, by a direct answer whose cycle came to nothing: nobody can be expected to know. */
        ON_UNHEARD,
        /** It was off, by a direct answer that counts. */
        OFF,
        /** A direct answer that says anything but that it ran. */
        CONTRARY
    }

    /**
     * One answer.
     *
     * @param upSince since when the machine ran, by the same answer
     */
    record Mark(Instant at, Kind kind, Optional<Instant> upSince) {}

    private final List<Mark> marks = new ArrayList<>();
    private boolean sorted = true;

    void add(Mark mark) {
        sorted = false;
        marks.add(mark);
    }

    private List<Mark> inOrder() {
        if (!sorted) {
            marks.sort(Comparator.comparing(Mark::at).thenComparing(Mark::kind));
            sorted = true;
        }
        return marks;
    }

    /** What must not be billed within a time: from each proof of off to the next word that it ran. */
    List<Interval> off(Instant start, Instant end) {
        List<Interval> off = new ArrayList<>();
        Optional<Instant> since = Optional.empty();
        for (Mark mark : inOrder()) {
            if (mark.kind() == Kind.OFF && since.isEmpty() && !mark.at().isBefore(start)) {
                since = Optional.of(mark.at());
            } else if (since.isPresent() && (mark.kind() == Kind.ON || mark.kind() == Kind.ON_UNHEARD)) {
                Instant from = since.get();
                if (!hasRunSince(from)) {
                    add(off, from, mark.at(), end);
                }
                since = Optional.empty();
            }
        }
        since.ifPresent(from -> add(off, from, end, end));
        return off;
    }

    /** Whether any answer of later says that the machine had run all the time: of two, the first may have been the last to be given. */
    private boolean hasRunSince(Instant from) {
        return marks.stream()
                .anyMatch(mark -> !mark.at().isBefore(from)
                        && mark.upSince().filter(up -> !up.isAfter(from)).isPresent());
    }

    /** What must be billed within a time: between two proofs of running with nothing contrary between. */
    List<Interval> on(Instant start, Instant end) {
        List<Interval> on = new ArrayList<>();
        Optional<Instant> since = Optional.empty();
        boolean interrupted = false;
        for (Mark mark : inOrder()) {
            if (mark.at().isBefore(start)) {
                continue;
            }
            switch (mark.kind()) {
                case ON, ON_BY_LIST -> {
                    if (mark.kind() == Kind.ON || !interrupted) {
                        since.ifPresent(from -> add(on, from, mark.at(), end));
                        since = Optional.of(mark.at());
                        interrupted = false;
                    }
                }
                case OFF -> {
                    since = Optional.empty();
                    interrupted = true;
                }
                case CONTRARY -> since = Optional.empty();
                case ON_UNHEARD -> {}
            }
        }
        return on;
    }

    private static void add(List<Interval> to, Instant from, Instant until, Instant end) {
        Instant last = until.isAfter(end) ? end : until;
        if (last.isAfter(from)) {
            to.add(new Interval(from, last));
        }
    }
}
