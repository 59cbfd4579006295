package com.berryfi.vmsync.backend;

import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.identity.ClientSecretCredential;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.resourcemanager.compute.ComputeManager;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/** The backend's own calls of Azure, each with the credentials of its VM. */
@Service
public class AzureVmService {

    private static final Logger LOG = LoggerFactory.getLogger(AzureVmService.class);

    private final AzureEnvironment azure;
    private final boolean enabled;

    AzureVmService(AzureEnvironment azure, @Value("${backend.azure.calls.enabled:true}") boolean enabled) {
        this.azure = azure;
        this.enabled = enabled;
    }

    /** Gives the machine back; returns when Azure has taken the order. */
    void deallocate(VmInstance vm) {
        if (!enabled) {
            LOG.info("simulated: VM {} is deallocated", vm.id);
            return;
        }
        manager(vm).serviceClient().getVirtualMachines().beginDeallocate(vm.azureResourceGroup, vm.vmName);
    }

    private ComputeManager manager(VmInstance vm) {
        RetryOptions once = new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1)));
        ClientSecretCredential credential = new ClientSecretCredentialBuilder()
                .tenantId(vm.azureTenantId)
                .clientId(vm.azureClientId)
                .clientSecret(vm.azureClientSecret)
                .authorityHost(azure.getActiveDirectoryEndpoint())
                .disableInstanceDiscovery()
                .build();
        return ComputeManager.configure()
                .withRetryOptions(once)
                .authenticate(credential, new AzureProfile(vm.azureTenantId, vm.azureSubscriptionId, azure));
    }
}
