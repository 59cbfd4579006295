package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.rule.RuleBook;
import com.berryfi.vmsync.rule.StandardRules;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.MetricsAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** An application whose metrics Prometheus scrapes; sessions on stopped machines it only proposes to end. */
final class Measured {

    final Watched watched = new Watched();
    private final MockClock clock = new MockClock();
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), clock);

    ApplicationContextRunner application() {
        return watched.application()
                .withConfiguration(AutoConfigurations.of(
                        MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class))
                .withBean(PrometheusMeterRegistry.class, () -> registry)
                .withBean(RuleBook.class, () -> StandardRules.book().withMode("end-when-stopped", Mode.ALERT));
    }

    /** The next scrape, later than the one before. */
    Scrape scrape() {
        clock.add(Duration.ofSeconds(15));
        return new Scrape(registry.scrape());
    }

    /** A session that ends, an orphan, a machine that drifts twice, a scope that cannot be read, a machine that names no power, limits that are told. */
    void anEventfulHour() {
        watched.inUse(Watched.SCOPE, "a")
                .inUse(Watched.SCOPE, "dark")
                .inUse(Watched.OTHER, "b")
                .inUse(Watched.SCOPE, "off");
        watched.vm(Watched.SCOPE, "lost", VmStatus.AVAILABLE, PowerState.RUNNING);
        watched.cloud.quotaLeft(Watched.SCOPE, Map.of("reads", 11_999L));
        watched.cloud.quotaLeft(Watched.OTHER, Map.of("reads", 17L));
        watched.vm(Watched.SCOPE, "drifted", VmStatus.STOPPED, PowerState.RUNNING);
        watched.minutes(10);
        watched.cloud.deallocate(Watched.SCOPE, Watched.address("drifted"));
        watched.cloud.deallocate(Watched.SCOPE, Watched.address("a"));
        watched.cloud.stop(Watched.SCOPE, Watched.address("off"));
        watched.cloud.forgetPower(Watched.SCOPE, Watched.address("dark"));
        watched.cloud.fail(
                Watched.OTHER, new Observation.Unknown(UnknownCause.FORBIDDEN, "may not read"), Optional.empty());
        watched.minutes(50);
    }
}
