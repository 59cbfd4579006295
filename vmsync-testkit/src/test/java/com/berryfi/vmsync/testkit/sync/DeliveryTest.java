package com.berryfi.vmsync.testkit.sync;

import static com.berryfi.vmsync.testkit.sync.Backend.SCOPE;
import static com.berryfi.vmsync.testkit.sync.Backend.address;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.event.BillingParked;
import com.berryfi.vmsync.event.SyncListener;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What is staged for the billing arrives, once, in order. */
class DeliveryTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final Backend backend = new Backend();

    @Test
    void whatWasCommittedAndNotDeliveredIsDeliveredOnceAfterTheNextStart() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.billing.goDown(1);

        SyncReport report = backend.quickAfter(HALF_A_MINUTE);
        assertThat(report.billingWaiting()).isEqualTo(1);
        assertThat(backend.billing.applied()).isEmpty();

        backend.start(builder -> builder);
        assertThat(backend.quickAfter(HALF_A_MINUTE).billingDelivered()).isEqualTo(1);
        assertThat(backend.quickAfter(HALF_A_MINUTE).billingDelivered()).isZero();
        assertThat(backend.billing.applied()).hasSize(1);
    }

    @Test
    void anInstructionRefusedForGoodIsParkedAndTheLaterOnesWaitBehindIt() {
        List<BillingParked> parked = new ArrayList<>();
        backend.start(builder -> builder.withListener(new SyncListener() {
            @Override
            public void onBillingParked(BillingParked event) {
                parked.add(event);
            }
        }));
        backend.inUse("a").inUse("b");
        backend.quick();
        backend.cloud.stop(SCOPE, address("a"));
        backend.billing.reject(1);
        backend.quickAfter(HALF_A_MINUTE);
        backend.cloud.deallocate(SCOPE, address("b"));
        backend.quickAfter(HALF_A_MINUTE);

        assertThat(parked).hasSize(1);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
        assertThat(backend.billing.applied())
                .as("a's Stop waits behind its parked Suspend, b's does not")
                .singleElement()
                .extracting(BillingInstruction::session)
                .isEqualTo(Backend.sessionOf("b"));
    }

    @Test
    void anInstructionThatAlwaysBreaksOffIsParkedAfterAsManyAttemptsAsWereSet() {
        List<BillingParked> parked = new ArrayList<>();
        List<BillingInstruction> came = new ArrayList<>();
        AtomicBoolean broken = new AtomicBoolean(true);
        VmSync sync = backend.start(builder -> VmSync.builder(backend.store, backend.cloud, instruction -> {
                    came.add(instruction);
                    if (broken.get()) {
                        throw new IllegalStateException("no tariff");
                    }
                })
                .withSettings(SyncSettings.from(Map.of("azure.status.sync.billing.attempts", "3")))
                .withClock(backend.time)
                .withListener(new SyncListener() {
                    @Override
                    public void onBillingParked(BillingParked event) {
                        parked.add(event);
                    }
                })
                .withScopesExecutor(Runnable::run));
        backend.inUse("a");
        backend.quick();
        backend.cloud.stop(SCOPE, address("a"));
        for (int i = 0; i < 6; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }

        assertThat(came).hasSize(3);
        assertThat(parked).singleElement().satisfies(event -> {
            assertThat(event.instruction()).isEqualTo(came.get(0));
            assertThat(event.why()).contains("IllegalStateException");
        });
        assertThat(sync.operator().parkedBilling()).containsExactly(came.get(0));

        broken.set(false);
        assertThat(sync.operator().deliverAgain(came.get(0).key())).isTrue();
        backend.quickAfter(HALF_A_MINUTE);
        assertThat(came.subList(3, came.size()))
                .extracting(instruction -> instruction.key().counter())
                .containsExactly(1L, 2L);
        assertThat(sync.operator().parkedBilling()).isEmpty();
        assertThat(sync.operator().takeForDelivered(came.get(0).key(), "too late"))
                .isFalse();
    }

    @Test
    void aCommitWhoseAnswerIsLostIsNotDoneTwice() {
        backend.inUse("a");
        backend.quick();
        backend.cloud.stop(SCOPE, address("a"));
        backend.store.loseNextAnswer();
        backend.quickAfter(HALF_A_MINUTE);
        backend.quickAfter(HALF_A_MINUTE);
        backend.quickAfter(HALF_A_MINUTE);

        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
        assertThat(backend.billing.applied())
                .extracting(instruction -> instruction.key().counter())
                .containsExactly(1L, 2L);
    }

    @Test
    void whatCannotBeDeliveredHoldsBackWhatFollowsItInItsSession() {
        backend.inUse("a").inUse("b");
        backend.quick();
        backend.cloud.stop(SCOPE, address("a"));
        backend.billing.goDown(2);
        backend.quickAfter(HALF_A_MINUTE);

        SyncReport report = backend.quickAfter(HALF_A_MINUTE);

        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
        assertThat(report.billingWaiting()).isEqualTo(2);
        assertThat(backend.billing.applied()).isEmpty();

        backend.quickAfter(HALF_A_MINUTE);
        assertThat(backend.billing.applied())
                .extracting(instruction -> instruction.key().counter())
                .containsExactly(1L, 2L);
    }

    @Test
    void aBillingThatAlwaysThrowsForSomeKeepsNobodyElseWaiting() {
        List<String> applied = new ArrayList<>();
        backend.start(builder -> VmSync.builder(backend.store, backend.cloud, instruction -> {
                    if (instruction.session().value().compareTo("session-of-vm-10") < 0) {
                        throw new NoClassDefFoundError("with a secret in it");
                    }
                    applied.add(instruction.session().value());
                })
                .withSettings(SyncSettings.from(Map.of("azure.status.sync.brake.share.percent", "100")))
                .withClock(backend.time)
                .withScopesExecutor(Runnable::run));
        for (int i = 0; i < 12; i++) {
            backend.inUse(String.format(Locale.ROOT, "vm-%02d", i));
        }
        backend.quick();
        for (int i = 0; i < 12; i++) {
            backend.cloud.deallocate(SCOPE, address(String.format(Locale.ROOT, "vm-%02d", i)));
        }
        for (int i = 0; i < 4; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }

        assertThat(applied).containsExactly("session-of-vm-10", "session-of-vm-11");
    }
}
