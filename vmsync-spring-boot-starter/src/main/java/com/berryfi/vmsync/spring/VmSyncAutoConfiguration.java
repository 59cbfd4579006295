package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.VmSyncBuilder;
import com.berryfi.vmsync.event.SyncListener;
import com.berryfi.vmsync.port.AlertPort;
import com.berryfi.vmsync.port.BillingPort;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.SessionEnder;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.port.VmPowerPort;
import com.berryfi.vmsync.port.WorkCoordinator;
import com.berryfi.vmsync.rule.RuleBook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;

/**
 * A {@link VmSync} over the ports that are there as beans, which starts and stops with the context.
 *
 * <p>It needs a {@link SessionStore}, a {@link CloudStatusPort} and, unless it is a dry run, a {@link BillingPort}; it takes up a
 * {@link RuleBook}, a {@link SessionEnder}, a {@link VmPowerPort}, a {@link WorkCoordinator}, every {@link SyncListener}, every
 * {@link AlertPort} and every {@link VmSyncCustomizer}. With {@code azure.status.sync.enabled=false} it does nothing, and opens nothing.
 */
@AutoConfiguration(after = {VmSyncJdbcAutoConfiguration.class, VmSyncAzureAutoConfiguration.class})
@ImportRuntimeHints(VmSyncRuntimeHints.class)
public class VmSyncAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(VmSyncAutoConfiguration.class);

    /** {@code azure.status.sync.*}, as core reads them. */
    @Bean
    @ConditionalOnMissingBean
    SyncSettings vmSyncSettings(Environment environment) {
        return TextSettings.read(environment, SyncSettings.keys(), SyncSettings::from);
    }

    /** {@code azure.status.sync.alerts.*}. */
    @Bean
    @ConditionalOnMissingBean
    AlertSettings vmSyncAlertSettings(Environment environment) {
        return TextSettings.read(environment, AlertSettings.keys(), AlertSettings::from);
    }

    /** {@code azure.status.sync.orders.*}. */
    @Bean
    @ConditionalOnMissingBean
    OrderSettings vmSyncOrderSettings(Environment environment) {
        return TextSettings.read(environment, OrderSettings.keys(), OrderSettings::from);
    }

    /** What synchronises; closed with the context. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean({SessionStore.class, CloudStatusPort.class})
    VmSync vmSync(SyncSettings settings, ListableBeanFactory beans, Environment environment) {
        boolean deferred = !settings.enabled();
        VmSyncBuilder builder = VmSync.builder(
                        port(SessionStore.class, beans, deferred),
                        watched(port(CloudStatusPort.class, beans, deferred), beans),
                        billing(settings, beans))
                .withSettings(settings);
        beans.getBeanProvider(RuleBook.class).ifAvailable(builder::withRules);
        beans.getBeanProvider(SessionEnder.class).ifAvailable(builder::withSessionEnder);
        beans.getBeanProvider(SyncListener.class).orderedStream().forEach(builder::withListener);
        beans.getBeanProvider(AlertPort.class).orderedStream().forEach(builder::withAlerts);
        if (has(VmPowerPort.class, beans)) {
            builder.withPower(port(VmPowerPort.class, beans, deferred));
        }
        if (has(WorkCoordinator.class, beans)) {
            builder.withCoordinator(port(WorkCoordinator.class, beans, deferred));
        }
        beans.getBeanProvider(VmSyncCustomizer.class)
                .orderedStream()
                .forEach(customizer -> customizer.customize(builder));
        return TextSettings.checked(environment, builder::build);
    }

    /** Starts it with the context. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(VmSync.class)
    VmSyncLifecycle vmSyncLifecycle(VmSync sync) {
        return new VmSyncLifecycle(sync);
    }

    /** Says that nothing is done, and why, where a port is missing. */
    @Bean
    @ConditionalOnMissingBean({VmSync.class, VmSyncLifecycle.class})
    MissingPorts vmSyncMissingPorts(ListableBeanFactory beans) {
        return new MissingPorts(has(SessionStore.class, beans), has(CloudStatusPort.class, beans));
    }

    private static boolean has(Class<?> type, ListableBeanFactory beans) {
        return beans.getBeanNamesForType(type, true, false).length > 0;
    }

    private static CloudStatusPort watched(CloudStatusPort cloud, ListableBeanFactory beans) {
        CloudStatusPort watched = cloud;
        for (CloudDecorator decorator :
                beans.getBeanProvider(CloudDecorator.class).orderedStream().toList()) {
            watched = decorator.decorated(watched);
        }
        return watched;
    }

    private static <T> T port(Class<T> port, ListableBeanFactory beans, boolean deferred) {
        return deferred ? Deferred.of(port, () -> beans.getBean(port)) : beans.getBean(port);
    }

    private static BillingPort billing(SyncSettings settings, ListableBeanFactory beans) {
        if (has(BillingPort.class, beans)) {
            return beans.getBean(BillingPort.class);
        }
        if (settings.enabled() && !settings.dryRun()) {
            throw new MissingBillingPortException();
        }
        LOG.info("there is no BillingPort: nothing is billed, for nothing is written; to act, give one");
        return instruction -> {
            throw new RejectedException("there is no BillingPort that could take " + instruction.key());
        };
    }
}
