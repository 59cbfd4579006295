package com.berryfi.vmsync.spring;

import static com.berryfi.vmsync.spring.Called.EXPLAIN;
import static com.berryfi.vmsync.spring.Called.LOOK;
import static com.berryfi.vmsync.spring.Called.STATUS;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** What the endpoint's views hold. */
class EndpointViewsTest {

    private final Watched watched = new Watched();

    private ApplicationContextRunner exposed() {
        return watched.application().withPropertyValues("management.endpoints.web.exposure.include=vmsync");
    }

    private static JsonNode look(ApplicationContext context, String what, String... query) {
        Map<String, Object> arguments = new HashMap<>(Map.of("what", what));
        for (int i = 0; i < query.length; i += 2) {
            arguments.put(query[i], query[i + 1]);
        }
        return Called.json(context, SecurityContext.NONE, LOOK, arguments);
    }

    @Test
    void theStatusShowsDriftAndTheLatestCorrections() {
        watched.inUse(Watched.SCOPE, "a").vm(Watched.SCOPE, "lost", VmStatus.AVAILABLE, PowerState.RUNNING);
        exposed().run(context -> {
            watched.minutes(1);
            watched.cloud.deallocate(Watched.SCOPE, Watched.address("a"));
            watched.minutes(29);
            JsonNode status = Called.json(context, SecurityContext.NONE, STATUS, Map.of());

            assertThat(status.get("mayOrder").asBoolean()).isFalse();
            JsonNode drift = status.get("drift");
            assertThat(drift).hasSizeGreaterThanOrEqualTo(5);
            assertThat(drift.get(0).get("at").asText()).isEqualTo(Watched.START.toString());
            assertThat(drift.get(0).get("checked").asInt()).isEqualTo(2);
            assertThat(drift.get(1).get("corrected").toString()).isEqualTo("{\"end-when-deallocated\":1}");
            JsonNode last = drift.get(drift.size() - 1);
            assertThat(last.get("outOfStep").toString()).isEqualTo("{\"watch-running\":1}");
            JsonNode recent = status.get("recent");
            assertThat(recent).hasSize(1);
            assertThat(recent.get(0).get("session").asText()).isEqualTo("session-of-a");
            assertThat(recent.get(0).get("rule").asText()).isEqualTo("end-when-deallocated");
            assertThat(recent.get(0).get("effects").toString()).contains("session -> TERMINATED");
        });
    }

    @Test
    void whatWaitsIsShownAHundredAtATimeAndFoundByItsWords() {
        IntStream.range(0, 150).forEach(i -> watched.inUse(Watched.SCOPE, "vm-%03d".formatted(i)));
        exposed().run(context -> {
            watched.minutes(1);
            VmSync sync = context.getBean(VmSync.class);
            IntStream.range(0, 150).forEach(i -> {
                sync.operator().hold(new VmId("vm-%03d".formatted(i)), "a guest of the house");
                watched.cloud.deallocate(Watched.SCOPE, Watched.address("vm-%03d".formatted(i)));
            });
            watched.minutes(1);

            JsonNode all = look(context, "held");
            assertThat(all.get("count").asInt()).isEqualTo(150);
            assertThat(all.get("from").asInt()).isZero();
            assertThat(all.get("held")).hasSize(100);
            JsonNode first = all.at("/held/0");
            assertThat(first.get("vm").asText()).isEqualTo("vm-000");
            assertThat(first.get("session").asText()).isEqualTo("session-of-vm-000");
            assertThat(first.get("scope").asText()).isEqualTo(Watched.SCOPE.toString());
            assertThat(first.get("rule").asText()).isEqualTo("leave-on-hold");
            assertThat(first.get("reason").asText()).isEqualTo("hold");
            assertThat(first.get("releasedBy").asText()).isEqualTo("operator");
            assertThat(first.has("until")).isFalse();

            JsonNode rest = look(context, "held", "from", "100");
            assertThat(rest.get("held")).hasSize(50);
            assertThat(rest.at("/held/0/vm").asText()).isEqualTo("vm-100");
            assertThat(look(context, "held", "from", "150").get("held")).isEmpty();
            assertThat(look(context, "held", "like", "SESSION-OF-VM-14")
                            .get("count")
                            .asInt())
                    .isEqualTo(10);
            assertThat(look(context, "held", "like", "hold").get("count").asInt())
                    .isEqualTo(150);
            assertThat(look(context, "held", "like", "Brake").get("count").asInt())
                    .isEqualTo(sync.view().status().held().get(Held.Reason.BRAKE));
            assertThat(look(context, "held", "like", "freeze").get("count").asInt())
                    .isZero();
        });
    }

    @Test
    void findingsSayWhatTheyHaveCostInHours() {
        watched.vm(Watched.SCOPE, "lost-1", VmStatus.AVAILABLE, PowerState.RUNNING)
                .vm(Watched.SCOPE, "lost-2", VmStatus.AVAILABLE, PowerState.RUNNING)
                .vm(Watched.SCOPE, "billed", VmStatus.STOPPED, PowerState.STOPPED);
        exposed().run(context -> {
            watched.minutes(150);
            JsonNode page = look(context, "findings");
            assertThat(page.get("count").asInt()).isEqualTo(3);
            assertThat(page.at("/byKind/orphan/count").asInt()).isEqualTo(2);
            assertThat(page.at("/byKind/stopped-still-billed/count").asInt()).isEqualTo(1);
            double each = page.at("/findings/0/hours").asDouble();
            assertThat(each).isGreaterThan(2).isLessThanOrEqualTo(2.5);
            assertThat(page.at("/byKind/orphan/hours").asDouble()).isBetween(2 * each - 0.02, 2 * each + 0.02);
            assertThat(page.get("hours").asDouble()).isBetween(3 * each - 0.03, 3 * each + 0.03);

            JsonNode one = look(context, "findings", "like", "lost-2");
            assertThat(one.get("count").asInt()).isEqualTo(1);
            assertThat(one.get("hours").asDouble()).isEqualTo(each);
        });
    }

    @Test
    void aSessionsAuditAndItsBillAreShown() {
        watched.inUse(Watched.SCOPE, "a").inUse(Watched.SCOPE, "b");
        exposed().run(context -> {
            watched.minutes(1);
            context.getBean(VmSync.class).operator().hold(new VmId("a"), "under repair");
            watched.cloud.deallocate(Watched.SCOPE, Watched.address("a"));
            watched.cloud.deallocate(Watched.SCOPE, Watched.address("b"));
            watched.minutes(10);

            JsonNode bills = look(context, "bill");
            assertThat(bills.get("count").asInt()).isEqualTo(1);
            JsonNode bill = bills.at("/bills/0");
            assertThat(bill.get("session").asText()).isEqualTo("session-of-a");
            assertThat(bill.get("vm").asText()).isEqualTo("a");
            assertThat(bill.get("stopped").asBoolean()).isFalse();
            assertThat(bill.at("/gaps/0/from").asText()).isEqualTo("2026-11-01T12:01:00Z");
            assertThat(bill.at("/gaps/0").has("to")).isFalse();
            assertThat(bill.get("unbilledSeconds").asLong()).isEqualTo(600);
            assertThat(bill.has("lapse")).isFalse();
            assertThat(look(context, "bill", "like", "nobody").get("bills")).isEmpty();

            JsonNode a = Called.json(
                    context, SecurityContext.NONE, EXPLAIN, Map.of("what", "session", "id", "session-of-a"));
            assertThat(a.get("bill")).isEqualTo(bill);
            JsonNode b = Called.json(
                    context, SecurityContext.NONE, EXPLAIN, Map.of("what", "session", "id", "session-of-b"));
            assertThat(b.at("/bill/stopped").asBoolean()).isTrue();
            assertThat(b.get("recordsCount").asInt()).isEqualTo(b.get("records").size());
            JsonNode record = b.at("/records/0");
            assertThat(record.get("rule").asText()).isEqualTo("end-when-deallocated");
            assertThat(record.get("mode").asText()).isEqualTo("act");
            assertThat(record.get("believed").asText()).isEqualTo("running");
            assertThat(record.get("sessionStatus").asText()).isEqualTo("active");
            assertThat(record.get("observed").asText()).contains("DEALLOCATED");
            assertThat(record.get("readKind").asText()).isEqualTo("direct");
            assertThat(record.get("effects").toString()).contains("session -> TERMINATED");
            assertThat(record.has("held")).isFalse();
            assertThat(a.at("/records/0/held/reason").asText()).isEqualTo("hold");
        });
    }
}
