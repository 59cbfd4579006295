package com.berryfi.vmsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.model.BillingCut;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncPolicy;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyncSettingsTest {

    @Test
    void theDefaultsAreThoseOfThePlan() {
        SyncSettings defaults = SyncSettings.defaults();

        assertThat(defaults.enabled()).isTrue();
        assertThat(defaults.dryRun()).isFalse();
        assertThat(defaults.quickInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(defaults.fullInterval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(defaults.batchSize()).isEqualTo(10);
        assertThat(defaults.attempts()).isEqualTo(3);
        assertThat(defaults.credentialScopes()).isEqualTo(4);
        assertThat(defaults.timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(defaults.policy().fence()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void everySettingIsRead() {
        SyncSettings settings = SyncSettings.from(Map.ofEntries(
                Map.entry("azure.status.sync.enabled", "false"),
                Map.entry("azure.status.sync.mode", "dry-run"),
                Map.entry("azure.status.sync.active-sessions.interval.seconds", "15"),
                Map.entry("azure.status.sync.full.interval.seconds", "60"),
                Map.entry("azure.status.sync.batch.size", "20"),
                Map.entry("azure.status.sync.retry.attempts", "1"),
                Map.entry("azure.status.sync.credential.scopes", "2"),
                Map.entry("azure.status.sync.timeout.seconds", " 10 "),
                Map.entry("azure.status.sync.fence.seconds", "1"),
                Map.entry("azure.status.sync.start-grace.seconds", "2"),
                Map.entry("azure.status.sync.confirmation.span.seconds", "3"),
                Map.entry("azure.status.sync.stop-timeout.seconds", "4"),
                Map.entry("azure.status.sync.billing.cut", "first-proof-of-off"),
                Map.entry("azure.status.sync.mapping", "deallocated-apart"),
                Map.entry("azure.status.sync.free-status", "STOPPED"),
                Map.entry("azure.status.sync.ended-status", "COMPLETED"),
                Map.entry("azure.status.sync.jdbc.anything", "another module's"),
                Map.entry("spring.datasource.url", "somebody else's")));

        assertThat(settings.enabled()).isFalse();
        assertThat(settings.dryRun()).isTrue();
        assertThat(settings.quickInterval()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.fullInterval()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.batchSize()).isEqualTo(20);
        assertThat(settings.attempts()).isEqualTo(1);
        assertThat(settings.credentialScopes()).isEqualTo(2);
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(10));
        SyncPolicy policy = settings.policy();
        assertThat(policy.fence()).isEqualTo(Duration.ofSeconds(1));
        assertThat(policy.startGrace()).isEqualTo(Duration.ofSeconds(2));
        assertThat(policy.confirmationSpan()).isEqualTo(Duration.ofSeconds(3));
        assertThat(policy.stopTimeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(policy.cut()).isEqualTo(BillingCut.FIRST_PROOF_OF_OFF);
        assertThat(policy.mapping().statusOf(PowerState.DEALLOCATED)).isEqualTo(VmStatus.DEALLOCATED);
        assertThat(policy.freeStatus()).isEqualTo(VmStatus.STOPPED);
        assertThat(policy.endedStatus()).isEqualTo(SessionStatus.COMPLETED);
    }

    @Test
    void propertiesServeAsWellAsAMap() {
        Properties properties = new Properties();
        properties.setProperty("azure.status.sync.batch.size", "7");

        assertThat(SyncSettings.from(properties).batchSize()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "batch.sise, 10, unknown setting",
        "batch.size, 0, at least 1",
        "batch.size, ten, whole number",
        "retry.attempts, 0, at least 1",
        "credential.scopes, 0, at least 1",
        "timeout.seconds, -1, at least 1",
        "active-sessions.interval.seconds, 0, at least 1",
        "full.interval.seconds, 1.5, whole number",
        "enabled, yes, must be one of",
        "mode, maybe, must be one of",
        "fence.seconds, 0, at least 1",
        "free-status, RUNNING, must be one of",
        "ended-status, ACTIVE, must be one of"
    })
    void aBadValueIsRefusedWithTheNameOfItsKey(String key, String value, String why) {
        assertThatThrownBy(() -> SyncSettings.from(Map.of("azure.status.sync." + key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("azure.status.sync." + key)
                .hasMessageContaining(why);
    }

    @Test
    void aBadPolicyIsRefusedWithTheNameOfWhatIsBad() {
        SyncPolicy standard = SyncPolicy.standard();
        assertThatThrownBy(() -> standard.withFence(Duration.ZERO)).hasMessageContaining("fence");
        assertThatThrownBy(() -> standard.withStartGrace(Duration.ofSeconds(-1)))
                .hasMessageContaining("startGrace");
        assertThatThrownBy(() -> standard.withEndedStatus(SessionStatus.ACTIVE)).hasMessageContaining("endedStatus");
        assertThatThrownBy(() -> standard.withFreeStatus(VmStatus.RUNNING)).hasMessageContaining("freeStatus");
    }
}
