package com.berryfi.vmsync.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.berryfi.vmsync.azure.limit.ArmCall;
import com.berryfi.vmsync.azure.limit.Governor;
import com.berryfi.vmsync.model.Scope;
import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Sends a scope's calls when the limits permit, and learns from the answers what is left of them. */
final class LimitPolicy implements HttpPipelinePolicy {

    private static final HttpHeaderName CHARGE = HttpHeaderName.fromString("x-ms-request-charge");

    private final Scope scope;
    private final Governor governor;
    private final boolean mayWait;

    /** @param mayWait whether a call may wait for its turn: not by a clock that is set by hand, which a wait does not move on */
    LimitPolicy(Scope scope, Governor governor, boolean mayWait) {
        this.scope = scope;
        this.governor = governor;
        this.mayWait = mayWait;
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        ArmCall call = callOf(context.getHttpRequest());
        boolean leavesReserve = (boolean) context.getData(Call.LEAVES_RESERVE).orElse(false);
        long deadline = (long) context.getData(Call.DEADLINE).orElse(System.nanoTime());
        return permitted(call, leavesReserve, deadline)
                .then(Mono.defer(next::process))
                .doOnNext(response -> note(call, response));
    }

    private ArmCall callOf(HttpRequest request) {
        return ArmCall.of(
                scope,
                request.getHttpMethod().toString(),
                request.getUrl().getPath(),
                request.getUrl().getQuery());
    }

    /** Waits no longer than the call may take: what would have to is refused at once, and nothing was sent. */
    private Mono<Void> permitted(ArmCall call, boolean leavesReserve, long deadline) {
        Duration wait = governor.tryCall(call, leavesReserve);
        if (wait.isZero()) {
            return Mono.empty();
        }
        if (!mayWait || System.nanoTime() + wait.toNanos() >= deadline) {
            return Mono.error(new LimitReached(call, wait, governor.waitsForMachine(call)));
        }
        return Mono.delay(wait, Schedulers.boundedElastic())
                .then(Mono.defer(() -> permitted(call, leavesReserve, deadline)));
    }

    private void note(ArmCall call, HttpResponse response) {
        governor.noteLeft(
                call, AnswerHeaders.of(response.getHeaders(), Instant.EPOCH).quotaLeft());
        AnswerHeaders.number(response.getHeaders(), CHARGE).ifPresent(charge -> governor.noteCharge(call, charge));
    }
}
