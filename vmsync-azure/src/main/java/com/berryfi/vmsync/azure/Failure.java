package com.berryfi.vmsync.azure;

import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.UnknownCause;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A call that brought no answer, or not the one that was asked for.
 *
 * @param ofLogin whether there was no token to ask with
 * @param status the HTTP status; 0 if there was none
 * @param code the error code of the body; empty if there was none
 */
record Failure(Observation.Unknown why, boolean ofLogin, int status, String code, AnswerHeaders headers) {

    private static final Pattern OF_ARM = Pattern.compile("(?i)(subscription|tenant|client|principal)\\w*throttled");
    private static final Set<String> GONE = Set.of("resourcenotfound", "resourcegroupnotfound");

    static Failure withoutAnswer(UnknownCause cause, String detail) {
        return new Failure(new Observation.Unknown(cause, detail), false, 0, "", AnswerHeaders.NONE);
    }

    Failure withoutToken() {
        return new Failure(
                new Observation.Unknown(why.cause(), ("no token: " + why.detail()).strip()),
                true,
                status,
                code,
                headers);
    }

    /** Whether it says that the VM, or its group, is not there. Means something in a direct read only. */
    boolean saysMissing() {
        return !ofLogin && status == 404 && GONE.contains(code.toLowerCase(Locale.ROOT));
    }

    /** How long Azure itself refuses further calls; empty if it did not refuse for their number. */
    Optional<Duration> refusal() {
        return status == 429 ? headers.retryAfter() : Optional.empty();
    }

    /** Whether Resource Manager refused, or else the service behind it. Means something in a 429 only. */
    boolean isOfArm() {
        return OF_ARM.matcher(code).matches();
    }

    /** Whether the next call of the scope would fail the same way. */
    boolean endsBatch() {
        if (ofLogin) {
            return true;
        }
        return switch (why.cause()) {
            case UNAUTHENTICATED, SUBSCRIPTION_UNREADABLE -> true;
            case THROTTLED -> headers.retryAfter().isPresent();
            default -> false;
        };
    }
}
