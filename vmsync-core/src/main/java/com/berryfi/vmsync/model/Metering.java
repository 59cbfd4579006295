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

    /**
     * Copies the gaps: later changes of them are not seen here.
     *
     * @param session whose
     * @param vm on which machine
     * @param version grows with every write; 0 before the first
     * @param counter the number of the last instruction; 0 before the first
     * @param lapse a proof that the machine was off, of which there is no gap yet; empty if there is none
     * @param backAt the first proof that the machine runs again, of an interruption whose end could not be entered yet; empty if there is
     *     none
     * @param gaps what must not be billed, oldest first, none overlapping; only the last may be open
     * @param stopped whether the bill is closed: no instruction follows
     * @param asked whether the host has asked for the gaps as they are, and so needs no {@link BillingInstruction.Adjust}
     * @param tombstone how we ended the session; empty if we did not
     */
    public Metering {
        gaps = List.copyOf(gaps);
    }

    /**
     * Of a session about which nothing was said yet.
     *
     * @param session whose bill
     * @param vm on which machine
     * @return the version 0, which is not written yet
     */
    public static Metering untouched(SessionId session, VmId vm) {
        return new Metering(
                session, vm, 0, 0, Optional.empty(), Optional.empty(), List.of(), false, false, Optional.empty());
    }

    /** {@return the gap that lasts; empty while the session is billed} */
    public Optional<Gap> openGap() {
        return gaps.isEmpty() || !gaps.get(gaps.size() - 1).isOpen()
                ? Optional.empty()
                : Optional.of(gaps.get(gaps.size() - 1));
    }

    /**
     * The next version, after an instruction: the gaps as they are now, and whether the bill is closed. A lapse and a proof that the
     * machine is back are entered by it, and forgotten.
     *
     * @param now what must not be billed, oldest first
     * @param closed whether no instruction follows
     * @return the next version, with the next counter
     */
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

    /**
     * The next version, with another lapse, or none.
     *
     * @param now the lapse; empty for none
     * @return the next version, with the same counter
     */
    public Metering lapsed(Optional<Lapse> now) {
        return new Metering(session, vm, version + 1, counter, now, backAt, gaps, stopped, false, tombstone);
    }

    /**
     * The next version, once the machine was seen to run again.
     *
     * @param at the first proof that it runs
     * @return the next version, with the same counter
     */
    public Metering back(Instant at) {
        return new Metering(session, vm, version + 1, counter, lapse, Optional.of(at), gaps, stopped, false, tombstone);
    }

    /**
     * The next version, with an interruption that is over entered among the gaps, and nothing said of it.
     *
     * @param now what must not be billed, oldest first
     * @return the next version, with the same counter
     */
    public Metering resumedUnsaid(List<Gap> now) {
        return new Metering(
                session, vm, version + 1, counter, Optional.empty(), Optional.empty(), now, stopped, false, tombstone);
    }

    /** {@return the next version, once the host has asked for the gaps} */
    public Metering askedFor() {
        return new Metering(session, vm, version + 1, counter, lapse, backAt, gaps, stopped, true, tombstone);
    }

    /** {@return the next version, closed without an instruction} */
    public Metering closed() {
        return new Metering(session, vm, version + 1, counter, lapse, backAt, gaps, true, asked, tombstone);
    }

    /**
     * The next version, of a session that we have ended.
     *
     * @param now how we ended it
     * @return the next version, with the same counter
     */
    public Metering buried(Tombstone now) {
        return new Metering(session, vm, version + 1, counter, lapse, backAt, gaps, stopped, asked, Optional.of(now));
    }
}
