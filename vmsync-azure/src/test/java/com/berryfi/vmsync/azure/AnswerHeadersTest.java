package com.berryfi.vmsync.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What headers say, in all the forms they come in. */
class AnswerHeadersTest {

    private static final Instant ASKED_AT = Instant.parse("2026-11-01T12:00:00Z");
    private static final String HALF_A_MINUTE_LATER = "Sun, 01 Nov 2026 12:00:30 GMT";

    private final HttpHeaders headers = new HttpHeaders();

    @Test
    void aWaitInSeconds() {
        set("Retry-After", "7");
        assertThat(retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void aWaitInMilliseconds() {
        set("Retry-After", "7");
        set("x-ms-retry-after-ms", "900");
        assertThat(retryAfter()).contains(Duration.ofMillis(900));
        set("retry-after-ms", "1500");
        assertThat(retryAfter()).contains(Duration.ofMillis(1500));
    }

    @Test
    void aWaitUntilADateIsMeasuredByTheAnswersOwn() {
        set("Retry-After", HALF_A_MINUTE_LATER);
        set("Date", "Sun, 01 Nov 2026 12:00:10 GMT");
        assertThat(retryAfter()).contains(Duration.ofSeconds(20));
    }

    @Test
    void withoutADateTheCallersClockCounts() {
        set("Retry-After", HALF_A_MINUTE_LATER);
        assertThat(retryAfter()).contains(Duration.ofSeconds(30));
    }

    @Test
    void aWaitThatIsOverOrUnreadableIsNone() {
        for (String none : new String[] {"soon", "0", "-3", "", "Sun, 01 Nov 2026 11:00:00 GMT"}) {
            set("Retry-After", none);
            assertThat(retryAfter()).as(none).isEmpty();
        }
    }

    @Test
    void theRequestIdGoesBeforeTheCorrelationId() {
        assertThat(read().requestId()).isEmpty();
        set("x-ms-correlation-request-id", "correlation");
        assertThat(read().requestId()).contains("correlation");
        set("x-ms-request-id", "request");
        assertThat(read().requestId()).contains("request");
        set("x-ms-request-id", "<script>");
        assertThat(read().requestId()).contains("correlation");
        set("x-ms-correlation-request-id", "r".repeat(101));
        assertThat(read().requestId()).isEmpty();
    }

    @Test
    void quotasAreNamedOneByOne() {
        set("X-MS-RateLimit-Remaining-Subscription-Reads", "11999");
        set("x-ms-ratelimit-remaining-resource", "Microsoft.Compute/HighCostGet;159, Microsoft.Compute/GetVM;x");
        set("x-ms-something-else", "1");

        assertThat(read().quotaLeft())
                .containsOnly(
                        Map.entry("x-ms-ratelimit-remaining-subscription-reads", 11_999L),
                        Map.entry("microsoft.compute/highcostget", 159L));
    }

    private Optional<Duration> retryAfter() {
        return read().retryAfter();
    }

    private AnswerHeaders read() {
        return AnswerHeaders.of(headers, ASKED_AT);
    }

    private void set(String name, String value) {
        headers.set(HttpHeaderName.fromString(name), value);
    }
}
