package com.berryfi.vmsync.azure;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonToken;
import java.io.IOException;
import reactor.core.publisher.Mono;

/** Refuses a page that holds no list: the SDK takes it for an empty one, and for the last. */
final class ListPages {

    private ListPages() {}

    static Mono<HttpResponse> checked(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        if (!NextPages.isOfList(context)) {
            return next.process();
        }
        return next.process()
                .flatMap(response -> response.getStatusCode() == 200 ? check(response) : Mono.just(response));
    }

    private static Mono<HttpResponse> check(HttpResponse page) {
        return page.getBodyAsByteArray()
                .flatMap(body -> Mono.fromCallable(() -> holdsList(body)))
                .flatMap(holdsList -> holdsList
                        ? Mono.just(page)
                        : Mono.error(new HttpResponseException("the page holds no list", page)))
                .defaultIfEmpty(page);
    }

    /** Reads no further than to the beginning of the list, which comes first. */
    private static boolean holdsList(byte[] body) throws IOException {
        try (JsonReader json = JsonProviders.createReader(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.getFieldName();
                JsonToken value = json.nextToken();
                if (field.equals("value")) {
                    return value == JsonToken.START_ARRAY;
                }
                json.skipChildren();
            }
            return false;
        }
    }
}
