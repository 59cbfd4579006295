package com.berryfi.vmsync.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.RequestIdPolicy;
import com.azure.core.http.policy.UserAgentPolicy;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.resourcemanager.compute.ComputeManager;
import com.azure.resourcemanager.compute.fluent.VirtualMachinesClient;
import com.azure.resourcemanager.resources.fluentcore.policy.AuthenticationPolicy;
import com.berryfi.vmsync.azure.limit.Governor;
import com.berryfi.vmsync.model.Scope;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** One SDK client a scope, all over one HTTP client. Thread-safe. */
final class AzureClients {

    private static final int MOST_CLIENTS = 1_000;

    private record Client(TokenCredential credential, VirtualMachinesClient machines) {}

    private final AzureCredentials credentials;
    private final AzureEnvironment environment;
    private final HttpClient httpClient;
    private final Governor governor;
    private final boolean mayWait;
    private final Cache<Scope, Client> clients = Caffeine.newBuilder()
            .maximumSize(MOST_CLIENTS)
            .expireAfterAccess(CredentialCache.UNUSED_AT_MOST)
            .build();

    AzureClients(
            AzureCredentials credentials,
            AzureEnvironment environment,
            HttpClient httpClient,
            Governor governor,
            boolean mayWait) {
        this.credentials = credentials;
        this.environment = environment;
        this.httpClient = httpClient;
        this.governor = governor;
        this.mayWait = mayWait;
    }

    /**
     * The client of a scope.
     *
     * @throws TokenFailure if there is no credential
     */
    VirtualMachinesClient machines(Scope scope) {
        TokenCredential credential = credentialFor(scope);
        Client known = clients.getIfPresent(scope);
        if (known != null && known.credential() == credential) {
            return known.machines();
        }
        VirtualMachinesClient machines = client(scope, credential);
        clients.put(scope, new Client(credential, machines));
        return machines;
    }

    /** Forgets the client of a scope and its credential: each keeps the token it was given. */
    void forget(Scope scope) {
        Optional.ofNullable(clients.asMap().remove(scope))
                .ifPresent(client -> credentials.refused(client.credential()));
    }

    private TokenCredential credentialFor(Scope scope) {
        try {
            return credentials.credentialFor(scope);
        } catch (RuntimeException refused) {
            throw new TokenFailure(refused);
        }
    }

    /**
     * A pipeline of our own: the SDK's would retry, and would register resource providers, which writes.
     */
    private VirtualMachinesClient client(Scope scope, TokenCredential credential) {
        TokenCredential marking =
                request -> credential.getToken(request).onErrorMap(failure -> new TokenFailure(failure));
        HttpPipeline pipeline = new HttpPipelineBuilder()
                .httpClient(httpClient)
                .policies(
                        new UserAgentPolicy("vmsync"),
                        new RequestIdPolicy(),
                        new NextPages(environment),
                        IndexPolicy::asked,
                        new LimitPolicy(scope, governor, mayWait),
                        new AuthenticationPolicy(marking, environment),
                        AzureClients::withoutContentLength,
                        ListPages::checked,
                        Answers::checked)
                .build();
        AzureProfile profile = new AzureProfile(scope.tenant(), scope.subscription(), environment);
        return ComputeManager.authenticate(pipeline, profile).serviceClient().getVirtualMachines();
    }

    /** The SDK sets the length of a GET's body, and its JDK client warns with every call that it may not. */
    private static Mono<HttpResponse> withoutContentLength(
            HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        context.getHttpRequest().getHeaders().remove(HttpHeaderName.CONTENT_LENGTH);
        return next.process();
    }
}
