package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.VmSync;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** Alerts to a webhook, where {@code azure.status.sync.alerts.webhook.url} is set. */
@AutoConfiguration(after = VmSyncAutoConfiguration.class)
@ConditionalOnSingleCandidate(VmSync.class)
@ConditionalOnProperty("azure.status.sync.alerts.webhook.url")
public class VmSyncWebhookAutoConfiguration {

    /** A cycle waits for it so long at most, once for each alert until the first that fails. */
    private static final Duration AT_MOST = Duration.ofSeconds(5);

    /** Tells it. */
    @Bean
    @ConditionalOnMissingBean
    WebhookAlerts vmSyncWebhookAlerts(AlertSettings alerts, SyncSettings settings, ObjectProvider<VmSync> sync) {
        return new WebhookAlerts(
                new Webhook(alerts.webhook().orElseThrow(), AT_MOST),
                () -> sync.getObject().view(),
                settings.quickInterval());
    }
}
