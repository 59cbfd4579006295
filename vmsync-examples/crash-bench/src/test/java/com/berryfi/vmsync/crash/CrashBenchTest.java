package com.berryfi.vmsync.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A slice of the bench: a few kills, a sleep and a restart on one database. */
class CrashBenchTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final Path folder = Path.of("target", "crash-slice");

    @Test
    void noBillIsWrongAfterAFewKills() throws Exception {
        // By this seed the sleep comes first, and the rest while it lasts: a short run.
        Options options = Options.of(List.of("vmsync.kills=2", "vmsync.seed=2705", "vmsync.databases=postgresql"));

        Verdict verdict = onPostgreSql(options);

        assertThat(verdict.faults()).as(bytes.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(verdict.done().kills()).isEqualTo(2);
        assertThat(verdict.done().pauses()).isEqualTo(1);
        assertThat(verdict.done().restarts()).isEqualTo(1);
    }

    /** Where it cannot start, the test is skipped and says why. */
    private Verdict onPostgreSql(Options options) throws Exception {
        try {
            return Run.on("postgresql", options.kills(), options, folder, out);
        } catch (Run.NotToBeHad e) {
            return Assumptions.abort(e.getMessage());
        }
    }

    @Test
    void optionsAreRefusedByName() {
        assertThat(Options.of(List.of("vmsync.kills=7", "vmsync.seed=", "vmsync.sabotage=own-clocks")))
                .satisfies(options -> {
                    assertThat(options.kills()).isEqualTo(7);
                    assertThat(options.databases()).containsExactly("mariadb", "postgresql");
                    assertThat(options.sabotage()).isEqualTo(Sabotage.OWN_CLOCKS);
                });
        assertThatThrownBy(() -> Options.of(List.of("vmsync.kills=many"))).hasMessageContaining("vmsync.kills");
        assertThatThrownBy(() -> Options.of(List.of("vmsync.kills=0"))).hasMessageContaining("vmsync.kills");
        assertThatThrownBy(() -> Options.of(List.of("vmsync.kill=1"))).hasMessageContaining("vmsync.kill=1");
    }

    @Test
    void theLastLineSaysWhatWasDoneAndWhatWasWrong() {
        Verdict good = Verdict.of("mariadb", 50, new Chaos.Done(50, 41, 8, 2), List.of());
        Verdict bad = Verdict.of(
                "postgresql",
                50,
                new Chaos.Done(50, 20, 8, 2),
                List.of(
                        new Fault(Fault.Kind.LOST, "s", "one"),
                        new Fault(Fault.Kind.LOST, "s", "other"),
                        new Fault(Fault.Kind.UNBILLED, "t", "third")));

        assertThat(good.line())
                .isEqualTo("CRASH OK databases=mariadb kills=50 in-transaction=41 pauses=8 restarts=2 lost=0"
                        + " duplicated=0 misordered=0 unbilled=0 overbilled=0 wrongful=0");
        assertThat(good.and(bad).line())
                .startsWith("CRASH FAILED databases=mariadb,postgresql kills=100 in-transaction=61 pauses=16 restarts=4"
                        + " lost=1 duplicated=0 misordered=0 unbilled=1 overbilled=0 wrongful=0 (postgresql: 20 kills");
    }
}
