package com.berryfi.vmsync.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The licences of what hosts get with vmsync, as the poms of it name them. */
class LicencesTest {

    private static final Path PAGE = Pom.ROOT.resolve("docs").resolve("licences.md");
    private static final Path FOUND = Path.of("target", "licences", "licences.md");
    private static final String ROW = "| `";

    /** Licences that a backend may ship with; of several that may be chosen from, one is enough. */
    private static final Set<String> ACCEPTED = Set.of("Apache-2.0", "MIT", "MIT-0", "EPL-2.0");

    @Test
    void thePageNamesWhatIsThere() throws Exception {
        List<String> found = rows(FOUND);
        if (Boolean.getBoolean("vmsync.docs.write")) {
            List<String> head = Files.readAllLines(PAGE).stream()
                    .takeWhile(line -> !line.startsWith(ROW))
                    .toList();
            Files.write(PAGE, head);
            Files.write(PAGE, found, StandardOpenOption.APPEND);
        }
        assertThat(rows(PAGE)).isEqualTo(found).isNotEmpty();
    }

    @Test
    void everyLicenceIsOneOfThoseThatWereThoughtAbout() throws Exception {
        assertThat(rows(FOUND)).allSatisfy(row -> assertThat(licences(row)).containsAnyElementsOf(ACCEPTED));
    }

    private static List<String> licences(String row) {
        return List.of(row.split("\\|", -1)[2].strip().split(" or ", -1));
    }

    private static List<String> rows(Path file) throws Exception {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(ROW))
                .sorted()
                .toList();
    }
}
