package com.berryfi.vmsync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Alert;
import com.berryfi.vmsync.model.FindingKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page for operators names every alert, with its level and with what ends it, as the code does. */
class AlertsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "operating.md");

    @Test
    void everyAlertHasItsRow() throws IOException {
        List<List<String>> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .filter(cells -> cells.size() == 6)
                .toList();
        assertThat(rows)
                .extracting(cells -> cells.get(1) + " " + cells.get(2) + " " + cells.get(5))
                .containsExactlyInAnyOrderElementsOf(Stream.of(Alert.Kind.values())
                        .map(kind -> "`" + kind + "` " + kind.level() + " " + kind.endsWhen())
                        .toList());
        assertThat(rows).allSatisfy(cells -> assertThat(cells.subList(1, 6)).doesNotContain(""));
    }

    @Test
    void everyFindingIsToldOf() {
        assertThat(FindingKind.values())
                .allSatisfy(finding -> assertThat(Alert.Kind.of(finding)).hasToString(finding.toString()));
    }
}
