package com.berryfi.vmsync.azure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Makes mutants of good answers; none of them is a proof that a machine does not run. One seed decides all. */
final class Mutants {

    private static final List<Integer> ERRORS = List.of(
            201, 202, 203, 206, 300, 301, 302, 307, 400, 401, 403, 404, 405, 408, 409, 410, 412, 418, 422, 423, 429,
            499, 500, 501, 502, 503, 504, 599, 999);
    private static final List<String> CONTENT_TYPES = List.of(
            "text/html",
            "application/xml",
            "text/xml; charset=utf-16",
            "application/json; charset=utf-16",
            "application/octet-stream",
            "application/json; charset=nonsense",
            "multipart/mixed",
            "",
            "nonsense",
            "image/png",
            "text/csv");
    private static final List<String> WAITS = List.of(
            "-1",
            "0",
            "1",
            "1e99",
            "soon",
            "NaN",
            "9223372036854775807",
            "-9223372036854775808",
            "99999999999999999999",
            "Fri, 31 Dec 9999 23:59:59 GMT",
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "Fri, 31 Feb 2026 99:99:99 GMT",
            "2026-11-01T12:00:00Z",
            "12.5",
            "0x10",
            " ",
            "1,2");
    private static final List<String> NUMBERS = List.of(
            "NaN",
            "-1",
            "0",
            "1",
            "9223372036854775807",
            "-9223372036854775808",
            "1e99",
            "99999999999999999999",
            "",
            ";",
            ",;,",
            "Microsoft.Compute/HighCostGet;9223372036854775807",
            "Microsoft.Compute/HighCostGet;-5,Microsoft.Compute/LowCostGet;NaN",
            "Microsoft.Compute/HighCostGet",
            ";;;;;0");
    private static final List<String> LIMITS = List.of(
            "x-ms-ratelimit-remaining-subscription-reads",
            "x-ms-ratelimit-remaining-resource",
            "x-ms-ratelimit-remaining-tenant-reads",
            "x-ms-ratelimit-remaining-",
            "x-ms-request-charge");
    private static final List<String> CODES = List.of(
            "",
            "Unheard",
            "SubscriptionNotFound",
            "ReadOnlyDisabledSubscription",
            "AuthorizationFailed",
            "OperationNotAllowed",
            "\\u0000",
            "é",
            "x".repeat(10_000));

    private final SplittableRandom random;
    private final MutantBodies bodies;
    private final String elsewhere;
    private final Proofs proofs;
    private long refused;

    Mutants(SplittableRandom random, String endpoint, String elsewhere, Proofs proofs) {
        this.random = random;
        this.bodies = new MutantBodies(random, endpoint, elsewhere);
        this.elsewhere = elsewhere;
        this.proofs = proofs;
    }

    /** A mutant of a good answer. */
    Mutant of(String good) {
        while (true) {
            Mutant mutant = any(good);
            if (!proofs.isContrary(mutant)) {
                return mutant;
            }
            refused++;
        }
    }

    /** How many were thrown away, for by chance they proved something. */
    long refused() {
        return refused;
    }

    private Mutant any(String good) {
        boolean error = random.nextInt(4) == 0;
        int status = error ? ERRORS.get(random.nextInt(ERRORS.size())) : 200;
        MutantBodies.Spoilt body = bodies.of(error && random.nextBoolean() ? errorBody() : good);
        return new Mutant(body.how(), status, headers(), body.body());
    }

    private String errorBody() {
        String inner = "{\"code\":\"" + pick(CODES) + "\",\"message\":\"m\",\"details\":[{\"code\":\"" + pick(CODES)
                + "\",\"target\":\"t\"}]}";
        return random.nextBoolean() ? inner : "{\"error\":" + inner + "}";
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", random.nextInt(3) == 0 ? pick(CONTENT_TYPES) : "application/json; charset=utf-8");
        if (random.nextInt(4) == 0) {
            headers.put(pick(List.of("Retry-After", "retry-after-ms", "x-ms-retry-after-ms")), pick(WAITS));
        }
        if (random.nextInt(4) == 0) {
            headers.put(pick(LIMITS), pick(NUMBERS));
        }
        if (random.nextInt(8) == 0) {
            headers.put("Content-Encoding", pick(List.of("gzip", "br", "identity", "nonsense")));
        }
        if (random.nextInt(8) == 0) {
            headers.put("x-ms-request-id", pick(List.of("", "r".repeat(8_000), "\t", "<script>")));
        }
        if (random.nextInt(8) == 0) {
            headers.put(
                    pick(List.of("Location", "Azure-AsyncOperation", "WWW-Authenticate", "Date", "ETag")),
                    pick(List.of(elsewhere + "/", "Bearer claims=\"e30=\"", "x", "")));
        }
        return headers;
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
