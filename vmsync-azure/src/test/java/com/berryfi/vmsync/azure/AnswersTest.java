package com.berryfi.vmsync.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.testkit.arm.ArmCall;
import com.berryfi.vmsync.testkit.arm.ArmFault;
import com.berryfi.vmsync.testkit.arm.ArmSimulator;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers and next pages that would harm, through the whole SDK: each call ends, and long before its time is over. */
class AnswersTest {

    private final SimulatedAzure azure = new SimulatedAzure();
    private final CloudAddress machine = CloudAddress.ofResourceId(
            azure.subscription.put("rg", "vm-1", PowerState.RUNNING).resourceId());

    @AfterEach
    void close() {
        azure.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[[]]", "[\"a\",\"b\"]", "{}"})
    void anArrayInThePlaceOfAStringEndsTheCall(String value) {
        answers(200, "application/json", machine("\"id\":" + value));

        refused("the answer holds a value of another type than it must be");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"code\":[]}", "{\"error\":{\"details\":[{\"code\":[[]]}]}}", "{\"code\":\"c\"", "<html>"})
    void anErrorThatCannotBeReadIsOneByItsStatus(String body) {
        answers(503, "application/json", body);

        for (ReadKind kind : ReadKind.values()) {
            assertThat(azure.read(kind, machine).failure())
                    .contains(new Observation.Unknown(UnknownCause.SERVER_ERROR, "HTTP 503"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/xml", "text/xml; charset=utf-16", "text/html", "nonsense", ""})
    void whatAnAnswerCallsItselfMeansNothing(String contentType) {
        answers(
                200,
                contentType,
                machine("\"id\":\"" + machine.resourceId()
                        + "\",\"properties\":{\"instanceView\":{\"statuses\":[{\"code\":\"PowerState/running\"}]}}"));

        for (ReadKind kind : ReadKind.values()) {
            Reading reading = azure.read(kind, machine);

            assertThat(reading.complete()).as("%s: %s", kind, reading).isTrue();
            assertThat(SimulatedAzure.observation(reading, machine)).isInstanceOf(Observation.Seen.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/xml", "text/xml; charset=utf-16"})
    void anErrorThatCallsItselfXmlKeepsItsCode(String contentType) {
        answers(403, contentType, "{\"error\":{\"code\":\"AuthorizationFailed\"}}");

        for (ReadKind kind : ReadKind.values()) {
            assertThat(azure.read(kind, machine).failure())
                    .contains(new Observation.Unknown(UnknownCause.FORBIDDEN, "HTTP 403 AuthorizationFailed"));
        }
    }

    @Test
    void anAnswerThatIsTooLongIsRefused() {
        answers(200, "application/json", machine("\"id\":\"" + "y".repeat(Answers.MOST_BYTES) + "\""));

        refused("the answer is longer than 16 MiB");
    }

    @Test
    void whatIsRefusedStillSaysWhatIsLeft() {
        azure.subscription.fails(
                ArmCall.LIST, ArmFault.raw(200, Map.of("x-ms-ratelimit-remaining-resource", "a;7"), bytes("[]")));

        assertThat(azure.list(machine).quotaLeft()).containsEntry("a", 7L);
    }

    @Test
    void noOtherHostIsAsked() {
        try (ArmSimulator elsewhere = ArmSimulator.start(azure.now::get)) {
            nextLink(elsewhere.endpoint() + "/subscriptions/s/providers/Microsoft.Compute/virtualMachines");

            assertThat(failureOfList()).startsWith("the next page is not at ");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void noTokenLeavesWithoutTls() {
        nextLink(azure.arm.endpoint().toString().replace("https:", "http:") + "/more");

        assertThat(failureOfList()).startsWith("the next page is not at ");
    }

    @Test
    void aListThatLeadsToItselfEnds() {
        nextLink(azure.arm.endpoint() + "/subscriptions/" + SimulatedAzure.SUBSCRIPTION
                + "/providers/Microsoft.Compute/virtualMachines?page=2");

        assertThat(failureOfList()).isEqualTo("the next page is one that was read before");
        assertThat(azure.arm.calls(ArmCall.LIST)).isEqualTo(2);
    }

    private void nextLink(String url) {
        azure.subscription.fails(
                ArmCall.LIST, ArmFault.raw(200, Map.of(), bytes("{\"value\":[],\"nextLink\":\"" + url + "\"}")));
    }

    private String failureOfList() {
        Observation.Unknown failure = azure.list(machine).failure().orElseThrow();
        assertThat(failure.cause()).isEqualTo(UnknownCause.UNREADABLE_ANSWER);
        return failure.detail();
    }

    private void refused(String why) {
        for (ReadKind kind : ReadKind.values()) {
            assertThat(azure.read(kind, machine).failure())
                    .as("%s", kind)
                    .contains(new Observation.Unknown(UnknownCause.UNREADABLE_ANSWER, why));
        }
    }

    /** The same to a list as to a direct read. */
    private void answers(int status, String contentType, String body) {
        Map<String, String> headers = Map.of("Content-Type", contentType);
        String page = status == 200 ? "{\"value\":[" + body + "]}" : body;
        azure.subscription.fails(ArmCall.LIST, ArmFault.raw(status, headers, bytes(page)));
        azure.subscription.fails(ArmCall.DIRECT, ArmFault.raw(status, headers, bytes(body)));
    }

    private static String machine(String fields) {
        return "{" + fields + "}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
