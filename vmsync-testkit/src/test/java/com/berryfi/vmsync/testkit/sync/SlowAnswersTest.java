package com.berryfi.vmsync.testkit.sync;

import static com.berryfi.vmsync.testkit.sync.Backend.SCOPE;
import static com.berryfi.vmsync.testkit.sync.Backend.address;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Answers that take their time, and what is seen meanwhile. */
class SlowAnswersTest {

    private static final VmId A = new VmId("a");

    private final Backend backend = new Backend().inUse("a");

    @Test
    void twoAnswersAreAsFarApartAsTheFirstAnswerAndTheSecondQuestion() {
        backend.quick();
        backend.cloud.stop(SCOPE, address("a"));
        beforeEachDirectRead(() -> backend.time.pass(Duration.ofSeconds(20)));

        backend.sync.syncVmStatus(A);
        backend.time.pass(Duration.ofSeconds(24));
        backend.sync.syncVmStatus(A);
        assertThat(backend.status("a")).as("44 s from question to question").isEqualTo(SessionStatus.ACTIVE);
        backend.sync.syncVmStatus(A);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
    }

    @Test
    void whatAnotherLoopHasSeenMeanwhileCounts() {
        backend.quick();
        backend.time.pass(Duration.ofSeconds(30));
        onceWithinADirectRead(backend.sync, PowerState.DEALLOCATED);

        assertThat(backend.sync.syncVmStatus(A).result()).isEqualTo(VmOutcome.Result.TOO_OLD);
        assertThat(backend.billing.applied()).isEmpty();
        backend.time.pass(Duration.ofSeconds(26));
        backend.sync.syncVmStatus(A);
        assertThat(backend.status("a")).as("one proof, and no list agrees").isEqualTo(SessionStatus.ACTIVE);
    }

    @Test
    void aRunIsOverThatAnotherReplicaDidNotKnowOfWhenItSawTheMachineRun() {
        VmSync other = backend.sync;
        backend.start(UnaryOperator.identity());
        backend.quick();
        backend.time.pass(Duration.ofSeconds(30));
        onceWithinADirectRead(other, PowerState.DEALLOCATED);

        backend.sync.syncVmStatus(A);
        backend.time.pass(Duration.ofSeconds(26));
        backend.sync.syncVmStatus(A);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
        backend.time.pass(Duration.ofSeconds(26));
        backend.sync.syncVmStatus(A);
        assertThat(backend.status("a")).isEqualTo(SessionStatus.TERMINATED);
    }

    private void onceWithinADirectRead(VmSync looking, PowerState after) {
        beforeEachDirectRead(() -> {
            backend.cloud.beforeEachRead(any -> {});
            backend.time.pass(Duration.ofSeconds(5));
            looking.runOnce(SyncKind.QUICK);
            backend.cloud.power(SCOPE, address("a"), after);
        });
    }

    private void beforeEachDirectRead(Runnable what) {
        backend.cloud.beforeEachRead(request -> {
            if (request.kind() == ReadKind.DIRECT) {
                what.run();
            }
        });
    }
}
