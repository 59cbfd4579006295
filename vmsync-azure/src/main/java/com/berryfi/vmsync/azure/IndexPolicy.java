package com.berryfi.vmsync.azure;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.UrlBuilder;
import reactor.core.publisher.Mono;

/** Asks the index in the place of Compute, where a call wants that: the same list, from another quota. */
final class IndexPolicy {

    /** In a call's context: whether the index is asked. */
    static final String INDEX = "vmsync-index";

    private static final String PARAMETER = "useResourceGraph";

    private IndexPolicy() {}

    static Mono<HttpResponse> asked(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        if ((boolean) context.getData(INDEX).orElse(false)) {
            UrlBuilder url = UrlBuilder.parse(context.getHttpRequest().getUrl());
            context.getHttpRequest()
                    .setUrl(url.setQueryParameter(PARAMETER, "true").toString());
        }
        return next.process();
    }
}
