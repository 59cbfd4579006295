package com.berryfi.vmsync.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainJavaTest {

    private static final String UNTOUCHED = """
            row vm-1: RUNNING, current session s-vm-1; session ACTIVE, billed seconds null
            row vm-2: STOPPED, current session null; session null, billed seconds null
            row vm-3: RUNNING, current session null; session null, billed seconds null
            """;

    @Test
    void firstNothingIsChangedThenWhatIsWrongAndInTheEndTheBillIsThatOfTheMachine() throws SQLException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        PlainJava.run(new PrintStream(bytes, true, StandardCharsets.UTF_8));

        List<String> acts =
                List.of(bytes.toString(StandardCharsets.UTF_8).replace("\r", "").split("\n== .*\n"));
        assertThat(acts).hasSize(4);
        assertThat(acts.get(0)).isEqualTo(UNTOUCHED);
        assertThat(acts.get(1))
                .contains("vm-2: believed STOPPED, found RUNNING, follow-power: WOULD_DO")
                .contains("vm-3: believed RUNNING, found DEALLOCATED, follow-power: WOULD_DO")
                .contains("vmsync drift report", "VMs to correct or to wait for, by rule: 2")
                .endsWith(UNTOUCHED);
        assertThat(acts.get(2))
                .contains("follow-power: DONE")
                .contains("row vm-1: RUNNING, current session s-vm-1; session ACTIVE")
                .contains("row vm-2: RUNNING", "row vm-3: STOPPED");
        // Seen running after 20 min and 60 s for the last time, deallocated right after, found 30 s later.
        assertThat(acts.get(3))
                .contains("+90 s vm-1: believed RUNNING, found DEALLOCATED, end-when-deallocated: DONE")
                .contains("row vm-1: AVAILABLE, current session null; session TERMINATED, billed seconds 1260")
                .contains("charged: s-vm-1 1260 s");
    }
}
