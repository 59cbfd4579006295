package com.berryfi.vmsync.backend;

import com.azure.core.management.AzureEnvironment;
import com.berryfi.vmsync.spring.AzureCloudStatusCustomizer;
import java.time.Clock;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Starts the backend. */
@SpringBootApplication
public class Backend {

    public static void main(String[] args) {
        run(args);
    }

    /** Starts it, for who will close it. */
    public static ConfigurableApplicationContext run(String... args) {
        return SpringApplication.run(Backend.class, args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Azure's public cloud, unless another endpoint is named. */
    @Bean
    AzureEnvironment azure(@Value("${backend.azure.endpoint:}") String endpoint) {
        return endpoint.isEmpty()
                ? AzureEnvironment.AZURE
                : new AzureEnvironment(Map.of(
                        "resourceManagerEndpointUrl", endpoint,
                        "managementEndpointUrl", endpoint,
                        "activeDirectoryEndpointUrl", endpoint,
                        "activeDirectoryResourceId", endpoint,
                        "microsoftGraphResourceId", endpoint));
    }

    @Bean
    AzureCloudStatusCustomizer sameAzure(AzureEnvironment azure) {
        return builder -> builder.withEnvironment(azure);
    }
}
