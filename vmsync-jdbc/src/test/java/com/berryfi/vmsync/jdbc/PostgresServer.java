package com.berryfi.vmsync.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.Assumptions;

/** The one PostgreSQL of this process, from binaries that Maven ships; its data are in a folder for temporary files, and deleted with it; its port is free. */
final class PostgresServer {

    private PostgresServer() {}

    /** Starts it if need be; where it cannot start, the test is skipped and says why. */
    static String url() {
        Assumptions.assumeTrue(Started.WHY_NOT.isEmpty(), Started.WHY_NOT);
        return Started.URL;
    }

    /** Is started as it is first used, and stopped as the process ends. */
    private static final class Started {

        static final String URL;
        static final String WHY_NOT;

        static {
            String url = "";
            String whyNot = "";
            try {
                url = start().getJdbcUrl("postgres", "postgres");
            } catch (IOException | RuntimeException | LinkageError e) {
                whyNot = "there is no PostgreSQL to be had here: " + e;
            }
            URL = url;
            WHY_NOT = whyNot;
        }

        private static EmbeddedPostgres start() throws IOException {
            return EmbeddedPostgres.builder()
                    .setServerConfig("timezone", "Asia/Kolkata")
                    .setServerConfig("fsync", "off")
                    .start();
        }
    }
}
