package com.berryfi.vmsync.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.berryfi.vmsync.SyncSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A host's settings reach the modules by their own names, however it spells them. */
class TextSettingsTest {

    private static ConfigurableEnvironment environment(Map<String, Object> file, Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables));
        environment.getPropertySources().addLast(new MapPropertySource("file", file));
        return environment;
    }

    private static SyncSettings settings(Map<String, Object> file, Map<String, Object> variables) {
        return TextSettings.read(environment(file, variables), SyncSettings.keys(), SyncSettings::from);
    }

    @Test
    void environmentVariablesAreSettingsAndComeBeforeTheFile() {
        SyncSettings settings = settings(
                Map.of("azure.status.sync.mode", "act", "azure.status.sync.full.interval.seconds", "600"),
                Map.of(
                        "AZURE_STATUS_SYNC_MODE", "dry-run",
                        "AZURE_STATUS_SYNC_ACTIVESESSIONS_INTERVAL_SECONDS", "7",
                        "AZURE_STATUS_SYNC_STOPTIMEOUT_SECONDS", "60"));

        assertThat(settings.dryRun()).isTrue();
        assertThat(settings.quickInterval()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.fullInterval()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.policy().stopTimeout()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void otherSpellingsAndPlaceholdersAndNumbersAreUnderstood() {
        SyncSettings settings = settings(
                Map.of(
                        "azure.status.sync.activeSessions.interval.seconds",
                        7,
                        "azure.status.sync.batch.size",
                        "${of-a-batch}",
                        "of-a-batch",
                        "3",
                        "azure.status.sync.jdbc.zone",
                        "UTC"),
                Map.of());

        assertThat(settings.quickInterval()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.batchSize()).isEqualTo(3);
    }

    @Test
    void anUnknownSettingIsRefusedByItsNameAndPlace() {
        BadSettingException refused = catchThrowableOfType(
                BadSettingException.class, () -> settings(Map.of("azure.status.sync.batch.sizes", "3"), Map.of()));

        assertThat(refused).hasMessageStartingWith("azure.status.sync.batch.sizes: unknown setting");
        assertThat(refused.origin()).get().asString().contains("file");
    }

    @Test
    void aBadValueIsRefusedInTheWordsOfCore() {
        BadSettingException refused = catchThrowableOfType(
                BadSettingException.class, () -> settings(Map.of(), Map.of("AZURE_STATUS_SYNC_BATCH_SIZE", "many")));

        assertThat(refused).hasMessage("azure.status.sync.batch.size: must be a whole number, is 'many'");
        assertThat(refused.origin()).get().asString().contains("AZURE_STATUS_SYNC_BATCH_SIZE");
    }
}
