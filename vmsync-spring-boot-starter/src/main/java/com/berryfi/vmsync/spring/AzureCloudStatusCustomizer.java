package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.azure.AzureCloudStatus;

/**
 * A bean of this type has the last word on how Azure is reached: through which HTTP client, in which environment. Of several, in their
 * order.
 */
@FunctionalInterface
public interface AzureCloudStatusCustomizer {

    /**
     * Changes the builder; called once, before it builds.
     *
     * @param builder with the credentials and settings of the application; building is left to the caller
     */
    void customize(AzureCloudStatus.Builder builder);
}
