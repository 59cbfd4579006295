package com.berryfi.vmsync.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each part that needs no real pace, with a fleet that is small; how fast it was is not asked here. */
class BenchmarkTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final Figures figures = new Figures();

    @Test
    void aListTakesACallAPageAndTheNaiveLoopTwoAVm() throws Exception {
        ListPart.run(List.of(20), figures, out);

        assertThat(figures.of("list.20.vmsync.calls")).isEqualTo(1);
        assertThat(figures.of("list.20.naive-in-turn.calls")).isEqualTo(40);
        assertThat(figures.of("list.20.naive-in-turn.received.MiB"))
                .isGreaterThan(figures.of("list.20.vmsync.received.MiB"));
        assertThat(figures.of("list.20.vmsync.allocated.MiB")).isPositive();
        assertThat(figures.checks()).isNotEmpty().allMatch(Figures.Check::held);
    }

    @Test
    void aGeneratedFleetIsSynchronisedInAJvmOfItsOwn() throws Exception {
        MillionPart.run(2_000, 4, figures, out);

        assertThat(figures.of("million.first.corrected")).isEqualTo(20);
        assertThat(figures.of("million.second.outOfStep")).isZero();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("com.berryfi.vmsync.model.Sighting");
        assertThat(figures.checks()).hasSizeGreaterThan(1).allMatch(Figures.Check::held);
    }

    @Test
    void aHintedStopSuspendsTheMetering() throws Exception {
        DetectionPart.run(50, 3, figures, out);

        assertThat(figures.of("detection.hinted.p50.ms"))
                .isPositive()
                .isLessThan(figures.of("detection.polled.p50.ms"));
    }

    @Test
    void theLastLineSaysWhetherAllChecksHeldAndTheFileHoldsTheFigures(@TempDir Path folder) throws IOException {
        figures.put("some.calls", 10);
        assertThat(figures.verdict()).startsWith("BENCHMARK FAILED");

        figures.exactly("some.calls", 10);
        assertThat(figures.verdict()).startsWith("BENCHMARK OK some.calls = 10 (10)");

        figures.atMost("some.calls", 9);
        assertThat(figures.verdict()).startsWith("BENCHMARK FAILED").contains("some.calls <= 9 (10, NOT HELD)");
        assertThat(figures.allHeld()).isFalse();

        Path file = folder.resolve("figures.json");
        figures.write(file);
        assertThat(Files.readString(file))
                .contains("\"some.calls\":10.0")
                .contains("{\"what\":\"some.calls <= 9\",\"held\":false,\"found\":10.0}");
        assertThatThrownBy(() -> figures.of("another"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("some.calls");
    }
}
