package com.berryfi.vmsync.testkit.sync;

import static com.berryfi.vmsync.testkit.sync.Backend.SCOPE;
import static com.berryfi.vmsync.testkit.sync.Backend.address;
import static com.berryfi.vmsync.testkit.sync.Backend.sessionOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.CloudStatusPort;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A list may be answered by reading one by one, or by an index that may be behind. */
class OtherWaysToReadTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final Backend backend = new Backend();

    @Test
    void whatIsReadOneByOneIsAProofAndIsNotReadAgainInTheSameCycle() {
        VmSync sync = over(this::oneByOne);
        backend.inUse("a").inUse("b");
        sync.runOnce(SyncKind.QUICK);
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.time.pass(HALF_A_MINUTE);
        backend.cloud.clearRequests();

        SyncReport first = sync.runOnce(SyncKind.QUICK);
        assertThat(backend.cloud.directReads()).isEqualTo(2);
        assertThat(first.scopes().get(0).directReads()).isEqualTo(2);
        assertThat(first.scopes().get(0).failure()).isEmpty();
        assertThat(backend.store.metering(sessionOf("a")).orElseThrow().openGap())
                .isPresent();
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);

        backend.time.pass(HALF_A_MINUTE);
        sync.runOnce(SyncKind.QUICK);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
        assertThat(backend.status("b")).isEqualTo(SessionStatus.ACTIVE);
    }

    @Test
    void fewReadOneByOneMakeTheNextListNoShrunkOne() {
        for (int i = 0; i < 20; i++) {
            backend.vm("idle-" + i, VmStatus.STOPPED, PowerState.STOPPED);
        }
        backend.inUse("a");
        backend.full();
        VmSync sync =
                over(request -> request.sync() == SyncKind.QUICK ? oneByOne(request) : backend.cloud.read(request));
        sync.runOnce(SyncKind.QUICK);
        for (int i = 0; i < 15; i++) {
            backend.cloud.vanish(SCOPE, address("idle-" + i));
        }
        backend.time.pass(HALF_A_MINUTE);
        sync.runOnce(SyncKind.QUICK);
        SyncReport full = sync.runOnce(SyncKind.FULL);

        assertThat(full.scopes().get(0).listed()).isEqualTo(6);
        assertThat(backend.store.journal().lastPass(SCOPE).orElseThrow().listed())
                .isEqualTo(21);
    }

    @Test
    void aRumourNamesWhomToAskAndProvesNothing() {
        backend.inUse("runs").inUse("off").vm("idle", VmStatus.STOPPED, PowerState.STOPPED);
        backend.full();
        VmSync sync = over(this::index);
        sync.runOnce(SyncKind.QUICK);
        backend.cloud.clearRequests();
        backend.cloud.deallocate(SCOPE, address("off"));
        backend.time.pass(HALF_A_MINUTE);

        SyncReport report = sync.runOnce(SyncKind.QUICK);

        assertThat(backend.cloud.requests().stream()
                        .filter(request -> request.kind() == ReadKind.DIRECT)
                        .flatMap(request -> request.addresses().stream()))
                .containsExactly(address("off"));
        assertThat(report.scopes().get(0).unknown()).isEqualTo(1);
        assertThat(report.scopes().get(0).failure())
                .map(Observation.Unknown::cause)
                .contains(UnknownCause.INDEX_ONLY);
        assertThat(backend.store.journal().lastPass(SCOPE).orElseThrow().at()).isEqualTo(Backend.START);
    }

    @Test
    void rumoursAloneEndNothingHoweverLong() {
        backend.inUse("a");
        backend.quick();
        VmSync sync = over(request -> request.kind() == ReadKind.LIST
                ? index(request, PowerState.DEALLOCATED)
                : Reading.incomplete(
                        Map.of(), 0, new Observation.Unknown(UnknownCause.TIMED_OUT, "down"), Optional.empty()));
        for (int i = 0; i < 60; i++) {
            backend.time.pass(HALF_A_MINUTE);
            sync.runOnce(SyncKind.QUICK);
        }
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
        assertThat(backend.store.metering(sessionOf("a")).flatMap(metering -> metering.openGap()))
                .isEmpty();
    }

    private VmSync over(CloudStatusPort cloud) {
        return VmSync.builder(backend.store, cloud, backend.billing)
                .withSettings(SyncSettings.from(Map.of("azure.status.sync.retry.attempts", "1")))
                .withClock(backend.time)
                .withScheduler(backend.time)
                .withScopesExecutor(Runnable::run)
                .build();
    }

    private Reading oneByOne(CloudStatusPort.Request request) {
        return backend.cloud.read(new CloudStatusPort.Request(
                request.scope(),
                request.addresses(),
                ReadKind.DIRECT,
                request.askedAt(),
                request.atMost(),
                request.sync()));
    }

    private Reading index(CloudStatusPort.Request request) {
        Reading real = backend.cloud.read(request);
        if (request.kind() == ReadKind.DIRECT) {
            return real;
        }
        Map<CloudAddress, Evidence> rumours = new HashMap<>();
        real.evidence().forEach((address, evidence) -> rumours.put(address, rumour(request, evidence.power())));
        return new Reading(
                rumours,
                false,
                real.listed(),
                Optional.of(new Observation.Unknown(UnknownCause.INDEX_ONLY, "an index")),
                Optional.empty(),
                Map.of(),
                List.of());
    }

    private static Reading index(CloudStatusPort.Request request, PowerState power) {
        Map<CloudAddress, Evidence> rumours = new HashMap<>();
        request.addresses().forEach(address -> rumours.put(address, rumour(request, power)));
        return Reading.incomplete(
                rumours,
                rumours.size(),
                new Observation.Unknown(UnknownCause.INDEX_ONLY, "an index"),
                Optional.empty());
    }

    private static Evidence rumour(CloudStatusPort.Request request, PowerState power) {
        return new Evidence(Observation.Unknown.rumoured(power), ReadKind.LIST, request.askedAt(), Optional.empty());
    }
}
