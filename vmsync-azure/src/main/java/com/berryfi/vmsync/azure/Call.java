package com.berryfi.vmsync.azure;

import com.azure.core.util.Context;
import com.azure.core.util.FluxUtil;
import com.berryfi.vmsync.model.UnknownCause;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Runs what talks to Azure, for so long and no longer, and turns whatever goes wrong into a {@link Failure}.
 *
 * @param askedAt the caller's clock just before
 * @param atMost how long it may take
 * @param leavesReserve whether others come first where a limit is short
 */
record Call(Instant askedAt, Duration atMost, boolean leavesReserve) {

    /** Frees the connection of a call that is given up; known to the SDK's HTTP clients. */
    static final String RESPONSE_TIMEOUT = "azure-response-timeout";

    /** Until when the call may wait for a limit, by {@link System#nanoTime}; and whether it leaves a reserve. */
    static final String DEADLINE = "vmsync-deadline";

    static final String LEAVES_RESERVE = "vmsync-leaves-reserve";

    /** Reactor's own key, for one chain, of what hears of errors that come after a cancel; by default an ERROR log line. */
    private static final String ON_ERROR_DROPPED = "reactor.onErrorDropped.local";

    /**
     * Waits for work to end; cancels it when the time is over. The work runs elsewhere, so that a credential that blocks
     * holds nobody up.
     */
    Optional<Failure> run(Supplier<Mono<Void>> work) {
        return run(Context.NONE, work);
    }

    /** The same, with more for the pipeline to know. */
    Optional<Failure> run(Context more, Supplier<Mono<Void>> work) {
        if (atMost.isNegative() || atMost.isZero()) {
            return Optional.of(Failure.withoutAnswer(UnknownCause.TIMED_OUT, "no time was left to ask"));
        }
        Context known = more.addData(RESPONSE_TIMEOUT, atMost)
                .addData(DEADLINE, System.nanoTime() + atMost.toNanos())
                .addData(LEAVES_RESERVE, leavesReserve);
        try {
            Mono.defer(work)
                    .subscribeOn(Schedulers.boundedElastic())
                    .contextWrite(FluxUtil.toReactorContext(known))
                    .contextWrite(context -> context.put(ON_ERROR_DROPPED, (Consumer<Throwable>) Call::afterwards))
                    .block(atMost);
            return Optional.empty();
        } catch (RuntimeException failed) {
            return Optional.of(Failures.of(failed, askedAt));
        }
    }

    /** The caller has had its answer, TIMED_OUT, and the end of the cancelled request tells nothing more. */
    private static void afterwards(Throwable cancelled) {}
}
