package com.berryfi.vmsync.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.management.AzureEnvironment;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SettingMap;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.port.CloudStatusPort;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the power of Azure VMs through the Azure SDK. Strictly read-only: it sends GETs, registers no resource provider, and
 * retries nothing, so that one owner does. Thread-safe; blocks for as long as a request allows, tokens and all pages
 * included.
 *
 * <p>A list is the subscription's status list, {@code statusOnly=true}, one call a page. A direct read is one GET of the
 * machine with its instance view. An address is a full ARM id or a name with its resource group, in any case.
 */
public final class AzureCloudStatus implements CloudStatusPort {

    private static final Set<UnknownCause> OF_ONE_ADDRESS =
            Set.of(UnknownCause.MALFORMED_ADDRESS, UnknownCause.DUPLICATE_ADDRESS, UnknownCause.NO_POWER_STATE);

    /** What every setting of this module begins with. */
    public static final String PREFIX = "azure.status.sync.azure.";

    private final AzureClients clients;

    private AzureCloudStatus(AzureClients clients) {
        this.clients = clients;
    }

    /**
     * An adapter that reads with these credentials.
     *
     * @param credentials which credential reads a scope; see its factories
     */
    public static Builder builder(AzureCredentials credentials) {
        return new Builder(credentials);
    }

    @Override
    public Reading read(Request request) {
        AddressBook book = AddressBook.of(request.scope(), request.addresses());
        Reading reading = request.kind() == ReadKind.LIST ? list(request, book) : direct(request, book);
        forgetIfRefused(
                request.scope(),
                Stream.concat(
                        reading.failure().stream(),
                        unknownsOf(reading.evidence().values())));
        return reading;
    }

    /**
     * Lists all machines of a scope's subscription, with their power: for tools that want to see before they manage.
     *
     * @param atMost how long the whole call may take
     * @return what was listed, and whether that is all; nothing is thrown
     */
    public AzureFleet fleet(Scope scope, Duration atMost) {
        ListRead.Result result = ListRead.run(clients::machines, scope, key -> true, Instant.EPOCH, atMost);
        Optional<Observation.Unknown> failure = result.failure().map(Failure::why);
        forgetIfRefused(scope, failure.stream());
        Map<String, Observation> machines = new LinkedHashMap<>();
        result.wanted().values().forEach(listed -> machines.put(listed.resourceId(), listed.observation()));
        return new AzureFleet(
                machines,
                failure,
                result.failure().flatMap(why -> why.headers().retryAfter()),
                namelessOf(scope, result).stream().toList());
    }

    /** A token that was refused once is not sent again. */
    private void forgetIfRefused(Scope scope, Stream<Observation.Unknown> unknowns) {
        if (unknowns.anyMatch(unknown -> unknown.cause() == UnknownCause.UNAUTHENTICATED)) {
            clients.forget(scope);
        }
    }

    private static Optional<String> namelessOf(Scope scope, ListRead.Result result) {
        return result.nameless() == 0
                ? Optional.empty()
                : Optional.of("the list of " + scope + " holds " + result.nameless() + " entries without an id");
    }

    private Reading list(Request request, AddressBook book) {
        Map<String, CloudAddress> asked = book.readable().stream()
                .collect(Collectors.toMap(entry -> entry.azure().key(), AddressBook.Entry::asked));
        ListRead.Result result = ListRead.run(
                clients::machines, request.scope(), asked::containsKey, request.askedAt(), request.atMost());
        Map<CloudAddress, Evidence> evidence = problemsOf(request, book);
        result.wanted()
                .forEach((key, listed) -> evidence.put(
                        Objects.requireNonNull(asked.get(key)),
                        evidence(request, listed.observation(), listed.requestId())));
        List<String> notices = new ArrayList<>();
        if (result.failure().isEmpty()
                && result.named() == 0
                && !request.addresses().isEmpty()) {
            notices.add("the list of " + request.scope() + " is complete and names no machine, though "
                    + request.addresses().size() + " were asked for");
        }
        namelessOf(request.scope(), result).ifPresent(notices::add);
        return new Reading(
                evidence,
                result.failure().isEmpty(),
                result.named(),
                result.failure().map(Failure::why),
                result.failure().flatMap(failure -> failure.headers().retryAfter()),
                result.quotaLeft(),
                notices);
    }

    private Reading direct(Request request, AddressBook book) {
        List<AzureAddress> addresses =
                book.readable().stream().map(AddressBook.Entry::azure).toList();
        Map<String, DirectRead.Answer> answers =
                DirectRead.run(clients::machines, request.scope(), addresses, request.askedAt(), request.atMost());
        Map<CloudAddress, Evidence> evidence = problemsOf(request, book);
        Map<String, Long> quotaLeft = new HashMap<>();
        Optional<Duration> retryAfter = Optional.empty();
        for (AddressBook.Entry entry : book.readable()) {
            DirectRead.Answer answer =
                    Objects.requireNonNull(answers.get(entry.azure().key()));
            evidence.put(
                    entry.asked(),
                    evidence(request, answer.observation(), answer.headers().requestId()));
            answer.headers().quotaLeft().forEach((limit, left) -> quotaLeft.merge(limit, left, Math::min));
            retryAfter = Stream.concat(retryAfter.stream(), answer.headers().retryAfter().stream())
                    .max(Comparator.naturalOrder());
        }
        Optional<Observation.Unknown> failure = failureOf(evidence);
        return new Reading(evidence, failure.isEmpty(), 0, failure, retryAfter, quotaLeft, List.of());
    }

    /**
     * What another try may cure goes first, for it is worth one; then a cause that concerns the scope before one that
     * concerns a single address.
     */
    private static Optional<Observation.Unknown> failureOf(Map<CloudAddress, Evidence> evidence) {
        return unknownsOf(evidence.values())
                .min(Comparator.comparing((Observation.Unknown unknown) ->
                                !unknown.cause().isTransient())
                        .thenComparing(unknown -> OF_ONE_ADDRESS.contains(unknown.cause()))
                        .thenComparing(Observation.Unknown::cause)
                        .thenComparing(Observation.Unknown::detail));
    }

    private static Stream<Observation.Unknown> unknownsOf(Collection<Evidence> evidence) {
        return evidence.stream()
                .map(Evidence::observation)
                .filter(Observation.Unknown.class::isInstance)
                .map(Observation.Unknown.class::cast);
    }

    private static Map<CloudAddress, Evidence> problemsOf(Request request, AddressBook book) {
        Map<CloudAddress, Evidence> evidence = new HashMap<>();
        book.problems().forEach((asked, problem) -> evidence.put(asked, evidence(request, problem, Optional.empty())));
        return evidence;
    }

    private static Evidence evidence(Request request, Observation observation, Optional<String> requestId) {
        return new Evidence(observation, request.kind(), request.askedAt(), requestId);
    }

    /** Makes an adapter; each setting has a default. Not thread-safe. */
    public static final class Builder {

        private final AzureCredentials credentials;
        private AzureEnvironment environment = AzureEnvironment.AZURE;
        private Optional<HttpClient> httpClient = Optional.empty();

        private Builder(AzureCredentials credentials) {
            this.credentials = credentials;
        }

        /**
         * Which Azure: endpoints of management and login. Default: the public cloud.
         *
         * @throws IllegalArgumentException if the environment lacks its management, login or Microsoft Graph endpoint, the
         *     last of which the SDK insists on though nothing here calls it, or if one is not https
         */
        public Builder withEnvironment(AzureEnvironment value) {
            https("resource manager", value.getResourceManagerEndpoint());
            https("Active Directory", value.getActiveDirectoryEndpoint());
            https("Microsoft Graph", value.getMicrosoftGraphEndpoint());
            environment = value;
            return this;
        }

        /**
         * Reads {@code azure.status.sync.azure.*}; keys of other prefixes are passed over. {@code environment} is
         * {@code public}, which is the default, {@code china} or {@code us-government}.
         *
         * @throws IllegalArgumentException if a key is unknown or a value is bad; the message names the key
         */
        public Builder withSettings(Map<String, String> properties) {
            SettingMap map = SettingMap.of(PREFIX, properties, Set.of("environment"), Set.of());
            return withEnvironment(map.choice(
                    "environment",
                    Map.of(
                            "public", AzureEnvironment.AZURE,
                            "china", AzureEnvironment.AZURE_CHINA,
                            "us-government", AzureEnvironment.AZURE_US_GOVERNMENT),
                    environment));
        }

        /** The HTTP client for all calls, logins included. Default: one over the JDK's own. */
        public Builder withHttpClient(HttpClient value) {
            httpClient = Optional.of(value);
            return this;
        }

        /** The adapter. Sends nothing yet. */
        public AzureCloudStatus build() {
            HttpClient client = httpClient.orElseGet(() -> new JdkHttpClientBuilder().build());
            return new AzureCloudStatus(
                    new AzureClients(credentials.through(client, environment), environment, client));
        }

        private static void https(String name, @Nullable String endpoint) {
            if (endpoint == null || !endpoint.startsWith("https://")) {
                throw new IllegalArgumentException(
                        "environment: its " + name + " endpoint must be an https address, is " + endpoint);
            }
        }
    }
}
