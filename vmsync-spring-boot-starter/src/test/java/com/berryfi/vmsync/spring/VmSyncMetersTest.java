package com.berryfi.vmsync.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is measured, as Prometheus reads it. */
class VmSyncMetersTest {

    private final Measured measured = new Measured();
    private final Watched watched = measured.watched;

    @Test
    void anHourInFigures() {
        measured.application().run(context -> {
            measured.anEventfulHour();
            Scrape scrape = measured.scrape();

            assertThat(scrape.value("vmsync_acting")).isEqualTo(1);
            assertThat(scrape.value("vmsync_cycle_seconds_count", "kind", "quick", "outcome", "clean"))
                    .isBetween(19.0, 22.0);
            assertThat(scrape.value("vmsync_cycle_seconds_count", "kind", "quick", "outcome", "partial"))
                    .isBetween(98.0, 101.0);
            assertThat(scrape.value("vmsync_corrections_total", "rule", "end-when-deallocated"))
                    .isEqualTo(1);
            assertThat(scrape.value("vmsync_corrections_total", "rule", "follow-power"))
                    .isEqualTo(2);
            assertThat(scrape.value("vmsync_drift", "rule", "follow-power")).isZero();
            assertThat(scrape.value("vmsync_drift", "rule", "end-when-stopped")).isEqualTo(1);
            assertThat(scrape.value("vmsync_proposals_total", "rule", "end-when-stopped"))
                    .isPositive();
            assertThat(scrape.value("vmsync_findings", "kind", "orphan")).isEqualTo(1);
            assertThat(scrape.value("vmsync_alerts", "kind", "orphan", "level", "warning"))
                    .isEqualTo(1);
            assertThat(scrape.value("vmsync_alerts", "kind", "failing-credential", "level", "warning"))
                    .isEqualTo(1);
            assertThat(scrape.value("vmsync_scopes", "state", "looked-after")).isEqualTo(2);
            assertThat(scrape.value("vmsync_scopes", "state", "frozen")).isEqualTo(1);
            assertThat(scrape.value("vmsync_scopes_unreadable", "cause", "forbidden"))
                    .isEqualTo(1);
            assertThat(scrape.value("vmsync_unknowns_total", "cause", "no-power-state"))
                    .isPositive();
            assertThat(scrape.value("vmsync_unknowns_total", "cause", "forbidden"))
                    .isPositive();
            assertThat(scrape.value("vmsync_unknowns_total", "cause", "throttled"))
                    .isZero();
            assertThat(scrape.value("vmsync_quota_left", "limit", "reads"))
                    .as("of the poorest scope")
                    .isEqualTo(17);
            assertThat(scrape.value("vmsync_sessions_unverified_age_seconds")).isBetween(3000.0, 3060.0);
            assertThat(scrape.value("vmsync_sessions_live")).isEqualTo(3);
            assertThat(scrape.value("vmsync_billing_delivered_total")).isPositive();
            assertThat(scrape.value("vmsync_billing_parked")).isZero();
            assertThat(scrape.value("vmsync_deadline_missed", "kind", "full")).isZero();
            assertThat(scrape.value("vmsync_detection_delay_seconds_count", "effect", "end"))
                    .isEqualTo(1);
            assertThat(scrape.value("vmsync_detection_delay_seconds_sum", "effect", "end"))
                    .as("from the last proof of running")
                    .isBetween(0.001, 90.0);
        });
    }

    @Test
    void agesGrowThoughNothingRuns() {
        watched.inUse(Watched.SCOPE, "a");
        measured.application().run(context -> {
            watched.minutes(5);
            assertThat(measured.scrape().value("vmsync_cycle_age_seconds", "kind", "quick"))
                    .isZero();
            watched.time.pass(Duration.ofMinutes(20));
            Scrape scrape = measured.scrape();
            assertThat(scrape.value("vmsync_cycle_age_seconds", "kind", "quick"))
                    .isEqualTo(1200);
            assertThat(scrape.value("vmsync_sessions_unverified_age_seconds")).isEqualTo(1200);
            assertThat(scrape.value("vmsync_deadline_missed", "kind", "quick")).isEqualTo(1);
            assertThat(scrape.value("vmsync_deadline_missed", "kind", "full")).isEqualTo(1);
        });
    }

    @Test
    void whatWaitsIsShownByWhatItWaitsFor() {
        watched.inUse(Watched.SCOPE, "a");
        measured.application().run(context -> {
            watched.minutes(1);
            context.getBean(VmSync.class).operator().hold(new VmId("a"), "a guest");
            watched.cloud.deallocate(Watched.SCOPE, Watched.address("a"));
            watched.minutes(6);
            Scrape scrape = measured.scrape();
            assertThat(scrape.value("vmsync_held", "reason", "hold")).isEqualTo(1);
            assertThat(scrape.value("vmsync_held", "reason", "brake")).isZero();
            assertThat(scrape.value("vmsync_drift", "rule", "leave-on-hold")).isEqualTo(1);
        });
    }

    @Test
    void billsThatWaitAndAreParked() {
        watched.inUse(Watched.SCOPE, "a");
        measured.application().run(context -> {
            watched.minutes(1);
            watched.billing.goDown(1_000);
            watched.cloud.deallocate(Watched.SCOPE, Watched.address("a"));
            watched.minutes(10);
            Scrape scrape = measured.scrape();
            assertThat(scrape.value("vmsync_billing_waiting")).isPositive();
            assertThat(scrape.value("vmsync_billing_waiting_age_seconds")).isBetween(500.0, 600.0);
        });
    }

    @Test
    void noTagGrowsWithTheFleet() {
        for (int i = 0; i < 60; i++) {
            Scope scope = new Scope("azure", "tenant-" + i, "client-" + i, "subscription-" + i);
            watched.inUse(scope, "vm-" + i).vm(scope, "orphan-" + i, VmStatus.AVAILABLE, PowerState.RUNNING);
            watched.cloud.quotaLeft(scope, Map.of("limit-" + i, (long) i));
        }
        measured.application().run(context -> {
            watched.minutes(30);
            Scrape scrape = measured.scrape();
            Map<String, Set<String>> values = new HashMap<>();
            scrape.samples()
                    .forEach(sample -> sample.labels()
                            .forEach((label, value) -> values.computeIfAbsent(
                                            sample.name() + "." + label, any -> new TreeSet<>())
                                    .add(value)));
            assertThat(values)
                    .isNotEmpty()
                    .allSatisfy((label, found) -> assertThat(found)
                            .as(label)
                            .hasSizeLessThanOrEqualTo(
                                    label.startsWith("vmsync_unknowns") || label.startsWith("vmsync_scopes_unreadable")
                                            ? UnknownCause.values().length
                                            : 20));
            assertThat(values.get("vmsync_quota_left.limit")).hasSize(20);
            assertThat(values.values())
                    .allSatisfy(found -> assertThat(found)
                            .noneMatch(value -> value.matches(".*(tenant|client|subscription|vm|orphan)-\\d+.*")));
        });
    }
}
