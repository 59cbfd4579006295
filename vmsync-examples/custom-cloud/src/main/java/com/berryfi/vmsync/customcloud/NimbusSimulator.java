package com.berryfi.vmsync.customcloud;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** One account of Nimbus on this machine: its HTTP API, with faults on demand. Thread-safe. */
public final class NimbusSimulator implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 2;

    /** An answer that is not what was asked for. */
    record Fault(int status, String body, Optional<Duration> retryAfter, Delivery delivery) {
        enum Delivery {
            WHOLE,
            CUT,
            NEVER
        }

        static Fault error(int status, String code, Optional<Duration> retryAfter) {
            return new Fault(status, jsonOf(Map.of("error", code)), retryAfter, Delivery.WHOLE);
        }

        static Fault garbage() {
            return new Fault(200, "{\"instances\": [", Optional.empty(), Delivery.WHOLE);
        }

        static Fault cut() {
            return new Fault(200, jsonOf(Map.of("instances", List.of())), Optional.empty(), Delivery.CUT);
        }

        static Fault hang() {
            return new Fault(200, "", Optional.empty(), Delivery.NEVER);
        }
    }

    private final String account;
    private final String key;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Map<String, String>> machines = new ConcurrentSkipListMap<>();
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final Set<HttpExchange> hanging = ConcurrentHashMap.newKeySet();
    private final AtomicLong numbers = new AtomicLong();
    private volatile Optional<Fault> fault = Optional.empty();
    private volatile Optional<Fault> faultAfterFirstPage = Optional.empty();

    private NimbusSimulator(String account, String key, HttpServer server) {
        this.account = account;
        this.key = key;
        this.server = server;
    }

    /** Starts one, on a free port of the loopback address. */
    public static NimbusSimulator start(String account, String key) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            NimbusSimulator simulator = new NimbusSimulator(account, key, server);
            server.setExecutor(simulator.threads);
            server.createContext("/v1/accounts/", simulator::answer);
            server.start();
            return simulator;
        } catch (IOException e) {
            throw new IllegalStateException("no port of the loopback address is to be had", e);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Puts a machine, or changes the one that is there. */
    public void put(String zone, String name, String state, String task) {
        machines.compute(
                pathOf(zone, name),
                (path, known) -> Map.of(
                        "id", known == null ? "i-" + numbers.incrementAndGet() : known.getOrDefault("id", ""),
                        "zone", zone,
                        "name", name,
                        "state", state,
                        "task", task));
    }

    void remove(String zone, String name) {
        machines.remove(pathOf(zone, name));
    }

    void fails(Fault every) {
        fault = Optional.of(every);
    }

    void fails(String zone, String name, Fault alone) {
        faults.put(pathOf(zone, name), alone);
    }

    void failsAfterFirstPage(Fault then) {
        faultAfterFirstPage = Optional.of(then);
    }

    @Override
    public void close() {
        hanging.forEach(HttpExchange::close);
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String prefix = "/v1/accounts/" + account;
        if (fault.isPresent()) {
            send(exchange, fault.get());
        } else if (!("Bearer " + key).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, Fault.error(401, "unknown_key", Optional.empty()));
        } else if (!path.startsWith(prefix + "/")) {
            send(exchange, Fault.error(404, "no_such_account", Optional.empty()));
        } else if (path.equals(prefix + "/instances")) {
            page(exchange);
        } else {
            machine(exchange, path.substring(prefix.length()).toLowerCase(Locale.ROOT));
        }
    }

    /** The cursor is the number of machines that were named before. */
    private void page(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        int from = query == null ? 0 : Integer.parseInt(query.substring("cursor=".length()));
        if (from > 0 && faultAfterFirstPage.isPresent()) {
            send(exchange, faultAfterFirstPage.get());
            return;
        }
        List<Map<String, String>> all = new ArrayList<>(machines.values());
        int to = Math.min(all.size(), from + PAGE);
        List<Map<String, String>> page = all.subList(Math.min(from, to), to);
        ok(exchange, to < all.size() ? Map.of("instances", page, "next", "" + to) : Map.of("instances", page));
    }

    private void machine(HttpExchange exchange, String path) throws IOException {
        Fault alone = faults.get(path);
        Map<String, String> machine = machines.get(path);
        if (alone != null) {
            send(exchange, alone);
        } else if (machine == null) {
            send(exchange, Fault.error(404, "no_such_instance", Optional.empty()));
        } else {
            ok(exchange, machine);
        }
    }

    private void ok(HttpExchange exchange, Map<String, ?> json) throws IOException {
        send(exchange, new Fault(200, jsonOf(json), Optional.empty(), Fault.Delivery.WHOLE));
    }

    private void send(HttpExchange exchange, Fault answer) throws IOException {
        if (answer.delivery() == Fault.Delivery.NEVER) {
            hanging.add(exchange);
            return;
        }
        exchange.getResponseHeaders().set("X-Request-Id", "nimbus-" + numbers.incrementAndGet());
        answer.retryAfter().ifPresent(wait -> exchange.getResponseHeaders().set("Retry-After", "" + wait.toSeconds()));
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(answer.status(), body.length);
            OutputStream out = exchange.getResponseBody();
            out.write(body, 0, answer.delivery() == Fault.Delivery.CUT ? body.length / 2 : body.length);
            out.flush();
        }
    }

    private static String pathOf(String zone, String name) {
        return ("/zones/" + zone + "/instances/" + name).toLowerCase(Locale.ROOT);
    }

    private static String jsonOf(Map<String, ?> json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (IOException e) {
            throw new IllegalStateException("a map that is no JSON", e);
        }
    }
}
