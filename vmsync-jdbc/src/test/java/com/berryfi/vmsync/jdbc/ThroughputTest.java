package com.berryfi.vmsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A slice of the benchmark; how fast it is here, nobody asks. */
class ThroughputTest {

    @Test
    void bothContendersSendTheSameAndLeaveTheSame() throws SQLException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ThroughputMain.run(ThroughputMain.EVERYWHERE, 200, 0, 1, new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(4)
                .last()
                .asString()
                .matches("THROUGHPUT (OK|FAILED) h2=\\d+\\.\\d\\d mariadb=\\d+\\.\\d\\d postgresql=\\d+\\.\\d\\d"
                        + " statements-per-transition=[0-9./]+");
    }

    @Test
    void oneThatIsTooSlowFails() {
        List<Throughput.Result> results = List.of(
                new Throughput.Result("h2", 10, 100, 70, 7, 2), new Throughput.Result("mariadb", 10, 100, 69, 7, 2));

        assertThat(ThroughputMain.isFastEnough(results)).isFalse();
        assertThat(ThroughputMain.verdict(results))
                .isEqualTo("THROUGHPUT FAILED h2=0.70 mariadb=0.69 statements-per-transition=7.0");
        assertThat(ThroughputMain.verdict(results.subList(0, 1)))
                .isEqualTo("THROUGHPUT OK h2=0.70 statements-per-transition=7.0");
    }
}
