package com.berryfi.vmsync.testkit.arm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import javax.net.ssl.SSLContext;

/**
 * Azure Resource Manager on the own machine: an HTTPS server on a free port of 127.0.0.1 that answers lists and direct reads
 * of machines as the real one does, deallocates them when asked to, and goes wrong as a test says. Anything but a GET of a machine
 * or of a list of them, a POST to deallocate one, or a POST for a token is refused and can be found in {@link #requests()}.
 * Thread-safe.
 *
 * <p>An answer's own delays are real time; the machines' transitions follow the clock that is passed in. So do
 * Azure's limits, once {@link #enforceLimits()} was called: until then nobody is throttled, and the answers tell of a rest that
 * never grows less.
 */
public final class ArmSimulator implements AutoCloseable {

    private static final int THREADS = 8;

    static {
        // Read once by the JDK's first server class: without it each answer waits 40 ms for the client's
        // acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpsServer server;
    private final ExecutorService pool;
    private final ScheduledExecutorService timer;
    private final InstantSource clock;
    private final ArmLogin login = new ArmLogin();
    private final ArmRouter router = new ArmRouter(login);
    private final CallLog calls = new CallLog();
    private final AnswerSender sender;
    private final URI endpoint;
    private volatile Duration latency = Duration.ZERO;

    private ArmSimulator(HttpsServer server, InstantSource clock) {
        ThreadFactory daemons = task -> {
            Thread thread = new Thread(task, "arm-simulator");
            thread.setDaemon(true);
            return thread;
        };
        this.server = server;
        this.clock = clock;
        this.pool = Executors.newFixedThreadPool(THREADS, daemons);
        this.timer = Executors.newSingleThreadScheduledExecutor(daemons);
        this.sender = new AnswerSender(pool, timer);
        this.endpoint = URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    /**
     * Starts a simulator without subscriptions.
     *
     * @param clock what the machines' transitions follow; the answers' {@code Date} is the system's, which the JDK sets
     * @return a simulator that listens on a free port of this machine, until it is closed
     * @throws UncheckedIOException if no port can be had
     */
    public static ArmSimulator start(InstantSource clock) {
        HttpsServer server;
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException("the ARM simulator found no free port", noPort);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(SimulatorTls.server()));
        ArmSimulator simulator = new ArmSimulator(server, clock);
        server.setExecutor(simulator.pool);
        server.createContext("/", simulator::handle);
        server.start();
        return simulator;
    }

    /** {@return where it listens, without a slash at the end: management endpoint and login alike} */
    public URI endpoint() {
        return endpoint;
    }

    /** {@return what an HTTP client needs to trust this simulator, and nobody else} */
    public SSLContext clientContext() {
        return SimulatorTls.client();
    }

    /**
     * {@return the subscription of this id; it is made if there is none yet} Until it is readable by someone, nobody may read it.
     *
     * @param id the subscription's id, in any case
     */
    public ArmSubscription subscription(String id) {
        return router.subscriptions()
                .computeIfAbsent(id.toLowerCase(Locale.ROOT), key -> new ArmSubscription(id, clock, login.tokens()));
    }

    /**
     * The subscription is gone: 404 {@code SubscriptionNotFound}.
     *
     * @param id the subscription's id, in any case
     */
    public void removeSubscription(String id) {
        router.subscriptions().remove(id.toLowerCase(Locale.ROOT));
    }

    /**
     * Makes a bearer token good that may read nothing yet.
     *
     * @param token the bearer token, without {@code Bearer} before it
     */
    public void knowToken(String token) {
        login.tokens().add(token);
    }

    /**
     * Makes a bearer token bad: 401 from now on.
     *
     * @param token the bearer token, without {@code Bearer} before it
     */
    public void revokeToken(String token) {
        login.tokens().remove(token);
    }

    /**
     * The login gives this token for this secret; another secret given before is no longer good.
     *
     * @param tenant the tenant's id
     * @param clientId the principal's client id
     * @param secret the secret that it logs in with
     * @param token the bearer token, without {@code Bearer} before it
     */
    public void principal(String tenant, String clientId, String secret, String token) {
        login.principal(tenant, clientId, secret, token);
    }

    /**
     * All logins of a tenant's principals fail until {@link #healLogin}; those of other tenants do not.
     *
     * @param tenant the tenant's id
     * @param fault how they fail
     */
    public void loginFails(String tenant, ArmFault fault) {
        login.faults(tenant).add(Optional.of(ArmCall.TOKEN), page -> true, fault, Integer.MAX_VALUE);
    }

    /**
     * The tenant's login is well again.
     *
     * @param tenant the tenant's id
     */
    public void healLogin(String tenant) {
        login.faults(tenant).clear();
    }

    /**
     * How long every answer takes; zero at first.
     *
     * @param value how long, from now on
     */
    public void latency(Duration value) {
        latency = value;
    }

    /**
     * From now on whoever goes over one of Azure's limits is throttled, as {@link ArmLimit} has them, and each answer tells what is
     * really left. All buckets begin full. A call that a planned fault answers counts for none.
     */
    public void enforceLimits() {
        router.limits(new ArmLimits(clock));
    }

    /** {@return how near to the limits the calls came since {@link #enforceLimits()}; all zero if they are not enforced} */
    public LimitPeaks peaks() {
        return router.limits().map(ArmLimits::peaks).orElseGet(() -> new LimitPeaks(Map.of(), 0));
    }

    /** {@return how many bytes the bodies of all answers had so far, before TLS} */
    public long bytesSent() {
        return sender.bytesSent();
    }

    /**
     * {@return how many calls of a kind came since the beginning or the last {@link #clearCalls()}; each page of a list is one}
     *
     * @param call which kind
     */
    public long calls(ArmCall call) {
        return calls.count(call);
    }

    /**
     * {@return how many calls of a kind came for one subscription}
     *
     * @param call which kind
     * @param subscription the subscription's id
     */
    public long calls(ArmCall call, String subscription) {
        return calls.count(call, subscription);
    }

    /** {@return the latest 10,000 requests, oldest first: method, path and query, for example {@code GET /subscriptions/…}} */
    public List<String> requests() {
        return calls.latest();
    }

    /** Forgets the calls; the counts start again at zero. */
    public void clearCalls() {
        calls.clear();
    }

    /** Stops at once; calls that wait for an answer lose their connection. */
    @Override
    public void close() {
        sender.hangUp();
        server.stop(0);
        timer.shutdownNow();
        pool.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        URI uri = exchange.getRequestURI();
        ArmRoute route = ArmRoute.of(method, uri);
        calls.add(route.call(), route.subscription(), method + " " + uri);
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Optional<ArmFault> fault = router.fault(route);
        ArmAnswer answer = fault.flatMap(ArmFault::instead).orElseGet(() -> answer(exchange, route, body));
        Duration delay = fault.map(ArmFault::delay).orElse(Duration.ZERO).plus(latency);
        ArmFault.Delivery delivery = fault.map(ArmFault::delivery).orElse(ArmFault.Delivery.WHOLE);
        sender.send(exchange, answer, delivery, delay, remaining(exchange, route));
    }

    private Map<String, String> remaining(HttpExchange exchange, ArmRoute route) {
        Optional<ArmLimits> limits = router.limits();
        if (limits.isPresent()) {
            return limits.get().remaining(route, ArmRouter.tokenOf(authorization(exchange)));
        }
        Map<String, String> fixed = new HashMap<>();
        fixed.put(
                "x-ms-ratelimit-remaining-resource",
                "Microsoft.Compute/HighCostGet;159,Microsoft.Compute/HighCostGet30Min;797");
        router.subscription(route)
                .map(subscription -> Long.toString(subscription.remainingReads()))
                .ifPresent(left -> fixed.put("x-ms-ratelimit-remaining-subscription-reads", left));
        return fixed;
    }

    private ArmAnswer answer(HttpExchange exchange, ArmRoute route, String body) {
        try {
            return router.answer(
                    route,
                    authorization(exchange),
                    endpoint,
                    route.call() == ArmCall.TOKEN ? ArmRoute.form(body) : Map.of());
        } catch (RuntimeException bug) {
            return ArmAnswer.error(500, "SimulatorBug", bug.toString());
        }
    }

    private static String authorization(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
    }
}
