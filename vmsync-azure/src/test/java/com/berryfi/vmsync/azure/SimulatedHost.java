package com.berryfi.vmsync.azure;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.event.Correction;
import com.berryfi.vmsync.event.ReadableScope;
import com.berryfi.vmsync.event.SyncListener;
import com.berryfi.vmsync.event.UnreadableScope;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.ScopeOutcome;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.ClientSecret;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.testkit.InMemoryBilling;
import com.berryfi.vmsync.testkit.InMemoryStore;
import com.berryfi.vmsync.testkit.VirtualTime;
import com.berryfi.vmsync.testkit.arm.ArmCall;
import com.berryfi.vmsync.testkit.arm.ArmSubscription;
import com.berryfi.vmsync.testkit.arm.ArmVm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/**
 * A whole synchroniser over the real SDK and a simulated Azure with several subscriptions, each of a tenant, principal and secret of
 * its own, each with machines that run for sessions in use and one that is off. Clock and limits stand still but for {@link #cycle};
 * scopes are synchronised beside one another.
 */
final class SimulatedHost implements AutoCloseable {

    static final int SUBSCRIPTIONS = 4;
    static final int SESSIONS_EACH = 3;
    static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    private static final int CYCLES_A_FULL_ONE = 10;

    /** What was asked of one subscription in one cycle. */
    record Reads(long lists, long directs, long indexLists) {
        long all() {
            return lists + directs + indexLists;
        }
    }

    final SimulatedAzure azure = new SimulatedAzure();
    final VirtualTime time = VirtualTime.startingAt(SimulatedAzure.NOW);
    final InMemoryStore store = new InMemoryStore();

    /** What the listener heard, in order: {@code 2 FORBIDDEN}, {@code 2 readable}, {@code 3 corrected}. */
    final List<String> heard = new CopyOnWriteArrayList<>();

    private final Map<String, ArmVm> machines = new ConcurrentHashMap<>();
    private final Map<Scope, ClientSecret> secrets = new ConcurrentHashMap<>();
    private final Map<Scope, Duration> patience = new ConcurrentHashMap<>();
    private final VmSync sync;
    private int cycles;
    private Optional<SyncReport> last = Optional.empty();

    SimulatedHost() {
        IntStream.range(0, SUBSCRIPTIONS).forEach(this::settle);
        AzureCloudStatus cloud = AzureCloudStatus.builder(
                        AzureCredentials.clientSecrets(scope -> Optional.ofNullable(secrets.get(scope))))
                .withEnvironment(azure.environment())
                .withHttpClient(azure.httpClient())
                .withNanoTime(() ->
                        Duration.between(SimulatedAzure.NOW, time.instant()).toNanos())
                .build();
        sync = VmSync.builder(store, new Impatient(cloud), new InMemoryBilling())
                .withClock(time)
                .withScheduler(time)
                .withBackoff(Duration.ofMillis(1))
                .withListener(new Ears())
                .build();
    }

    static Scope scope(int number) {
        return new Scope("azure", "tenant-" + number, "client-" + number, id(number));
    }

    ArmSubscription subscription(int number) {
        return azure.arm.subscription(id(number));
    }

    ArmVm machine(int subscription, int number) {
        return Objects.requireNonNull(machines.get(name(subscription, number)));
    }

    /** The host's secret of a scope, and the one that the login takes; a token given before is good no more. */
    void secret(int number, String ofHost, String ofAzure) {
        secrets.put(scope(number), ClientSecret.of(ofHost));
        String before = "token-" + number + "-" + ofHost;
        String token = "token-" + number + "-" + ofAzure;
        azure.arm.revokeToken(before);
        azure.arm.principal("tenant-" + number, "client-" + number, ofAzure, token);
        subscription(number).readableBy(token);
    }

    /** How long a read of a scope is waited for, by real time: for one that hangs, so that tests do not take as long as that may. */
    void patience(int number, Duration atMost) {
        patience.put(scope(number), atMost);
    }

    /** The next cycle, half a minute on: every tenth is a full one. Tells what was asked of each subscription. */
    List<Reads> cycle() {
        time.pass(HALF_A_MINUTE);
        azure.now.set(time.instant());
        azure.arm.clearCalls();
        last = Optional.of(sync.runOnce(cycles++ % CYCLES_A_FULL_ONE == 0 ? SyncKind.FULL : SyncKind.QUICK));
        return IntStream.range(0, SUBSCRIPTIONS)
                .mapToObj(number -> new Reads(
                        azure.arm.calls(ArmCall.LIST, id(number)),
                        azure.arm.calls(ArmCall.DIRECT, id(number)),
                        azure.arm.calls(ArmCall.INDEX, id(number))))
                .toList();
    }

    /** What the last cycle said of a scope. */
    ScopeOutcome outcome(int number) {
        return last.orElseThrow().scopes().stream()
                .filter(outcome -> outcome.scope().equals(scope(number)))
                .findFirst()
                .orElseThrow();
    }

    /** How many sessions of a subscription are as they were in the beginning. */
    long active(int subscription) {
        return IntStream.range(0, SESSIONS_EACH)
                .filter(number -> status(subscription, number) == SessionStatus.ACTIVE)
                .count();
    }

    SessionStatus status(int subscription, int number) {
        return store.sessionRow(sessionOf(name(subscription, number)))
                .orElseThrow()
                .session()
                .status();
    }

    boolean isMeteringSuspended(int subscription, int number) {
        return store.metering(sessionOf(name(subscription, number)))
                .flatMap(Metering::openGap)
                .isPresent();
    }

    private void settle(int subscription) {
        secret(subscription, "secret", "secret");
        for (int number = 0; number < SESSIONS_EACH; number++) {
            CloudAddress address = put(subscription, number, PowerState.RUNNING);
            VmId vm = new VmId(name(subscription, number));
            SessionId session = sessionOf(vm.value());
            store.putVm(
                    new Vm(vm, scope(subscription), address, VmStatus.RUNNING, Optional.of(session), Optional.empty()));
            store.putSession(new Session(
                    session,
                    vm,
                    SessionStatus.ACTIVE,
                    Optional.of(time.instant().minus(Duration.ofHours(1))),
                    Optional.empty()));
        }
        store.putVm(new Vm(
                new VmId(name(subscription, SESSIONS_EACH)),
                scope(subscription),
                put(subscription, SESSIONS_EACH, PowerState.DEALLOCATED),
                VmStatus.AVAILABLE,
                Optional.empty(),
                Optional.empty()));
    }

    private CloudAddress put(int subscription, int number, PowerState power) {
        String name = name(subscription, number);
        machines.put(name, subscription(subscription).put("rg", name, power));
        return CloudAddress.ofName("rg", name);
    }

    private static SessionId sessionOf(String vm) {
        return new SessionId("session-of-" + vm);
    }

    private static String name(int subscription, int number) {
        return "vm-" + subscription + "-" + number;
    }

    private static String id(int subscription) {
        return "00000000-0000-0000-0000-00000000000" + subscription;
    }

    private static String numberOf(Scope scope) {
        return scope.tenant().substring("tenant-".length());
    }

    @Override
    public void close() {
        sync.close();
        azure.close();
    }

    /** The adapter, with less time for some. */
    private final class Impatient implements CloudStatusPort {

        private final AzureCloudStatus cloud;

        Impatient(AzureCloudStatus cloud) {
            this.cloud = cloud;
        }

        @Override
        public boolean keepsLimits() {
            return cloud.keepsLimits();
        }

        @Override
        public Reading read(Request asked) {
            Duration atMost = Objects.requireNonNullElse(patience.get(asked.scope()), asked.atMost());
            return cloud.read(
                    new Request(asked.scope(), asked.addresses(), asked.kind(), asked.askedAt(), atMost, asked.sync()));
        }
    }

    private final class Ears implements SyncListener {

        @Override
        public void onUnreadableScope(UnreadableScope event) {
            heard.add(numberOf(event.scope()) + " " + event.failure().cause());
        }

        @Override
        public void onReadableScope(ReadableScope event) {
            heard.add(numberOf(event.scope()) + " readable");
        }

        @Override
        public void onCorrection(Correction event) {
            heard.add(numberOf(event.before().vm().scope()) + " corrected");
        }
    }
}
