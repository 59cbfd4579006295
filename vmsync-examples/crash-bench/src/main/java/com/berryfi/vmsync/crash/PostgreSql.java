package com.berryfi.vmsync.crash;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** PostgreSQL from binaries that Maven ships; what is committed is handed to the operating system, which survives. */
final class PostgreSql implements DatabaseServer {

    private final Path folder;
    private final int port;
    private Optional<EmbeddedPostgres> server = Optional.empty();

    PostgreSql(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    @Override
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port
                + "/postgres?user=postgres&options=-c%20lock_timeout=2000&connectTimeout=2&socketTimeout=10";
    }

    private Path data() {
        return folder.resolve("data-" + port);
    }

    @Override
    public void start() throws IOException, InterruptedException {
        server = Optional.of(EmbeddedPostgres.builder()
                .setDataDirectory(data())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setPGStartupWait(PATIENCE)
                .setServerConfig("timezone", "Asia/Kolkata")
                .setServerConfig("fsync", "off")
                .start());
        DatabaseServer.onceUp(url(), "SELECT 1");
    }

    /** By the signal that PostgreSQL's own books call its immediate shutdown: the next start repairs what is left. */
    @Override
    public void crash() throws IOException {
        if (server.isPresent()) {
            // What was started may only have been the postmaster's parent, and over by now.
            long pid = Long.parseLong(
                    Files.readAllLines(data().resolve("postmaster.pid")).get(0));
            Optional<ProcessHandle> postmaster = ProcessHandle.of(pid);
            Signals.send("QUIT", pid);
            postmaster.ifPresent(handle -> handle.onExit().join());
            // Only gives the data back; there is nothing left to stop.
            server.get().close();
            server = Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        crash();
        DatabaseServer.delete(data());
    }
}
