package com.berryfi.vmsync.testkit.sync;

import static com.berryfi.vmsync.testkit.sync.Backend.SCOPE;
import static com.berryfi.vmsync.testkit.sync.Backend.address;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.model.Alert;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.AlertPort;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How alerts reach those who are to hear of them. */
class AlertPortsTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
    private static final String CREDENTIAL = "FAILING_CREDENTIAL/" + SCOPE;

    private final HeardAlerts pager = new HeardAlerts();
    private final HeardAlerts other = new HeardAlerts();
    private final Backend backend = new Backend();

    private void refused(Scope scope) {
        backend.cloud.fail(scope, new Observation.Unknown(UnknownCause.FORBIDDEN, "403"), Optional.empty());
    }

    private void quick(int times) {
        for (int i = 0; i < times; i++) {
            backend.quickAfter(HALF_A_MINUTE);
        }
    }

    @Test
    void whatCouldNotBeToldIsToldAtTheNextCycleAndNobodyElseWaits() {
        backend.start(builder -> builder.withAlerts(pager).withAlerts(other)).close();
        backend.start(builder -> builder.withAlerts(pager).withAlerts(other));
        backend.inUse("a");
        backend.full();
        pager.down = true;
        refused(SCOPE);
        quick(2);
        assertThat(pager.news()).isEmpty();
        assertThat(other.news()).containsExactly("WARNING " + CREDENTIAL);
        pager.down = false;
        quick(1);
        assertThat(pager.news()).containsExactly("WARNING " + CREDENTIAL);

        pager.down = true;
        backend.cloud.heal(SCOPE);
        backend.cloud.deallocate(SCOPE, address("a"));
        quick(1);
        assertThat(backend.status("a")).as("the cycle is not disturbed").isEqualTo(SessionStatus.TERMINATED);
        pager.down = false;
        quick(1);
        assertThat(pager.news()).containsExactly("over " + CREDENTIAL);
        assertThat(pager.resolved)
                .singleElement()
                .satisfies(alert -> assertThat(alert.text()).contains("403"));
    }

    @Test
    void whatOneAlertBreaksOffOverHoldsUpNoOther() {
        backend.start(builder -> builder.withAlerts(pager));
        for (int i = 0; i < 12; i++) {
            Scope scope = new Scope("azure", "tenant-1", "client-1", "many-" + i);
            backend.vm(scope, "vm-" + i, VmStatus.RUNNING, PowerState.RUNNING).session("vm-" + i, SessionStatus.ACTIVE);
            refused(scope);
            if (i < 7) {
                pager.refused.add("FAILING_CREDENTIAL/" + scope);
            }
        }
        quick(5);
        assertThat(pager.news(Alert.Kind.FAILING_CREDENTIAL)).hasSize(5);
        pager.refused.clear();
        quick(1);
        assertThat(pager.news(Alert.Kind.FAILING_CREDENTIAL)).hasSize(7);
    }

    @Test
    void aPortThatThrowsWhatItMustNotIsAskedAgain() {
        AlertPort broken = new AlertPort() {
            @Override
            public void raised(Alert alert) {
                if (pager.down) {
                    throw new IllegalStateException("with a secret in it");
                }
                pager.raised(alert);
            }

            @Override
            public void resolved(Alert alert, Instant at) {
                pager.resolved(alert, at);
            }
        };
        backend.start(builder -> builder.withAlerts(broken).withAlerts(other));
        backend.inUse("a");
        refused(SCOPE);
        pager.down = true;
        quick(2);
        assertThat(other.news(Alert.Kind.FAILING_CREDENTIAL)).hasSize(1);
        pager.down = false;
        quick(1);
        assertThat(pager.news(Alert.Kind.FAILING_CREDENTIAL)).hasSize(1);
    }

    @Test
    void aProcessThatStartsAnewTellsAgainOfWhatStands() {
        backend.start(builder -> builder.withAlerts(pager));
        backend.inUse("a");
        refused(SCOPE);
        quick(3);
        assertThat(pager.news(Alert.Kind.FAILING_CREDENTIAL)).hasSize(1);
        backend.sync.close();
        assertThat(pager.news()).as("nothing is over because nobody looks").isEmpty();
        backend.start(builder -> builder.withAlerts(pager));
        quick(2);
        assertThat(pager.news(Alert.Kind.FAILING_CREDENTIAL)).containsExactly("WARNING " + CREDENTIAL);
    }

    @Test
    void aPreviewTellsNobodyAndADryRunTellsAll() {
        backend.start(builder -> builder.withAlerts(pager)
                .withSettings(SyncSettings.from(
                        Map.of("azure.status.sync.mode", "dry-run", "azure.status.sync.retry.attempts", "1"))));
        backend.inUse("a");
        refused(SCOPE);
        for (int i = 0; i < 5; i++) {
            backend.sync.view().preview();
        }
        assertThat(pager.news()).isEmpty();
        assertThat(backend.sync.view().status().scopes()).isEmpty();
        quick(2);
        assertThat(pager.news()).containsExactly("WARNING " + CREDENTIAL);
        assertThat(backend.sync.view().status().dryRun()).isTrue();
    }
}
