package com.berryfi.vmsync.azure;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.management.AzureEnvironment;
import java.net.URI;
import java.net.URL;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/**
 * Goes where a list leads only if that is the same Azure, so that no other host is given a token, and was not read before, so that a
 * list that leads to itself ends. The SDK goes anywhere.
 */
final class NextPages implements HttpPipelinePolicy {

    /** In a call's context, of lists only: the {@link Asked}. */
    static final String ASKED = "vmsync-pages-asked";

    /** The pages that one list has asked for. Thread-safe. */
    static final class Asked {

        private final Set<String> urls = ConcurrentHashMap.newKeySet();

        private boolean isNew(URL page) {
            return urls.add(page.toString());
        }
    }

    private final URI endpoint;

    NextPages(AzureEnvironment environment) {
        this.endpoint = URI.create(environment.getResourceManagerEndpoint());
    }

    /** Whether a call is one of a list. */
    static boolean isOfList(HttpPipelineCallContext context) {
        return asked(context).isPresent();
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        URL url = context.getHttpRequest().getUrl();
        if (!isOfEndpoint(url)) {
            return Mono.error(new AnswerRefused("the next page is not at " + endpoint));
        }
        if (asked(context).filter(asked -> !asked.isNew(url)).isPresent()) {
            return Mono.error(new AnswerRefused("the next page is one that was read before"));
        }
        return next.process();
    }

    private static Optional<Asked> asked(HttpPipelineCallContext context) {
        return context.getData(ASKED).map(Asked.class::cast);
    }

    private boolean isOfEndpoint(URL url) {
        return url.getProtocol().equalsIgnoreCase(endpoint.getScheme())
                && url.getHost().equalsIgnoreCase(endpoint.getHost())
                && portOf(url.getPort(), url) == portOf(endpoint.getPort(), url);
    }

    private static int portOf(int named, URL url) {
        return named < 0 ? url.getDefaultPort() : named;
    }
}
