package com.berryfi.vmsync.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide shows the diff that {@link MigrationTest} runs, and the diff leads to the backend as it is. */
class MigrationGuideTest {

    private static final Path GUIDE = Path.of("..", "..", "docs", "migrating.md");
    private static final Pattern SHOWN = Pattern.compile("```diff\\n(.*?)```", Pattern.DOTALL);

    @Test
    void theGuideShowsTheDiffThatIsRun() throws Exception {
        Matcher shown = SHOWN.matcher(Files.readString(GUIDE));

        assertThat(shown.find()).isTrue();
        assertThat(shown.group(1)).isEqualTo(Files.readString(Migration.DIFF));
        assertThat(Migration.files().values())
                .hasSizeGreaterThan(3)
                .allSatisfy(file -> assertThat(file.before()).isNotEqualTo(file.after()));
    }
}
