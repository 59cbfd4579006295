package com.berryfi.vmsync.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.exception.ManagementError;
import com.azure.core.management.exception.ManagementException;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.port.PortException;
import com.berryfi.vmsync.port.UnavailableException;
import com.microsoft.aad.msal4j.AuthenticationErrorCode;
import com.microsoft.aad.msal4j.MsalException;
import com.microsoft.aad.msal4j.MsalServiceException;
import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names the cause of whatever the SDK throws. Details hold status, codes and class names; never a message or a body, which
 * could hold anything.
 */
final class Failures {

    private static final int LONGEST_CHAIN = 20;
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,80}");
    private static final Pattern LOGIN_CODE = Pattern.compile("AADSTS\\d+");
    private static final Set<String> NO_SUBSCRIPTION = Set.of(
            "subscriptionnotfound",
            "invalidsubscriptionid",
            "disabledsubscription",
            "readonlydisabledsubscription",
            "subscriptiondisabled");

    private Failures() {}

    static Failure of(Throwable thrown, Instant askedAt) {
        List<Throwable> chain = chainOf(thrown);
        Optional<LimitReached> limit = find(chain, LimitReached.class);
        if (limit.isPresent()) {
            return ofLimit(limit.get());
        }
        Optional<AnswerRefused> refused = find(chain, AnswerRefused.class);
        if (refused.isPresent()) {
            return ofRefused(refused.get(), chain, askedAt);
        }
        if (find(chain, TokenFailure.class).isPresent()) {
            return ofLogin(chain, askedAt).withoutToken();
        }
        return find(chain, HttpResponseException.class)
                .filter(exception -> exception.getResponse() != null)
                .map(exception -> ofAnswer(exception, chain, askedAt))
                .orElseGet(() -> ofTransport(chain));
    }

    private static Failure ofRefused(AnswerRefused refused, List<Throwable> chain, Instant askedAt) {
        AnswerHeaders headers = find(chain, HttpResponseException.class)
                .map(exception -> AnswerHeaders.of(exception.getResponse().getHeaders(), askedAt))
                .orElse(AnswerHeaders.NONE);
        return new Failure(
                new Observation.Unknown(
                        UnknownCause.UNREADABLE_ANSWER, Objects.requireNonNullElse(refused.getMessage(), "")),
                false,
                0,
                "",
                headers);
    }

    /** Where one machine's limit is reached, the others' calls go on. */
    private static Failure ofLimit(LimitReached reached) {
        Optional<Duration> wait = reached.isOfMachine() ? Optional.empty() : Optional.of(reached.pause());
        return new Failure(
                new Observation.Unknown(UnknownCause.THROTTLED, Objects.requireNonNullElse(reached.getMessage(), "")),
                false,
                0,
                "",
                new AnswerHeaders(Optional.empty(), wait, Map.of()));
    }

    private static Failure ofAnswer(HttpResponseException exception, List<Throwable> chain, Instant askedAt) {
        int status = exception.getResponse().getStatusCode();
        AnswerHeaders headers = AnswerHeaders.of(exception.getResponse().getHeaders(), askedAt);
        List<String> codes =
                exception instanceof ManagementException management ? codesOf(management.getValue()) : List.of();
        String code = codes.isEmpty() ? "" : codes.get(0);
        UnknownCause cause = causeOf(status, code, chain);
        String detail = ("HTTP " + status + " " + String.join("/", codes)).strip();
        return new Failure(new Observation.Unknown(cause, detail), false, status, code, headers);
    }

    private static UnknownCause causeOf(int status, String code, List<Throwable> chain) {
        if (NO_SUBSCRIPTION.contains(code.toLowerCase(Locale.ROOT))) {
            return UnknownCause.SUBSCRIPTION_UNREADABLE;
        }
        if (status >= 200 && status < 300) {
            return isBrokenConnection(chain) ? UnknownCause.CONNECTION_FAILED : UnknownCause.UNREADABLE_ANSWER;
        }
        return switch (status) {
            case 401 -> UnknownCause.UNAUTHENTICATED;
            case 403 -> UnknownCause.FORBIDDEN;
            case 408 -> UnknownCause.TIMED_OUT;
            case 429 -> UnknownCause.THROTTLED;
            default -> status >= 500 ? UnknownCause.SERVER_ERROR : UnknownCause.OTHER;
        };
    }

    /** A login that cannot be reached may come back; one that refuses will refuse again. */
    private static Failure ofLogin(List<Throwable> chain, Instant askedAt) {
        Optional<PortException> port = find(chain, PortException.class);
        if (port.isPresent()) {
            return Failure.withoutAnswer(
                    port.get() instanceof UnavailableException
                            ? UnknownCause.CONNECTION_FAILED
                            : UnknownCause.UNAUTHENTICATED,
                    Objects.requireNonNullElse(port.get().getMessage(), ""));
        }
        Optional<BusyLogin> busy = find(chain, BusyLogin.class);
        if (busy.isPresent()) {
            HttpResponse answer = busy.get().answer();
            int status = answer.getStatusCode();
            return new Failure(
                    new Observation.Unknown(causeOf(status, "", chain), "HTTP " + status),
                    false,
                    status,
                    "",
                    AnswerHeaders.of(answer.getHeaders(), askedAt));
        }
        int status = find(chain, MsalServiceException.class)
                .map(MsalServiceException::statusCode)
                .orElse(0);
        String code = chain.stream()
                .flatMap(part -> Stream.ofNullable(part.getMessage()))
                .map(LOGIN_CODE::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .findFirst()
                .orElseGet(() -> chain.get(chain.size() - 1).getClass().getSimpleName());
        UnknownCause cause = status == 429
                ? UnknownCause.THROTTLED
                : status >= 500
                        ? UnknownCause.SERVER_ERROR
                        : saysNothing(chain)
                                ? UnknownCause.UNREADABLE_ANSWER
                                : find(chain, ClientAuthenticationException.class)
                                                        .isPresent()
                                                && !isBrokenConnection(chain)
                                                && !isLate(chain)
                                        ? UnknownCause.UNAUTHENTICATED
                                        : causeWithoutAnswer(chain).orElse(UnknownCause.UNAUTHENTICATED);
        return Failure.withoutAnswer(cause, (status == 0 ? "" : "HTTP " + status + " ") + code);
    }

    private static boolean saysNothing(List<Throwable> chain) {
        return find(chain, MsalException.class)
                .filter(failure -> AuthenticationErrorCode.INVALID_JSON.equals(failure.errorCode()))
                .isPresent();
    }

    private static Failure ofTransport(List<Throwable> chain) {
        Throwable root = chain.get(chain.size() - 1);
        String name = root.getClass().getSimpleName();
        return causeWithoutAnswer(chain)
                .map(cause -> Failure.withoutAnswer(cause, name))
                .orElseGet(() -> Failure.withoutAnswer(UnknownCause.OTHER, name + placeOf(root)));
    }

    /** Where the unexpected came from, for nobody logs its stack trace. */
    private static String placeOf(Throwable unexpected) {
        StackTraceElement[] trace = unexpected.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }

    private static Optional<UnknownCause> causeWithoutAnswer(List<Throwable> chain) {
        if (isEmptyAnswer(chain.get(chain.size() - 1))) {
            return Optional.of(UnknownCause.UNREADABLE_ANSWER);
        }
        if (find(chain, HttpConnectTimeoutException.class).isPresent()) {
            return Optional.of(UnknownCause.CONNECTION_FAILED);
        }
        if (isLate(chain)) {
            return Optional.of(UnknownCause.TIMED_OUT);
        }
        if (isBrokenConnection(chain)) {
            return Optional.of(UnknownCause.CONNECTION_FAILED);
        }
        return find(chain, IOException.class).map(json -> UnknownCause.UNREADABLE_ANSWER);
    }

    /** A login that finds too many others of its credential waiting is late, too. */
    private static boolean isLate(List<Throwable> chain) {
        return Stream.of(HttpTimeoutException.class, TimeoutException.class, RejectedExecutionException.class)
                .anyMatch(late -> find(chain, late).isPresent());
    }

    /** Where an answer has no body the SDK runs into a null of its own. */
    private static boolean isEmptyAnswer(Throwable root) {
        StackTraceElement[] trace = root.getStackTrace();
        return root instanceof NullPointerException
                && trace.length > 0
                && trace[0].getClassName().startsWith("com.azure.resourcemanager.compute.implementation.");
    }

    /** JSON parsers, the SDK's shaded one among them, call their trouble an {@code IOException} too. */
    private static boolean isBrokenConnection(List<Throwable> chain) {
        return chain.stream()
                .anyMatch(part -> part instanceof IOException
                        && !part.getClass().getName().contains("json")
                        && !part.getClass().getName().contains("jackson"));
    }

    private static List<String> codesOf(ManagementError error) {
        if (error == null) {
            return List.of();
        }
        List<String> codes = new ArrayList<>();
        codes.add(Objects.requireNonNullElse(error.getCode(), ""));
        if (error.getDetails() != null) {
            error.getDetails().forEach(detail -> codes.add(Objects.requireNonNullElse(detail.getCode(), "")));
        }
        return codes.stream().filter(code -> CODE.matcher(code).matches()).toList();
    }

    private static List<Throwable> chainOf(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .limit(LONGEST_CHAIN)
                .toList();
    }

    private static <T> Optional<T> find(List<Throwable> chain, Class<T> type) {
        return chain.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
