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

/** Runs what talks to Azure, for so long and no longer, and turns whatever goes wrong into a {@link Failure}. */
final class Call {

    /** Frees the connection of a call that is given up; known to the SDK's HTTP clients. */
    static final String RESPONSE_TIMEOUT = "azure-response-timeout";

    /** Reactor's own key, for one chain, of what hears of errors that come after a cancel; by default an ERROR log line. */
    private static final String ON_ERROR_DROPPED = "reactor.onErrorDropped.local";

    private Call() {}

    /**
     * Waits for work to end; cancels it when the time is over. The work runs elsewhere, so that a credential that blocks
     * holds nobody up.
     */
    static Optional<Failure> within(Duration atMost, Instant askedAt, Supplier<Mono<Void>> work) {
        if (atMost.isNegative() || atMost.isZero()) {
            return Optional.of(Failure.withoutAnswer(UnknownCause.TIMED_OUT, "no time was left to ask"));
        }
        try {
            Mono.defer(work)
                    .subscribeOn(Schedulers.boundedElastic())
                    .contextWrite(FluxUtil.toReactorContext(new Context(RESPONSE_TIMEOUT, atMost)))
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
