package com.berryfi.vmsync.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.management.AzureEnvironment;
import com.berryfi.vmsync.azure.limit.Governor;
import com.berryfi.vmsync.azure.limit.ListSizes;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SettingMap;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.port.VmPowerPort;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the power of Azure VMs through the Azure SDK. Strictly read-only: it sends GETs, registers no resource provider, and
 * retries nothing, so that one owner does; only who asks for {@link #power()} has something that changes a machine. Thread-safe;
 * blocks for as long as a request allows, tokens and all pages included.
 *
 * <p>A list is the subscription's status list, {@code statusOnly=true}, one call a page. A direct read is one GET of the
 * machine with its instance view. An address is a full ARM id or a name with its resource group, in any case.
 *
 * <p>It keeps to a share of every limit that Azure documents, half by default, in each scope by itself, and sends nothing that Azure
 * asked not to send. Where a list is asked for it chooses what takes the smaller part of what is left: the list, whose length it has
 * learned, or each VM by itself; and where neither can be had, the list from Azure's index, of which it tells as of rumours.
 */
public final class AzureCloudStatus implements CloudStatusPort {

    /** What every setting of this module begins with. */
    public static final String PREFIX = "azure.status.sync.azure.";

    private static final Set<String> KEYS = Set.of("environment", "limit.share.percent", "index.enabled");
    private static final int INDEX_DOES_NOT_SERVE = 422;

    private final AzureClients clients;
    private final Governor governor;
    private final DirectReadings directs;
    private final ListReadings lists;
    private final Planner planner;
    private final ScopeBreakers breakers;

    private AzureCloudStatus(AzureClients clients, Governor governor, boolean useIndex, LongSupplier nanoTime) {
        ListSizes sizes = new ListSizes();
        this.clients = clients;
        this.governor = governor;
        this.directs = new DirectReadings(clients, governor);
        this.lists = new ListReadings(clients, governor, sizes);
        this.planner = new Planner(governor, sizes, useIndex, nanoTime::getAsLong);
        this.breakers = new ScopeBreakers(nanoTime::getAsLong);
    }

    /**
     * An adapter that reads with these credentials.
     *
     * @param credentials which credential reads a scope; see its factories
     * @return a builder with the defaults of all settings
     */
    public static Builder builder(AzureCredentials credentials) {
        return new Builder(credentials);
    }

    /** {@return all settings of this module, by their whole names} */
    public static Set<String> keys() {
        return KEYS.stream().map(PREFIX::concat).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean keepsLimits() {
        return true;
    }

    @Override
    public Reading read(Request request) {
        AddressBook book = AddressBook.of(request.scope(), request.addresses());
        Call call = new Call(request.askedAt(), request.atMost(), request.sync() == SyncKind.FULL);
        Reading reading = request.kind() == ReadKind.DIRECT
                ? directs.read(request, book, call)
                : breakers.guarded(request.scope(), () -> all(request, book, call));
        forgetIfRefused(
                request.scope(),
                Stream.concat(
                        reading.failure().stream(),
                        Evidences.unknownsOf(reading.evidence().values())));
        return reading;
    }

    /**
     * Lists all machines of a scope's subscription, with their power: for tools that want to see before they manage.
     *
     * @param scope whose subscription is listed, read with its credential
     * @param atMost how long the whole call may take
     * @return what was listed, and whether that is all; nothing is thrown
     */
    public AzureFleet fleet(Scope scope, Duration atMost) {
        AzureFleet fleet = lists.fleet(scope, new Call(Instant.EPOCH, atMost, true));
        forgetIfRefused(scope, fleet.failure().stream());
        return fleet;
    }

    /**
     * What deallocates machines with the same credentials, over the same clients and within the same limits: for hosts that want orphans
     * ended. Each call reads the machine once more, and sends nothing if it is deallocated already or about to be. It does not wait
     * until the machine is off. Its failures hold statuses and error codes, never a body.
     *
     * <p>A machine that is not there, an address that is none, and what Azure refuses for good end in a {@code RejectedException}; a
     * read that brought no power, throttling, a time-out, a broken connection or a 5xx in an {@code UnavailableException}.
     *
     * @return a port that is thread-safe, and blocks as long as its calls take
     */
    public VmPowerPort power() {
        return new AzureVmPower(this, clients, governor);
    }

    private Reading all(Request request, AddressBook book, Call call) {
        Planner.Choice choice = planner.choose(request.scope(), book.readable().size(), call);
        return switch (choice.way()) {
            case LIST -> lists.read(request, book, call);
            case ONE_BY_ONE -> oneByOne(request, book, call);
            case INDEX -> fromIndex(request, book, call);
            case NOT_NOW ->
                Reading.incomplete(
                        Map.of(),
                        0,
                        new Observation.Unknown(UnknownCause.THROTTLED, "our share of Azure's limits is used up"),
                        Optional.of(choice.openIn()));
        };
    }

    private Reading oneByOne(Request request, AddressBook book, Call call) {
        Reading reading = DirectReadings.insteadOfList(directs.read(request, book, call));
        if (!reading.complete()) {
            planner.noteNotOneByOne(request.scope());
        }
        return reading;
    }

    private Reading fromIndex(Request request, AddressBook book, Call call) {
        Reading reading = lists.fromIndex(request, book, call);
        if (reading.failure()
                .filter(failure -> failure.detail().startsWith("HTTP " + INDEX_DOES_NOT_SERVE))
                .isPresent()) {
            planner.noteWithoutIndex(request.scope());
        }
        return reading;
    }

    /** A token that was refused once is not sent again. */
    private void forgetIfRefused(Scope scope, Stream<Observation.Unknown> unknowns) {
        if (unknowns.anyMatch(unknown -> unknown.cause() == UnknownCause.UNAUTHENTICATED)) {
            clients.forget(scope);
        }
    }

    /** Makes an adapter; each setting has a default. Not thread-safe. */
    public static final class Builder {

        private final AzureCredentials credentials;
        private AzureEnvironment environment = AzureEnvironment.AZURE;
        private Optional<HttpClient> httpClient = Optional.empty();
        private int sharePercent = 50;
        private boolean useIndex = true;
        private Optional<LongSupplier> nanoTime = Optional.empty();

        private Builder(AzureCredentials credentials) {
            this.credentials = credentials;
        }

        /**
         * Which Azure: endpoints of management and login. Default: the public cloud.
         *
         * @param value the environment; one of the SDK's, or the host's own
         * @return this builder
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
         * {@code public}, which is the default, {@code china} or {@code us-government}; {@code limit.share.percent} is which part of
         * each of Azure's limits may be used, 1 to 100, by default 50; {@code index.enabled}, by default {@code true}, is whether
         * Azure's index may be asked where the limits leave no list.
         *
         * @param properties settings by their whole names; empty changes nothing
         * @return this builder
         * @throws IllegalArgumentException if a key is unknown or a value is bad; the message names the key
         */
        public Builder withSettings(Map<String, String> properties) {
            SettingMap map = SettingMap.of(PREFIX, properties, KEYS, Set.of());
            sharePercent = map.number("limit.share.percent", 1, 100, sharePercent);
            useIndex = map.flag("index.enabled", useIndex);
            return withEnvironment(map.choice(
                    "environment",
                    Map.of(
                            "public", AzureEnvironment.AZURE,
                            "china", AzureEnvironment.AZURE_CHINA,
                            "us-government", AzureEnvironment.AZURE_US_GOVERNMENT),
                    environment));
        }

        /**
         * The HTTP client for all calls, logins included. Default: one over the JDK's own.
         *
         * @param value a client that is safe for several threads; vmsync does not close it
         * @return this builder
         */
        public Builder withHttpClient(HttpClient value) {
            httpClient = Optional.of(value);
            return this;
        }

        /**
         * By what the limits are refilled, and scopes that fail are left alone, in nanoseconds from anywhere. Default:
         * {@link System#nanoTime}, by which a call waits for its turn as long as it may; by another clock it is refused at once.
         *
         * @param value the clock, in nanoseconds; only differences count
         * @return this builder
         */
        public Builder withNanoTime(LongSupplier value) {
            nanoTime = Optional.of(value);
            return this;
        }

        /** {@return a new adapter, thread-safe, which has sent nothing yet} */
        public AzureCloudStatus build() {
            HttpClient client = httpClient.orElseGet(() -> new JdkHttpClientBuilder().build());
            LongSupplier ticker = nanoTime.orElse(System::nanoTime);
            Governor governor = new Governor(sharePercent, ticker);
            AzureClients clients = new AzureClients(
                    credentials.through(client, environment), environment, client, governor, nanoTime.isEmpty());
            return new AzureCloudStatus(clients, governor, useIndex, ticker);
        }

        private static void https(String name, @Nullable String endpoint) {
            if (endpoint == null || !endpoint.startsWith("https://")) {
                throw new IllegalArgumentException(
                        "environment: its " + name + " endpoint must be an https address, is " + endpoint);
            }
        }
    }
}
