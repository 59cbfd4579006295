package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.Interval;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.Tombstone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a session's bill says after an effect, and the instruction that tells the host. */
public final class Ledger {

    /** A bill and the instruction that led to it; none if the effect changes nothing. */
    public record Entry(Metering metering, Optional<BillingInstruction> instruction) {}

    private Ledger() {}

    /**
     * Enters an effect. A bill that was closed stays as it is.
     *
     * @param start when metering began; empty if it has not
     */
    public static Entry enter(Metering metering, Effect effect, Optional<Instant> start) {
        if (effect instanceof Effect.EndSession end) {
            return new Entry(
                    metering.tombstone().isPresent()
                            ? metering
                            : metering.buried(new Tombstone(end.endedAs(), end.at(), end.reason(), end.cleanup())),
                    Optional.empty());
        }
        if (metering.stopped()) {
            return new Entry(metering, Optional.empty());
        }
        if (effect instanceof Effect.SuspendMetering suspend) {
            return metering.openGap().isPresent()
                    ? new Entry(metering, Optional.empty())
                    : suspended(metering, suspend);
        }
        if (effect instanceof Effect.ResumeMetering resume) {
            return resumed(metering, resume);
        }
        if (effect instanceof Effect.StopMetering stop) {
            List<Gap> gaps = closed(gaps(metering), stop.at());
            Metering after = metering.instructed(gaps, true);
            List<Interval> billed =
                    start.map(from -> billed(from, stop.at(), gaps)).orElse(List.of());
            return new Entry(
                    after,
                    Optional.of(
                            new BillingInstruction.Stop(key(after), metering.vm(), stop.at(), billed, stop.reason())));
        }
        return new Entry(metering, Optional.empty());
    }

    private static Entry suspended(Metering before, Effect.SuspendMetering suspend) {
        // An interruption that was over before this one began, and of which nothing was said yet, is a gap of its own.
        boolean another =
                before.backAt().filter(back -> !suspend.from().isBefore(back)).isPresent();
        List<Gap> gaps = another ? gaps(before) : before.gaps();
        Metering after = before.instructed(opened(gaps, suspend.from()), false);
        return new Entry(
                after,
                Optional.of(new BillingInstruction.Suspend(key(after), after.vm(), suspend.from(), suspend.reason())));
    }

    private static Entry resumed(Metering before, Effect.ResumeMetering resume) {
        Metering after = before.instructed(closed(before.gaps(), resume.at()), false);
        return new Entry(
                after,
                Optional.of(new BillingInstruction.Resume(key(after), after.vm(), resume.at(), resume.reason())));
    }

    /**
     * Closes the bill of a session that the host has ended by itself: with one adjustment if there are gaps that the host did not ask
     * for.
     *
     * @param session as the host ended it
     * @param now the end, where the host's row says none
     */
    public static Entry endedByHost(Metering metering, Session session, Instant now) {
        Instant end = session.endTime().orElse(now);
        List<Interval> unbilled = session.startTime()
                .map(start -> unbilled(start, end, gaps(metering)))
                .orElse(List.of());
        if (metering.asked() || unbilled.isEmpty()) {
            return new Entry(metering.closed(), Optional.empty());
        }
        Metering after = metering.instructed(closed(gaps(metering), end), true);
        return new Entry(
                after,
                Optional.of(new BillingInstruction.Adjust(
                        key(after), after.vm(), unbilled, "the host ended the session and did not ask for its gaps")));
    }

    /** All gaps: one that was proven and never opened begins where it would have, and one that is over ends. */
    public static List<Gap> gaps(Metering metering) {
        List<Gap> gaps = new ArrayList<>(metering.gaps());
        if (metering.lapse().isPresent() && metering.openGap().isEmpty()) {
            Instant from = metering.lapse().get().ranUntil();
            Optional<Instant> last = gaps.isEmpty()
                    ? Optional.empty()
                    : gaps.get(gaps.size() - 1).to();
            gaps.add(new Gap(last.filter(from::isBefore).orElse(from), Optional.empty()));
        }
        return metering.backAt().map(back -> closed(gaps, back)).orElse(gaps);
    }

    /**
     * What a host that bills a session by itself is to leave out: all gaps, unless it was told of them by an adjustment. Of a session
     * that we have ended, and that it saved over, everything after our end as well: so it bills what we did.
     */
    public static List<Gap> leftOut(Metering metering) {
        if (metering.tombstone().isPresent()) {
            Instant end = metering.tombstone().get().at();
            return Stream.concat(
                            gaps(metering).stream()
                                    .filter(gap -> gap.from().isBefore(end))
                                    .map(gap -> new Gap(
                                            gap.from(),
                                            Optional.of(gap.to()
                                                    .filter(end::isAfter)
                                                    .orElse(end)))),
                            Stream.of(new Gap(end, Optional.empty())))
                    .toList();
        }
        return metering.stopped() && !metering.asked() ? List.of() : gaps(metering);
    }

    /** The gaps of a session, cut to its length, without empty ones. */
    static List<Interval> unbilled(Instant start, Instant end, List<Gap> gaps) {
        return gaps.stream()
                .map(gap -> new Interval(
                        within(gap.from(), start, end), within(gap.to().orElse(end), start, end)))
                .filter(interval -> interval.from().isBefore(interval.to()))
                .toList();
    }

    private static Instant within(Instant instant, Instant start, Instant end) {
        Instant notEarlier = instant.isBefore(start) ? start : instant;
        return notEarlier.isAfter(end) ? end : notEarlier;
    }

    private static BillingKey key(Metering metering) {
        return new BillingKey(metering.session(), metering.counter());
    }

    private static List<Gap> opened(List<Gap> before, Instant from) {
        List<Gap> gaps = new ArrayList<>(before);
        gaps.add(new Gap(from, Optional.empty()));
        return gaps;
    }

    private static List<Gap> closed(List<Gap> before, Instant at) {
        if (before.isEmpty() || !before.get(before.size() - 1).isOpen()) {
            return before;
        }
        List<Gap> gaps = new ArrayList<>(before.subList(0, before.size() - 1));
        Instant from = before.get(before.size() - 1).from();
        if (from.isBefore(at)) {
            gaps.add(new Gap(from, Optional.of(at)));
        }
        return gaps;
    }

    /** What is left of a session once its gaps are taken out, oldest first. */
    static List<Interval> billed(Instant start, Instant end, List<Gap> gaps) {
        List<Interval> billed = new ArrayList<>();
        Instant from = start;
        for (Gap gap : gaps) {
            Instant until = gap.from().isBefore(end) ? gap.from() : end;
            if (from.isBefore(until)) {
                billed.add(new Interval(from, until));
            }
            Instant resumed = gap.to().orElse(end);
            from = resumed.isAfter(from) ? resumed : from;
        }
        if (from.isBefore(end)) {
            billed.add(new Interval(from, end));
        }
        return billed;
    }
}
