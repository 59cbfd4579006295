package com.berryfi.vmsync.crash;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.management.AzureEnvironment;
import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.azure.AzureCloudStatus;
import com.berryfi.vmsync.jdbc.DatabaseClock;
import com.berryfi.vmsync.jdbc.HostTables;
import com.berryfi.vmsync.jdbc.JdbcSessionStore;
import com.berryfi.vmsync.jdbc.JdbcWorkCoordinator;
import com.berryfi.vmsync.port.UnavailableException;
import com.berryfi.vmsync.testkit.arm.ArmSimulator;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.sql.DataSource;
import reactor.core.publisher.Mono;

/**
 * One replica of a backend: a JVM of its own that synchronises until it is killed. It says {@code UP} once both loops run, hears
 * {@code arm} with a {@link Place}, and {@code release}, and ends with its input.
 */
public final class ReplicaMain {

    static final String UP = "UP";
    static final String ARM = "arm ";
    static final String RELEASE = "release";

    private static final Duration AGAIN = Duration.ofMillis(200);
    private static final int CONNECTIONS = 6;
    private static final int PATIENCE_MILLIS = 3_000;

    private ReplicaMain() {}

    /** Runs; the arguments are its name, the simulator's endpoint, the database's address, by how many seconds its clock is wrong, and the fault. */
    public static void main(String[] args) throws IOException {
        Traps traps = new Traps(System.out);
        // The loops are daemons; this one keeps the replica alive.
        new Thread(() -> listen(traps), "parent").start();
        Sabotage sabotage = Sabotage.valueOf(args[4]);
        HikariDataSource pool = pool(args[2]);
        DataSource trapped = traps.over(pool);
        InstantSource skewed =
                InstantSource.offset(InstantSource.system(), Duration.ofSeconds(Long.parseLong(args[3])));
        JdbcSessionStore store = onceUp(() -> JdbcSessionStore.builder(trapped, HostTables.berryFi(ZoneOffset.UTC))
                .build());
        InstantSource clock = sabotage == Sabotage.OWN_CLOCKS ? skewed : onceUp(() -> DatabaseClock.of(pool, skewed));
        JdbcWorkCoordinator coordinator = onceUp(() -> JdbcWorkCoordinator.of(pool, BenchSettings.LEASE));
        VmSync sync = VmSync.builder(
                        sabotage.in(store),
                        sabotage.in(cloud(args[1])),
                        new Booking(pool, args[0], sabotage != Sabotage.BOOKS_TWICE, traps))
                .withSettings(BenchSettings.sync())
                .withClock(clock)
                .withTicker(System::nanoTime)
                .withCoordinator(coordinator)
                .withBackoff(Duration.ofMillis(50))
                .build();
        sync.start();
        System.out.println(UP);
    }

    private static void listen(Traps traps) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals(RELEASE)) {
                    traps.release();
                } else {
                    traps.arm(Place.valueOf(line.substring(ARM.length())));
                }
            }
        } catch (IOException e) {
            System.err.println("the parent is not heard any longer: " + e);
        }
        Runtime.getRuntime().halt(0);
    }

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE_MILLIS);
        config.setValidationTimeout(1_000);
        // A database that is restarting must not keep the pool from being made.
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /** As a host would that is started while its database is not. */
    private static <T> T onceUp(Supplier<T> what) {
        while (true) {
            try {
                return what.get();
            } catch (UnavailableException e) {
                System.err.println("waits: " + e.getMessage());
                try {
                    Thread.sleep(AGAIN.toMillis());
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw e;
                }
            }
        }
    }

    private static AzureCloudStatus cloud(String endpoint) {
        String url = endpoint + "/";
        TokenCredential credential = request -> Mono.just(new AccessToken(Fleet.TOKEN, OffsetDateTime.MAX));
        return AzureCloudStatus.builder(scope -> credential)
                .withEnvironment(new AzureEnvironment(Map.of(
                        "resourceManagerEndpointUrl", url,
                        "managementEndpointUrl", url,
                        "activeDirectoryEndpointUrl", url,
                        "activeDirectoryResourceId", url,
                        "microsoftGraphResourceId", url)))
                .withHttpClient(new JdkHttpClientBuilder(
                                java.net.http.HttpClient.newBuilder().sslContext(trust()))
                        .build())
                .withNanoTime(() -> System.nanoTime() * BenchSettings.PACE)
                .build();
    }

    /** Trust in every ARM simulator: they all have the testkit's one certificate. */
    private static SSLContext trust() {
        try (ArmSimulator any = ArmSimulator.start(InstantSource.system())) {
            return any.clientContext();
        }
    }
}
