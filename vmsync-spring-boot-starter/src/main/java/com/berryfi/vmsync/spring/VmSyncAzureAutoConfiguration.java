package com.berryfi.vmsync.spring;

import com.azure.core.credential.TokenCredential;
import com.berryfi.vmsync.azure.AzureCloudStatus;
import com.berryfi.vmsync.azure.AzureCredentials;
import com.berryfi.vmsync.port.ClientSecretSource;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.port.VmPowerPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/** Azure as the cloud, where {@code vmsync-azure} is on the class path and the host has no {@link CloudStatusPort} of its own. */
@AutoConfiguration(after = VmSyncJdbcAutoConfiguration.class)
@ConditionalOnClass(AzureCloudStatus.class)
public class VmSyncAzureAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(VmSyncAzureAutoConfiguration.class);

    /**
     * With which credentials: the host's {@link TokenCredential}, for every scope; else client secrets, of the host's
     * {@link ClientSecretSource} or from its table of VMs; else Azure's default chain.
     */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    AzureCredentials vmSyncAzureCredentials(
            ObjectProvider<TokenCredential> credential, ObjectProvider<ClientSecretSource> secrets) {
        TokenCredential hosts = credential.getIfAvailable();
        if (hosts != null) {
            return any -> hosts;
        }
        ClientSecretSource source = secrets.getIfAvailable();
        if (source != null) {
            return AzureCredentials.clientSecrets(source);
        }
        LOG.info("there is neither a TokenCredential nor a ClientSecretSource: Azure is read with its default chain");
        return AzureCredentials.defaultChain();
    }

    /** Azure, by {@code azure.status.sync.azure.*}. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean(CloudStatusPort.class)
    AzureCloudStatus vmSyncAzureCloudStatus(
            AzureCredentials credentials,
            ObjectProvider<AzureCloudStatusCustomizer> customizers,
            Environment environment) {
        AzureCloudStatus.Builder builder = TextSettings.read(
                environment,
                AzureCloudStatus.keys(),
                settings -> AzureCloudStatus.builder(credentials).withSettings(settings));
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    /** Who deallocates orphans, where {@code azure.status.sync.orphan.quarantine.seconds} is set. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    @ConditionalOnBean(AzureCloudStatus.class)
    @ConditionalOnProperty("azure.status.sync.orphan.quarantine.seconds")
    VmPowerPort vmSyncAzurePower(AzureCloudStatus cloud) {
        return cloud.power();
    }
}
