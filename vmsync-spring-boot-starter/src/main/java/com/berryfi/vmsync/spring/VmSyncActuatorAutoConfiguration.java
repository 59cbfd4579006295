package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.VmSync;
import java.util.Map;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What Spring Boot's actuator shows of vmsync, where it is on the class path. */
@AutoConfiguration(after = VmSyncAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(VmSync.class)
public class VmSyncActuatorAutoConfiguration {

    /** The health of each {@link VmSync}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthContributor.class, ConditionalOnEnabledHealthIndicator.class})
    @ConditionalOnEnabledHealthIndicator("vmsync")
    static class HealthConfiguration {

        @Bean
        @ConditionalOnMissingBean(name = {"vmSyncHealthIndicator", "vmSyncHealthContributor"})
        HealthContributor vmSyncHealthContributor(Map<String, VmSync> syncs) {
            return syncs.size() == 1
                    ? new VmSyncHealth(syncs.values().iterator().next())
                    : CompositeHealthContributor.fromMap(syncs, VmSyncHealth::new);
        }
    }

    /** {@code /actuator/vmsync}. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    @ConditionalOnSingleCandidate(VmSync.class)
    VmSyncEndpoint vmSyncEndpoint(VmSync sync) {
        return new VmSyncEndpoint(sync);
    }

    /** The orders over HTTP. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(VmSyncEndpoint.class)
    @ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
    VmSyncWebExtension vmSyncWebExtension(VmSync sync, OrderSettings settings) {
        return new VmSyncWebExtension(sync, settings);
    }
}
