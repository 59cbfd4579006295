package com.berryfi.vmsync.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.AlertPort;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.UnavailableException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Alerts at a real HTTP server. */
@ExtendWith(OutputCaptureExtension.class)
class WebhookAlertsTest {

    private static final String TOKEN = "t0ken-of-the-hook";
    private static final String URL = "azure.status.sync.alerts.webhook.url";
    private static final Duration SOON = Duration.ofMillis(500);

    private final Watched watched = new Watched();
    private final List<JsonNode> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger answer = new AtomicInteger(200);
    private final AtomicInteger redirected = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook/" + TOKEN, this::taken);
        server.createContext("/elsewhere", exchange -> {
            redirected.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            awaitTheEnd();
        });
        server.start();
    }

    private void awaitTheEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void taken(HttpExchange exchange) throws IOException {
        assertThat(exchange.getRequestHeaders().getFirst("Content-Type")).isEqualTo("application/json");
        JsonNode body = new ObjectMapper().readTree(exchange.getRequestBody());
        int status = answer.get();
        if (status == 200) {
            body.forEach(told::add);
        }
        exchange.getResponseHeaders().add("Location", base() + "/elsewhere");
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void close() {
        over.countDown();
        server.stop(0);
    }

    private ApplicationContextRunner hooked() {
        return watched.application().withPropertyValues(URL + "=" + base() + "/hook/" + TOKEN);
    }

    private List<String> news() {
        List<String> news = new ArrayList<>();
        for (JsonNode alert : told) {
            news.add(alert.at("/annotations/status").asText() + " "
                    + alert.at("/labels/alertname").asText() + " "
                    + alert.at("/labels/severity").asText());
        }
        told.clear();
        return news;
    }

    @Test
    void anAlertIsRaisedAndResolvedUnderTheSameLabels() {
        watched.inUse(Watched.SCOPE, "a");
        watched.cloud.fail(Watched.SCOPE, Watched.EXPIRED, Optional.empty());
        hooked().run(context -> {
            watched.time.tick(Duration.ofSeconds(40));
            assertThat(told).hasSize(1);
            JsonNode raised = told.get(0);
            assertThat(raised.at("/labels"))
                    .isEqualTo(new ObjectMapper()
                            .valueToTree(Map.of(
                                    "alertname",
                                    "vmsync-failing-credential",
                                    "key",
                                    "FAILING_CREDENTIAL/" + Watched.SCOPE,
                                    "severity",
                                    "warning",
                                    "scope",
                                    Watched.SCOPE.toString())));
            assertThat(raised.at("/annotations/ends_when").asText())
                    .isEqualTo("the scope can be read, or fails otherwise");
            assertThat(raised.at("/annotations/summary").asText()).isNotBlank();
            assertThat(Instant.parse(raised.get("startsAt").asText())).isEqualTo(Watched.START);
            assertThat(Instant.parse(raised.get("endsAt").asText()))
                    .isEqualTo(watched.time.instant().minusSeconds(10).plus(Duration.ofMinutes(15)));
            told.clear();

            watched.cloud.heal(Watched.SCOPE);
            watched.minutes(1);
            JsonNode resolved = told.stream()
                    .filter(alert -> alert.get("labels").equals(raised.get("labels")))
                    .reduce((one, later) -> later)
                    .orElseThrow();
            assertThat(resolved.at("/annotations/status").asText()).isEqualTo("resolved");
            assertThat(Instant.parse(resolved.get("endsAt").asText())).isBeforeOrEqualTo(watched.time.instant());
        });
    }

    @Test
    void whatStandsIsToldAgainBeforeItLapses() {
        watched.vm(Watched.SCOPE, "lost", VmStatus.AVAILABLE, PowerState.RUNNING);
        hooked().run(context -> {
            watched.minutes(21);
            assertThat(news()).contains("firing vmsync-orphan warning");
            Instant lapses = watched.time.instant().plus(Duration.ofMinutes(9));
            watched.minutes(6);
            assertThat(told).isNotEmpty().allSatisfy(again -> {
                assertThat(again.at("/labels/alertname").asText()).isEqualTo("vmsync-orphan");
                assertThat(Instant.parse(again.get("endsAt").asText())).isAfter(lapses);
            });
            assertThat(told).as("not at every cycle").hasSizeLessThan(3);
        });
    }

    @Test
    void anAlertThatBecomesWorseIsOverUnderItsOldSeverity() {
        watched.inUse(Watched.SCOPE, "a");
        hooked().run(context -> {
            watched.store.goDown();
            watched.minutes(1);
            watched.minutes(2);
            assertThat(news())
                    .containsSubsequence(
                            "firing vmsync-database warning",
                            "resolved vmsync-database warning",
                            "firing vmsync-database critical");
        });
    }

    @Test
    void whatCouldNotBeToldIsToldLaterAndTheLogHoldsNoToken(CapturedOutput log) {
        watched.inUse(Watched.SCOPE, "a");
        watched.cloud.fail(Watched.SCOPE, Watched.EXPIRED, Optional.empty());
        hooked().run(context -> {
            for (int failing : List.of(503, 401, 302, 400)) {
                answer.set(failing);
                watched.minutes(1);
                assertThat(log.getOut()).contains("the webhook answers " + failing);
            }
            assertThat(told).isEmpty();
            assertThat(redirected).as("nobody else is given what is told").hasValue(0);

            answer.set(200);
            watched.minutes(1);
            assertThat(news()).contains("firing vmsync-failing-credential warning");
            assertThat(log.getAll()).doesNotContain(TOKEN);
        });
    }

    @Test
    void anAnswerThatNeverEndsHoldsUpNobody() {
        Webhook endless = new Webhook(URI.create(base() + "/endless"), SOON);
        assertThatThrownBy(() -> endless.post("[]"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("does not answer within PT0.5S");
    }

    @Test
    void aServerThatIsGoneIsNamedByNoUrl() {
        Webhook webhook = new Webhook(URI.create(base() + "/hook/" + TOKEN), Duration.ofSeconds(5));
        server.stop(0);
        assertThatThrownBy(() -> webhook.post("[]"))
                .isInstanceOf(UnavailableException.class)
                .hasNoCause()
                .hasMessageStartingWith("the webhook cannot be reached: java.")
                .message()
                .doesNotContain(TOKEN);
    }

    @Test
    void badContentIsRejected() {
        answer.set(422);
        Webhook webhook = new Webhook(URI.create(base() + "/hook/" + TOKEN), Duration.ofSeconds(5));
        assertThatThrownBy(() -> webhook.post("[]"))
                .isInstanceOf(RejectedException.class)
                .hasMessage("the webhook answers 422");
    }

    @Test
    void everyAlertPortOfTheHostsIsTold() {
        HeardAlerts one = new HeardAlerts();
        HeardAlerts two = new HeardAlerts();
        watched.inUse(Watched.SCOPE, "a");
        watched.cloud.fail(Watched.SCOPE, Watched.EXPIRED, Optional.empty());
        watched.application()
                .withBean("one", AlertPort.class, () -> one)
                .withBean("two", AlertPort.class, () -> two)
                .run(context -> {
                    assertThat(context).doesNotHaveBean(WebhookAlerts.class);
                    watched.minutes(1);
                    assertThat(one.raised()).contains("FAILING_CREDENTIAL/" + Watched.SCOPE);
                    assertThat(two.raised()).isEqualTo(one.raised());
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://alerts.example/" + TOKEN,
                "ftp://alerts.example/" + TOKEN,
                "https://user:" + TOKEN + "@alerts.example/",
                "https://alerts.example/ " + TOKEN,
                "/" + TOKEN,
                "https:///" + TOKEN
            })
    void aUrlThatWillNotDoIsRefusedWithoutBeingShown(String url) {
        watched.application().withPropertyValues(URL + "=" + url).run(context -> {
            assertThat(context).hasFailed();
            for (Throwable failure = context.getStartupFailure(); failure != null; failure = failure.getCause()) {
                assertThat(failure).message().doesNotContain(TOKEN);
                if (failure instanceof BadSettingException) {
                    assertThat(failure).hasMessageStartingWith(URL + ": ");
                }
            }
            assertThat(context.getStartupFailure()).hasStackTraceContaining(BadSettingException.class.getName());
        });
    }

    @Test
    void anUnknownSettingOfAlertsIsRefused() {
        watched.application()
                .withPropertyValues("azure.status.sync.alerts.webhook.urls=https://a.example")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("azure.status.sync.alerts.webhook.urls: unknown setting"));
    }

    @Test
    void theSettingsShowNoUrl() {
        assertThat(AlertSettings.from(Map.of(URL, "https://alerts.example/" + TOKEN)))
                .hasToString("AlertSettings[webhook=set]");
    }
}
