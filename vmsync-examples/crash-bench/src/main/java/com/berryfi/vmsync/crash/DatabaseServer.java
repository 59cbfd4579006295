package com.berryfi.vmsync.crash;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/** A real database server of this bench, that can be killed and started again on the same data and port. Not thread-safe. */
interface DatabaseServer extends AutoCloseable {

    /** How long a start, with the repair of what a kill left behind, may take. */
    Duration PATIENCE = Duration.ofSeconds(60);

    /** By which JDBC reaches it, the host's tables included. */
    String url();

    /** Starts it, and makes what it needs the first time; returns once it answers. */
    void start() throws IOException, InterruptedException;

    /** Has it die at once, with all its connections. */
    void crash() throws IOException;

    /** As {@link #crash}, and its data are deleted. */
    @Override
    void close() throws IOException;

    /**
     * A server by its name.
     *
     * @param folder for its files
     */
    static DatabaseServer of(String name, Path folder) throws IOException {
        return switch (name) {
            case "mariadb" -> new MariaDb(folder.toAbsolutePath().resolve(name), freePort());
            case "postgresql" -> new PostgreSql(folder.toAbsolutePath().resolve(name), freePort());
            default -> throw new IllegalArgumentException("vmsync.databases: no database " + name);
        };
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }

    /** Runs a statement once the server answers. */
    static void onceUp(String url, String sql) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
                return;
            } catch (SQLException e) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("the database does not come up: " + url, e);
                }
                Thread.sleep(100);
            }
        }
    }

    /** Deletes a folder with all in it, if it is there. */
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
