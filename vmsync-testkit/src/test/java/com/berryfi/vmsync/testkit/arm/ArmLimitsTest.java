package com.berryfi.vmsync.testkit.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.berryfi.vmsync.model.PowerState;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who goes over a limit of Azure's is throttled, and served again when the time has passed. */
class ArmLimitsTest {

    private static final String READS = "x-ms-ratelimit-remaining-subscription-reads";
    private static final String WRITES = "x-ms-ratelimit-remaining-subscription-writes";
    private static final String RESOURCE = "x-ms-ratelimit-remaining-resource";
    private static final String INDEX = "x-ms-user-quota-remaining";

    private final ArmWire wire = new ArmWire();

    @BeforeEach
    void enforce() {
        wire.arm.enforceLimits();
        wire.subscription.readableBy("other").put("rg", "vm-1", PowerState.RUNNING);
    }

    @AfterEach
    void close() {
        wire.close();
    }

    @Test
    void readsOfOneTokenAreLimitedByResourceManager() throws Exception {
        for (int i = 0; i < 250; i++) {
            HttpResponse<String> served = list(ArmWire.TOKEN);
            assertThat(served.statusCode()).isEqualTo(200);
            assertThat(ArmWire.remaining(served, READS)).isEqualTo(249 - i);
        }

        HttpResponse<String> refused = list(ArmWire.TOKEN);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("\"error\"", "SubscriptionRequestsThrottled");
        assertThat(ArmWire.retryAfter(refused)).isEqualTo(Duration.ofSeconds(1));
        assertThat(ArmWire.remaining(refused, READS)).isZero();
        assertThat(list("other").statusCode()).isEqualTo(200);
        wire.pass(Duration.ofSeconds(1));
        assertThat(ArmWire.remaining(list(ArmWire.TOKEN), READS)).isEqualTo(24);
    }

    @Test
    void listsAreLimitedByComputeWhoeverAsks() throws Exception {
        for (int i = 0; i < 300; i++) {
            HttpResponse<String> served = list(i % 2 == 0 ? ArmWire.TOKEN : "other");
            assertThat(served.headers().firstValue(RESOURCE)).hasValue("Microsoft.Compute/HighCostGet;" + (299 - i));
        }

        HttpResponse<String> refused = list("other");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body())
                .contains("OperationNotAllowed", "HighCostGet")
                .doesNotContain("\"error\"");
        assertThat(ArmWire.remaining(refused, RESOURCE)).isZero();
        assertThat(ArmWire.remaining(refused, READS)).isEqualTo(100);
        assertThat(wire.direct("vm-1", "other").statusCode()).isEqualTo(200);
        wire.pass(ArmWire.retryAfter(refused));
        assertThat(list("other").statusCode()).isEqualTo(200);
    }

    @Test
    void aMachineIsReadTwelveTimesAMinute() throws Exception {
        wire.subscription.put("rg", "vm-2", PowerState.RUNNING);
        for (int i = 0; i < 12; i++) {
            assertThat(wire.direct("VM-1", i % 2 == 0 ? ArmWire.TOKEN : "other").statusCode())
                    .isEqualTo(200);
        }

        HttpResponse<String> refused =
                wire.get(ArmWire.machine("vm-1") + "/instanceView" + ArmWire.VERSION, ArmWire.TOKEN);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(ArmWire.retryAfter(refused)).isEqualTo(Duration.ofSeconds(5));
        assertThat(refused.headers().firstValue(RESOURCE)).hasValue("Microsoft.Compute/LowCostGet;7988");
        assertThat(wire.direct("vm-2", ArmWire.TOKEN).statusCode()).isEqualTo(200);
        wire.pass(Duration.ofSeconds(4));
        assertThat(wire.direct("vm-1", ArmWire.TOKEN).statusCode()).isEqualTo(429);
        wire.pass(Duration.ofSeconds(1));
        assertThat(wire.direct("vm-1", ArmWire.TOKEN).statusCode()).isEqualTo(200);
    }

    @Test
    void aMachineIsDeallocatedFourTimesAMinute() throws Exception {
        for (int i = 0; i < 4; i++) {
            HttpResponse<String> accepted = wire.deallocate("vm-1");
            assertThat(accepted.statusCode()).isEqualTo(202);
            assertThat(ArmWire.remaining(accepted, WRITES)).isEqualTo(199 - i);
        }

        HttpResponse<String> refused = wire.deallocate("vm-1");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(ArmWire.retryAfter(refused)).isEqualTo(Duration.ofSeconds(15));
        assertThat(ArmWire.remaining(refused, WRITES)).isEqualTo(196);
        wire.pass(Duration.ofSeconds(15));
        assertThat(wire.deallocate("vm-1").statusCode()).isEqualTo(202);
        assertThat(wire.arm.calls(ArmCall.DEALLOCATE)).isEqualTo(6);
    }

    @Test
    void theIndexHasAQuotaOfItsOwn() throws Exception {
        HttpResponse<String> served = wire.index();

        assertThat(ArmWire.remaining(served, INDEX)).isEqualTo(3_999);
        assertThat(ArmWire.remaining(served, READS)).isEqualTo(249);
        assertThat(served.headers().firstValue(RESOURCE)).isEmpty();
        assertThat(ArmWire.remaining(list(ArmWire.TOKEN), RESOURCE)).isEqualTo(299);
    }

    @Test
    void aPlannedFaultCountsForNothing() throws Exception {
        wire.subscription.failsTimes(1, ArmFault.serverError(503));

        assertThat(ArmWire.remaining(list(ArmWire.TOKEN), READS)).isEqualTo(250);
        assertThat(ArmWire.remaining(list(ArmWire.TOKEN), READS)).isEqualTo(249);
        assertThat(wire.arm.peaks().refused()).isZero();
    }

    @Test
    void whoMayNotReadDrainsNothingOfOthers() throws Exception {
        wire.arm.knowToken("stranger");

        assertThat(list("stranger").statusCode()).isEqualTo(403);
        HttpResponse<String> served = list(ArmWire.TOKEN);

        assertThat(ArmWire.remaining(served, READS)).isEqualTo(249);
        assertThat(ArmWire.remaining(served, RESOURCE)).isEqualTo(299);
        assertThat(ArmWire.remaining(list("stranger"), READS)).isEqualTo(248);
    }

    @Test
    void thePeakIsThatOfTheBucketThatWasDrainedMost() throws Exception {
        wire.arm.subscription("sub-2").readableBy(ArmWire.TOKEN);
        for (int i = 0; i < 13; i++) {
            wire.direct("vm-1", ArmWire.TOKEN);
        }
        wire.list("sub-2", ArmWire.TOKEN);
        wire.pass(Duration.ofMinutes(10));
        list(ArmWire.TOKEN);

        LimitPeaks peaks = wire.arm.peaks();

        assertThat(peaks.share(ArmLimit.DIRECT_READS_OF_ONE)).isEqualTo(1);
        assertThat(peaks.share(ArmLimit.DIRECT_READS)).isCloseTo(12 / 8_000.0, within(1e-9));
        assertThat(peaks.share(ArmLimit.ARM_READS)).isCloseTo(12 / 250.0, within(1e-9));
        assertThat(peaks.share(ArmLimit.LISTS)).isCloseTo(1 / 300.0, within(1e-9));
        assertThat(peaks.share(ArmLimit.ARM_WRITES)).isZero();
        assertThat(peaks.refused()).isEqualTo(1);
    }

    @Test
    void withoutLimitsNobodyIsThrottled() throws Exception {
        try (ArmWire free = new ArmWire()) {
            free.subscription.put("rg", "vm-1", PowerState.RUNNING);
            for (int i = 0; i < 20; i++) {
                assertThat(ArmWire.remaining(free.direct("vm-1", ArmWire.TOKEN), READS))
                        .isEqualTo(249);
            }
            assertThat(free.arm.peaks().shares()).isEmpty();
        }
    }

    private HttpResponse<String> list(String token) throws Exception {
        return wire.list("sub-1", token);
    }
}
