package com.berryfi.vmsync.customcloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.port.ClientSecret;
import com.berryfi.vmsync.port.ClientSecretSource;
import com.berryfi.vmsync.port.CloudStatusPort.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The demo; and what the contract kit leaves to an adapter's own tests: what its own cloud can say. */
class CustomCloudTest {

    private static final Path SOURCES = Path.of("src", "main", "java", "com", "berryfi", "vmsync", "customcloud");
    private static final Scope SCOPE = new Scope("nimbus", "", "", "studio");
    private static final CloudAddress ADDRESS = CloudAddress.ofName("north", "a machine");
    private static final String KEY = "the-key";

    private final NimbusSimulator nimbus = NimbusSimulator.start(SCOPE.subscription(), KEY);

    @AfterEach
    void close() {
        nimbus.close();
    }

    @Test
    void theDemoFindsTheDrift() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        assertThat(CustomCloud.run(new PrintStream(bytes, true, StandardCharsets.UTF_8)))
                .extracting(outcome ->
                        outcome.before().id() + " " + outcome.decision().rule() + " " + outcome.result())
                .contains(
                        "in-use end-when-deallocated WOULD_DO",
                        "idle follow-power WOULD_DO",
                        "up follow-power WOULD_DO")
                .noneMatch(line -> line.startsWith("in-step") || (line.startsWith("odd") && line.contains("DO")));
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("5 VMs of nimbus:studio checked", "the host believes RUNNING, Nimbus says DEALLOCATED")
                .doesNotContain("a-key");
    }

    @Test
    void theAdapterHasLessThanTwoHundredLinesOfCode() throws IOException {
        long lines = 0;
        for (String file : List.of("NimbusCloudStatus.java", "NimbusClient.java")) {
            lines += Files.readAllLines(SOURCES.resolve(file)).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("import ") && !line.startsWith("package "))
                    .filter(line -> !line.startsWith("/*") && !line.startsWith("*") && !line.startsWith("//"))
                    .count();
        }
        assertThat(lines).isBetween(1L, 199L);
    }

    @Test
    void aChangeUnderWayIsTold() {
        nimbus.put("north", "a machine", "halted", "building");
        assertThat(seen()).isEqualTo(ProvisioningState.CREATING);
        nimbus.put("north", "a machine", "halted", "something new");
        assertThat(seen()).isEqualTo(ProvisioningState.UNKNOWN);
    }

    @Test
    void aNamesakeHasAnotherUid() {
        nimbus.put("north", "a machine", "on", "none");
        Optional<String> first = ((Observation.Seen) observed(KEY, ADDRESS)).uid();
        nimbus.remove("north", "a machine");
        nimbus.put("north", "a machine", "on", "none");

        assertThat(first).isPresent();
        assertThat(((Observation.Seen) observed(KEY, ADDRESS)).uid())
                .isPresent()
                .isNotEqualTo(first);
    }

    @Test
    void anUnknownStateIsNeverOff() {
        nimbus.put("north", "a machine", "hibernating", "none");

        assertThat(observed(KEY, ADDRESS))
                .isEqualTo(new Observation.Unknown(UnknownCause.NO_POWER_STATE, "its state is 'hibernating'"));
    }

    @Test
    void anAddressWithoutAZoneIsMalformed() {
        assertThat(observed(KEY, CloudAddress.ofResourceId("i-1")))
                .extracting(observation -> ((Observation.Unknown) observation).cause())
                .isEqualTo(UnknownCause.MALFORMED_ADDRESS);
    }

    @Test
    void aWrongKeyAndNoKeyAreToldWithoutIt() {
        nimbus.put("north", "a machine", "on", "none");

        assertThat(observed("a-wrong-key", ADDRESS))
                .isEqualTo(new Observation.Unknown(UnknownCause.UNAUTHENTICATED, "401 unknown_key"));
        assertThat(read(any -> Optional.empty(), ADDRESS).failure())
                .contains(new Observation.Unknown(UnknownCause.UNAUTHENTICATED, "there is no API key"));
    }

    private ProvisioningState seen() {
        return ((Observation.Seen) observed(KEY, ADDRESS)).provisioning();
    }

    private Observation observed(String key, CloudAddress address) {
        return read(any -> Optional.of(ClientSecret.of(key)), address)
                .evidence()
                .values()
                .iterator()
                .next()
                .observation();
    }

    private Reading read(ClientSecretSource keys, CloudAddress address) {
        return new NimbusCloudStatus(new NimbusClient(HttpClient.newHttpClient(), nimbus.endpoint(), keys))
                .read(new Request(
                        SCOPE,
                        Set.of(address),
                        ReadKind.DIRECT,
                        Instant.parse("2026-11-01T12:00:00Z"),
                        Duration.ofSeconds(30)));
    }
}
