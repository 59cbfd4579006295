package com.berryfi.vmsync.testkit.arm;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Sends answers: whole, late, cut short or never. A late answer holds no thread. */
final class AnswerSender {

    private final Executor pool;
    private final ScheduledExecutorService timer;
    private final Set<HttpExchange> hanging = ConcurrentHashMap.newKeySet();
    private final AtomicLong requestIds = new AtomicLong();
    private final LongAdder bytes = new LongAdder();

    AnswerSender(Executor pool, ScheduledExecutorService timer) {
        this.pool = pool;
        this.timer = timer;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what goes wrong in sending is the client's to see
    void send(
            HttpExchange exchange,
            ArmAnswer answer,
            ArmFault.Delivery delivery,
            Duration delay,
            Map<String, String> remaining) {
        if (delivery == ArmFault.Delivery.NEVER) {
            hanging.add(exchange);
            return;
        }
        Runnable sending = () -> write(exchange, answer, delivery == ArmFault.Delivery.CUT, remaining);
        if (delay.isZero()) {
            sending.run();
        } else {
            timer.schedule(() -> pool.execute(sending), delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    void hangUp() {
        hanging.forEach(HttpExchange::close);
        hanging.clear();
    }

    /** Of bodies, before TLS. */
    long bytesSent() {
        return bytes.sum();
    }

    private void write(HttpExchange exchange, ArmAnswer answer, boolean cut, Map<String, String> remaining) {
        String requestId = "sim-" + requestIds.incrementAndGet();
        Headers headers = exchange.getResponseHeaders();
        headers.set("x-ms-request-id", requestId);
        headers.set("x-ms-correlation-request-id", "correlation-" + requestId);
        remaining.forEach(headers::set);
        answer.headers().forEach(headers::set);
        byte[] body = answer.body();
        try (exchange) {
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                OutputStream out = exchange.getResponseBody();
                int length = cut ? body.length / 2 : body.length;
                out.write(body, 0, length);
                out.flush();
                bytes.add(length);
            }
        } catch (IOException clientGone) {
            // A client that gave up is what a fault is for; try-with-resources has closed the exchange.
        }
    }
}
