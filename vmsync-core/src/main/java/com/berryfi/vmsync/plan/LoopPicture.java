package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.CycleFigures;
import com.berryfi.vmsync.model.LoopStatus;
import com.berryfi.vmsync.model.LoopStatus.Overrun;
import com.berryfi.vmsync.model.SyncReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the reports of one kind of sync come to.
 *
 * @param interval from one to the next
 * @param startedAt when its loop was started; empty if it was not
 * @param cadence the loop's slots; empty if it was not started
 * @param last the last cycle
 * @param overrun how the last cycle took too long
 */
record LoopPicture(
        Duration interval,
        Optional<Instant> startedAt,
        Optional<Cadence> cadence,
        Optional<CycleFigures> last,
        Optional<Overrun> overrun) {

    static LoopPicture blank(Duration interval) {
        return new LoopPicture(interval, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    LoopPicture started(Instant at, Cadence slots) {
        return new LoopPicture(interval, Optional.of(at), Optional.of(slots), last, overrun);
    }

    LoopPicture after(SyncReport report) {
        Optional<Overrun> taken = due().flatMap(slot -> overrun(slot, report.endedAt()));
        return new LoopPicture(interval, startedAt, cadence, Optional.of(CycleFigures.of(report)), taken);
    }

    private Optional<Overrun> overrun(Instant slot, Instant ended) {
        long missed = cadence.map(slots -> slots.missed(slot, ended)).orElse(0L);
        return missed == 0
                ? Optional.empty()
                : Optional.of(
                        new Overrun(overrun.map(Overrun::since).orElse(ended), Duration.between(slot, ended), missed));
    }

    /** When the next is due. */
    private Optional<Instant> due() {
        return cadence.map(slots -> lastEnd().map(slots::slotAfter).orElse(slots.anchor()));
    }

    /** When the last one ended, of those since the loop was started. */
    private Optional<Instant> lastEnd() {
        return last.map(CycleFigures::endedAt)
                .filter(end -> startedAt.filter(end::isBefore).isEmpty());
    }

    LoopStatus status(Instant now) {
        Optional<Instant> missed = startedAt
                .map(start -> lastEnd().orElse(start).plus(Health.threeTimes(interval)))
                .filter(now::isAfter);
        return new LoopStatus(interval, last, due(), overrun, missed);
    }
}
