package com.berryfi.vmsync.testkit.sync;

import static com.berryfi.vmsync.testkit.sync.Backend.SCOPE;
import static com.berryfi.vmsync.testkit.sync.Backend.address;
import static com.berryfi.vmsync.testkit.sync.Backend.sessionOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.VmId;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A hint changes nothing but when we look. */
class HintsTest {

    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    private final Backend backend = new Backend();

    @Test
    void aStopIsFoundWithinTwoSeconds() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.stop(SCOPE, address("a"));
        backend.time.pass(Duration.ofSeconds(7));
        backend.sync.hint(new VmId("a"));
        backend.time.tick(TWO_SECONDS);

        assertThat(backend.store.metering(sessionOf("a")).orElseThrow().openGap())
                .isPresent();
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
    }

    @Test
    void aStormAboutOneMachineCostsAReadInTwoSeconds() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.clearRequests();
        for (int second = 0; second < 10; second++) {
            for (int i = 0; i < 100; i++) {
                backend.sync.hint(new VmId("a"));
            }
            backend.time.tick(Duration.ofSeconds(1));
        }
        backend.time.tick(TWO_SECONDS);

        assertThat(backend.cloud.directReads()).isBetween(5, 7);
        assertThat(backend.cloud.requests()).allMatch(request -> request.sync() == SyncKind.DIRECT);
    }

    @Test
    void moreHintsThanCanWaitAreLeftToTheNextCycle() {
        backend.inUse("a");
        for (int i = 0; i < 30_000; i++) {
            backend.sync.hint(new VmId("nobody-" + i));
        }
        backend.sync.hint(new VmId("a"));
        backend.time.tick(TWO_SECONDS);
        assertThat(backend.cloud.directReads()).isZero();

        backend.sync.hint(new VmId("a"));
        backend.time.tick(TWO_SECONDS);
        assertThat(backend.cloud.directReads()).isEqualTo(1);
    }

    @Test
    void loopsThatHangKeepNoHintWaiting() throws InterruptedException {
        backend.inUse("a").inUse("b");
        CountDownLatch hanging = new CountDownLatch(2);
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        backend.cloud.beforeEachRead(request -> {
            if (request.sync() == SyncKind.DIRECT) {
                read.countDown();
            } else {
                hanging.countDown();
                await(over);
            }
        });
        try (VmSync sync = VmSync.builder(backend.store, backend.cloud, backend.billing)
                .withJitter(() -> 0)
                .build()) {
            sync.start();
            assertThat(hanging.await(10, TimeUnit.SECONDS)).isTrue();
            sync.hint(new VmId("a"));
            assertThat(read.await(10, TimeUnit.SECONDS)).isTrue();
            over.countDown();
        }
    }

    @Test
    void whatIsKnownLastIsNeverWhatWasNotAnswered() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.forgetPower(SCOPE, address("a"));
        backend.quickAfter(Duration.ofSeconds(30));

        assertThat(backend.sync.view().lastKnown(new VmId("a"))).hasValueSatisfying(evidence -> {
            assertThat(evidence.power()).isEqualTo(PowerState.RUNNING);
            assertThat(evidence.sentAt()).isEqualTo(Backend.START);
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
