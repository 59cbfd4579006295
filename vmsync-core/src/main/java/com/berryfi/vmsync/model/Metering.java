package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What vmsync has said of one session's bill. Kept after the session's end.
 *
 * @param session whose
 * @param vm on which machine
 * @param version grows with every write; 0 before the first
 * @param counter the number of the last instruction; 0 before the first
 * @param lapse a proof that the machine was off, of which there is no gap yet; empty if there is none
 * @param backAt the first proof that the machine runs again, of an interruption whose end could not be entered yet; empty if there
 *     is none
 * @param gaps what must not be billed, oldest first, none overlapping; only the last may be open
 * @param stopped whether the bill is closed: no instruction follows
 * @param asked whether the host has asked for the gaps as they are, and so needs no {@link BillingInstruction.Adjust}
 * @param tombstone how we ended the session; empty if we did not
 */
public record Metering(
        SessionId session,
        VmId vm,
        long version,
        long counter,
        Optional<Lapse> lapse,
        Optional<Instant> backAt,
        List<Gap> gaps,
        boolean stopped,
        boolean asked,
        Optional<Tombstone> tombstone) {

    public Metering {
        gaps = List.copyOf(gaps);
    }

    /** Of a session about which nothing was said yet. */
    public static Metering untouched(SessionId session, VmId vm) {
        return new Metering(
                session, vm, 0, 0, Optional.empty(), Optional.empty(), List.of(), false, false, Optional.empty());
    }

    /** The gap that lasts; empty while the session is billed. */
    public Optional<Gap> openGap() {
        return gaps.isEmpty() || !gaps.get(gaps.size() - 1).isOpen()
                ? Optional.empty()
                : Optional.of(gaps.get(gaps.size() - 1));
    }

    /** The next version, after an instruction: the gaps as they are now, and whether the bill is closed. */
    public Metering instructed(List<Gap> now, boolean closed) {
        return new Metering(
                session,
                vm,
                version + 1,
                counter + 1,
                Optional.empty(),
                Optional.empty(),
                now,
                closed,
                false,
                tombstone);
    }

    /** The next version, with another lapse, or none. */
    public Metering lapsed(Optional<Lapse> now) {
        return new Metering(session, vm, version + 1, counter, now, backAt, gaps, stopped, false, tombstone);
    }

    /** The next version, once the machine was seen to run again. */
    public Metering back(Instant at) {
        return new Metering(session, vm, version + 1, counter, lapse, Optional.of(at), gaps, stopped, false, tombstone);
    }

    /** The next version, with an interruption that is over entered among the gaps, and nothing said of it. */
    public Metering resumedUnsaid(List<Gap> now) {
        return new Metering(
                session, vm, version + 1, counter, Optional.empty(), Optional.empty(), now, stopped, false, tombstone);
    }

    /** The next version, once the host has asked for the gaps. */
    public Metering askedFor() {
        return new Metering(session, vm, version + 1, counter, lapse, backAt, gaps, stopped, true, tombstone);
    }

    /** The next version, closed without an instruction. */
    public Metering closed() {
        return new Metering(session, vm, version + 1, counter, lapse, backAt, gaps, true, asked, tombstone);
    }

    /** The next version, of a session that we have ended. */
    public Metering buried(Tombstone now) {
        return new Metering(session, vm, version + 1, counter, lapse, backAt, gaps, stopped, asked, Optional.of(now));
    }
}
