package com.berryfi.vmsync.azure;

import com.azure.core.http.HttpClient;
import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.event.Correction;
import com.berryfi.vmsync.event.SyncListener;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.CloudStatusPort.Request;
import com.berryfi.vmsync.testkit.InMemoryBilling;
import com.berryfi.vmsync.testkit.InMemoryStore;
import com.berryfi.vmsync.testkit.VirtualTime;
import com.berryfi.vmsync.testkit.arm.ArmCall;
import com.berryfi.vmsync.testkit.arm.ArmSimulator;
import com.berryfi.vmsync.testkit.arm.ArmVm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Machines that run, each with a session in use, and an Azure that answers with mutants: by all ways to read, straight and through a
 * whole sync. Nothing may come of it. One seed decides all but how long the calls take.
 */
final class Fuzz implements AutoCloseable {

    private static final int MACHINES = 3;
    private static final int HEALTHY_EVERY = 25;

    /** Longer than Azure is believed to ask for: what one answer has spoilt is over with the next. */
    private static final Duration APART = Duration.ofHours(2);

    private static final Duration AT_MOST = Duration.ofSeconds(20);

    /** What came of it. */
    record Result(long answers, long seen, Map<UnknownCause, Long> causes, long refused, long wellAgain) {}

    private final SplittableRandom random;
    private final SimulatedAzure azure = new SimulatedAzure();
    private final ArmSimulator elsewhere = ArmSimulator.start(azure.now::get);
    private final HttpClient http = azure.httpClient();
    private final VirtualTime time = VirtualTime.startingAt(SimulatedAzure.NOW);
    private final AtomicLong nanosOn = new AtomicLong();
    private final InMemoryStore store = new InMemoryStore();
    private final InMemoryBilling billing = new InMemoryBilling();
    private final List<Correction> corrections = new ArrayList<>();
    private final Map<CloudAddress, ArmVm> machines = new HashMap<>();
    private final WatchedCloud cloud;
    private final VmSync sync;
    private final String list;
    private final String direct;
    private final Mutants mutants;
    private long wellAgain;

    Fuzz(long seed) {
        random = new SplittableRandom(seed);
        Map<CloudAddress, String> uids = new HashMap<>();
        for (int i = 0; i < MACHINES; i++) {
            ArmVm machine = azure.subscription.put("group", "vm-" + i, PowerState.RUNNING);
            CloudAddress address = CloudAddress.ofResourceId(machine.resourceId());
            machines.put(address, machine);
            uids.put(address, machine.uid());
            inUse(machine.name(), address);
        }
        cloud = new WatchedCloud(this::adapter, uids);
        sync = VmSync.builder(store, cloud, billing)
                .withSettings(SyncSettings.from(
                        Map.of("azure.status.sync.retry.attempts", "1", "azure.status.sync.timeout.seconds", "20")))
                .withClock(time)
                .withScheduler(time)
                .withScopesExecutor(Runnable::run)
                .withBackoff(Duration.ofMillis(1))
                .withListener(new SyncListener() {
                    @Override
                    public void onCorrection(Correction event) {
                        corrections.add(event);
                    }
                })
                .build();
        list = good("/subscriptions/" + SimulatedAzure.SUBSCRIPTION
                + "/providers/Microsoft.Compute/virtualMachines?api-version=1&statusOnly=true");
        direct = good(azure.subscription.resourceIdOf("group", "vm-0") + "?api-version=1&$expand=instanceView");
        mutants = new Mutants(
                random,
                azure.arm.endpoint().toString(),
                elsewhere.endpoint().toString(),
                new Proofs(new HashSet<>(uids.values())));
        syncsWell();
        azure.arm.clearCalls();
    }

    /**
     * Goes on until so many mutants were sent.
     *
     * @throws AssertionError if anything came of one; the message holds the mutants
     */
    Result run(long answers) {
        long sent = 0;
        for (long step = 1; sent < answers; step++) {
            Mutant ofList = mutants.of(list);
            Mutant ofMachine = mutants.of(direct);
            azure.subscription.fails(ArmCall.LIST, ofList.fault());
            azure.subscription.fails(ArmCall.DIRECT, ofMachine.fault());
            try {
                step();
                nothingCameOfIt();
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError(
                        "step " + step + ": " + failed.getMessage() + "; list: " + ofList + "; machine: " + ofMachine,
                        failed);
            }
            azure.subscription.heal();
            sent += Stream.of(ArmCall.values()).mapToLong(azure.arm::calls).sum();
            if (step % HEALTHY_EVERY == 0) {
                syncsWell();
            }
            azure.arm.clearCalls();
        }
        return new Result(sent, cloud.seen(), cloud.causes(), mutants.refused(), wellAgain);
    }

    private void step() {
        pass();
        switch (random.nextInt(5)) {
            case 0 -> cloud.read(new Request(azure.scope, machines.keySet(), ReadKind.LIST, time.instant(), AT_MOST));
            case 1 -> cloud.read(new Request(azure.scope, machines.keySet(), ReadKind.DIRECT, time.instant(), AT_MOST));
            case 2 -> sync.runOnce(SyncKind.QUICK);
            case 3 -> sync.runOnce(SyncKind.FULL);
            default -> sync.syncVmStatus(new VmId("vm-" + random.nextInt(MACHINES)));
        }
    }

    private void nothingCameOfIt() {
        require(corrections.isEmpty(), "corrected: " + corrections);
        require(billing.applied().isEmpty(), "billed: " + billing.applied());
        for (ArmVm machine : machines.values()) {
            SessionId session = new SessionId("session-of-" + machine.name());
            require(
                    store.sessionRow(session).orElseThrow().session().status() == SessionStatus.ACTIVE,
                    session + " is " + store.sessionRow(session));
            require(
                    store.metering(session)
                            .filter(metering -> !metering.gaps().isEmpty())
                            .isEmpty(),
                    "metering suspended: " + store.metering(session));
            require(
                    store.vm(new VmId(machine.name())).orElseThrow().believed() == VmStatus.RUNNING,
                    "believed otherwise: " + store.vm(new VmId(machine.name())));
        }
        require(elsewhere.requests().isEmpty(), "another host was called: " + elsewhere.requests());
    }

    /** Whatever came before: else nothing would be tested any more. */
    private void syncsWell() {
        pass();
        for (SyncKind kind : Set.of(SyncKind.FULL, SyncKind.QUICK)) {
            var report = sync.runOnce(kind);
            require(
                    report.scopes().size() == 1
                            && report.scopes().stream()
                                    .allMatch(scope -> scope.failure().isEmpty()),
                    "not well again: " + report);
        }
        nothingCameOfIt();
        wellAgain++;
    }

    private void pass() {
        time.pass(Duration.ofSeconds(30));
        nanosOn.addAndGet(APART.toNanos());
    }

    private AzureCloudStatus adapter() {
        return AzureCloudStatus.builder(any -> SimulatedAzure.token(SimulatedAzure.TOKEN))
                .withEnvironment(azure.environment())
                .withHttpClient(http)
                .withNanoTime(() -> System.nanoTime() + nanosOn.get())
                .build();
    }

    private void inUse(String name, CloudAddress address) {
        SessionId session = new SessionId("session-of-" + name);
        VmId vm = new VmId(name);
        store.putVm(new Vm(vm, azure.scope, address, VmStatus.RUNNING, Optional.of(session), Optional.empty()));
        store.putSession(new Session(
                session,
                vm,
                SessionStatus.ACTIVE,
                Optional.of(time.instant().minus(Duration.ofHours(1))),
                Optional.empty()));
    }

    /** What ARM says when it is well. */
    private String good(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(azure.arm.endpoint() + path))
                .header("Authorization", "Bearer " + SimulatedAzure.TOKEN)
                .build();
        try {
            return java.net.http.HttpClient.newBuilder()
                    .sslContext(azure.arm.clientContext())
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    @Override
    public void close() {
        sync.close();
        azure.close();
        elsewhere.close();
    }
}
