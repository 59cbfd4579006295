package com.berryfi.vmsync.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.berryfi.vmsync.azure.limit.ArmCall;
import com.berryfi.vmsync.azure.limit.Governor;
import com.berryfi.vmsync.azure.limit.RateLimit;
import com.berryfi.vmsync.testkit.arm.ArmFault;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an answer's headers teach, and what is not sent. */
class LimitPolicyTest {

    private final SimulatedAzure azure = new SimulatedAzure();
    private final Governor governor = new Governor(50, () -> 0);

    @AfterEach
    void close() {
        azure.close();
    }

    @Test
    void whatIsLeftAndWhatWasChargedIsLearnedFromEachAnswer() {
        answers(Map.of(
                "x-ms-ratelimit-remaining-subscription-reads",
                "60",
                "x-ms-ratelimit-remaining-resource",
                "Microsoft.Compute/HighCostGet;80,Microsoft.Compute/LowCostGet;90",
                "x-ms-request-charge",
                "3"));

        send(governor, true);

        assertThat(governor.left(azure.scope, RateLimit.ARM_READS)).isEqualTo(30);
        assertThat(governor.left(azure.scope, RateLimit.LISTS))
                .as("of 40, and two more than the one that was counted")
                .isEqualTo(38);
        assertThat(governor.left(azure.scope, RateLimit.DIRECT_READS)).isEqualTo(45);
    }

    @Test
    void whatWouldWaitLongerThanItMayIsNotSent() {
        governor.noteThrottled(new ArmCall(azure.scope, ArmCall.Kind.LIST_PAGE, ""), false, Duration.ofMinutes(10));

        assertThatThrownBy(() -> send(governor, true)).isInstanceOfSatisfying(LimitReached.class, reached -> {
            assertThat(reached.pause()).isGreaterThanOrEqualTo(Duration.ofMinutes(10));
            assertThat(reached.isOfMachine()).isFalse();
        });
        assertThat(azure.arm.requests()).isEmpty();
    }

    @Test
    void whatNeedNotWaitLongIsSentInItsTurnUnlessTheClockIsSetByHand() {
        answers(Map.of());
        send(new Governor(50, System::nanoTime), true);
        int before = azure.arm.requests().size();
        Governor running = new Governor(50, System::nanoTime);
        running.noteThrottled(new ArmCall(azure.scope, ArmCall.Kind.LIST_PAGE, ""), true, Duration.ofSeconds(2));

        assertThatThrownBy(() -> send(running, false)).isInstanceOf(LimitReached.class);
        assertThat(azure.arm.requests()).hasSize(before);
        send(running, true);
        assertThat(azure.arm.requests()).hasSize(before + 1);
    }

    private void answers(Map<String, String> headers) {
        azure.subscription.fails(ArmFault.raw(200, headers, new byte[] {'{', '}'}));
    }

    private void send(Governor by, boolean mayWait) {
        Duration atMost = SimulatedAzure.AT_MOST;
        HttpPipeline pipeline = new HttpPipelineBuilder()
                .httpClient(azure.httpClient())
                .policies(new LimitPolicy(azure.scope, by, mayWait))
                .build();
        HttpRequest list = new HttpRequest(
                HttpMethod.GET,
                azure.arm.endpoint() + "/subscriptions/" + SimulatedAzure.SUBSCRIPTION
                        + "/providers/Microsoft.Compute/virtualMachines?api-version=1&statusOnly=true");
        Context context = new Context(Call.DEADLINE, System.nanoTime() + atMost.toNanos());
        try (HttpResponse answer =
                Objects.requireNonNull(pipeline.send(list, context).block(atMost))) {
            assertThat(answer.getStatusCode()).isEqualTo(200);
        }
    }
}
