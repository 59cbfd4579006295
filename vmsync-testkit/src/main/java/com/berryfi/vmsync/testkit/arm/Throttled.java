package com.berryfi.vmsync.testkit.arm;

import java.time.Duration;

/** Azure's answers to who asks too often, each with {@code Retry-After} in whole seconds. */
final class Throttled {

    private static final int TOO_MANY = 429;

    private Throttled() {}

    /** Resource Manager's own. */
    static ArmAnswer byArm(Duration retryAfter) {
        return after(
                retryAfter,
                ArmAnswer.error(
                        TOO_MANY,
                        "SubscriptionRequestsThrottled",
                        "Number of requests for the subscription exceeded the limit."));
    }

    /** Compute's, in its flat body. */
    static ArmAnswer byCompute(Duration retryAfter, String target) {
        return after(
                retryAfter,
                new ArmAnswer(
                        TOO_MANY,
                        ArmAnswer.ok(new byte[0]).headers(),
                        ArmJson.flatError("OperationNotAllowed", "TooManyRequests", target)));
    }

    /** The index's. */
    static ArmAnswer byIndex(Duration retryAfter) {
        return after(retryAfter, ArmAnswer.error(TOO_MANY, "RateLimiting", "The quota of the index is used up."));
    }

    private static ArmAnswer after(Duration retryAfter, ArmAnswer answer) {
        return answer.withHeader("Retry-After", Long.toString(retryAfter.toSeconds()));
    }
}
