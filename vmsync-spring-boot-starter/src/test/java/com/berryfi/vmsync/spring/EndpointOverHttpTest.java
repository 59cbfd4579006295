package com.berryfi.vmsync.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.VmStatus;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** The endpoint over HTTP, of a web application with Spring Security. */
class EndpointOverHttpTest {

    private static final String ROLE_KEY = "azure.status.sync.orders.role";
    private static final String READER = "reader";
    private static final String OPERATOR = "operator";
    private static final String PAUSE = "{\"reason\": \"maintenance of the house\", \"minutes\": 10}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Watched watched = new Watched();
    private ConfigurableApplicationContext context = run("--" + ROLE_KEY + "=VM_OPERATOR");

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    static class Application {

        @Bean
        SecurityFilterChain everybodyWithAName(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(AbstractHttpConfigurer::disable)
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername(READER)
                            .password("{noop}" + READER)
                            .roles("VM_READER")
                            .build(),
                    User.withUsername(OPERATOR)
                            .password("{noop}" + OPERATOR)
                            .roles("VM_OPERATOR")
                            .build());
        }
    }

    private ConfigurableApplicationContext run(String... settings) {
        String[] all = new String[settings.length + 4];
        System.arraycopy(settings, 0, all, 0, settings.length);
        all[settings.length] = "--server.port=0";
        all[settings.length + 1] = "--server.address=127.0.0.1";
        all[settings.length + 2] = "--spring.main.banner-mode=off";
        all[settings.length + 3] = "--management.endpoints.web.exposure.include=vmsync";
        return watched.in(new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET))
                .run(all);
    }

    @AfterEach
    void close() {
        context.close();
    }

    private HttpRequest.Builder request(String user, String path) {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/vmsync" + path))
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> get(String user, String path) throws IOException, InterruptedException {
        return client.send(request(user, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String user, String path, String body) throws IOException, InterruptedException {
        return client.send(
                request(user, path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response, int status) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type").orElseThrow()).contains("json");
        return new ObjectMapper().readTree(response.body());
    }

    private Iterable<Order> orders() {
        return context.getBean(VmSync.class).operator().orders();
    }

    @Test
    void theStatusAndTheViewsAnswerWhoeverIsLetIn() throws IOException, InterruptedException {
        watched.inUse(Watched.SCOPE, "a").vm(Watched.SCOPE, "lost", VmStatus.AVAILABLE, PowerState.RUNNING);
        watched.minutes(30);

        assertThat(json(get(READER, ""), 200).get("mayOrder").asBoolean()).isFalse();
        assertThat(json(get(OPERATOR, ""), 200).get("mayOrder").asBoolean()).isTrue();
        assertThat(json(get(READER, "/held"), 200).get("count").asInt()).isZero();
        assertThat(json(get(READER, "/findings?from=0&like=LOST"), 200)
                        .at("/findings/0/vm")
                        .asText())
                .isEqualTo("lost");
        assertThat(json(get(READER, "/findings?from=1&like=LOST"), 200).get("findings"))
                .isEmpty();
        assertThat(json(get(READER, "/bill"), 200).get("bills")).isEmpty();
        assertThat(json(get(READER, "/preview"), 200).get("checked").asInt()).isEqualTo(2);
        assertThat(json(get(READER, "/session/session-of-a"), 200)
                        .get("explanation")
                        .asText())
                .contains("session-of-a is ACTIVE");
        assertThat(get("nobody", "").statusCode()).isEqualTo(401);
    }

    @Test
    void whoLacksTheRoleIsRefusedAndWhoHasItIsObeyed() throws IOException, InterruptedException {
        assertThat(json(post(READER, "/pause", PAUSE), 403).get("error").asText())
                .contains("role 'VM_OPERATOR'")
                .contains(ROLE_KEY);
        assertThat(orders()).isEmpty();

        assertThat(json(post(OPERATOR, "/pause", PAUSE), 200).get("kind").asText())
                .isEqualTo("pause");
        assertThat(orders()).extracting(Order::kind).containsExactly(Order.Kind.PAUSE);
    }

    @Test
    void whereNoRoleIsNamedNobodyGivesOrders() throws IOException, InterruptedException {
        context.close();
        context = run();
        assertThat(json(get(OPERATOR, ""), 200).get("mayOrder").asBoolean()).isFalse();
        assertThat(json(post(OPERATOR, "/pause", PAUSE), 403).get("error").asText())
                .contains(ROLE_KEY);
        assertThat(orders()).isEmpty();
    }

    @Test
    void whatIsNotUnderstoodIsRefusedInWords() throws IOException, InterruptedException {
        Map<String, String> refusals = Map.of(
                "/held?from=-1", "'from' must be a whole number of at least 0, is '-1'",
                "/findings?from=two", "'from' must be a whole number of at least 0, is 'two'",
                "/bill?from=9999999999", "'from' must be a whole number of at least 0, is '9999999999'",
                "/secrets", "there is no view 'secrets'",
                "/vm/a", "there is no view 'vm/{id}'");
        for (Map.Entry<String, String> refusal : refusals.entrySet()) {
            assertThat(json(get(READER, refusal.getKey()), 400).get("error").asText())
                    .contains(refusal.getValue());
        }
        assertThat(json(post(OPERATOR, "/pause", "{}"), 400).get("error").asText())
                .isEqualTo("'reason' is needed");
    }
}
