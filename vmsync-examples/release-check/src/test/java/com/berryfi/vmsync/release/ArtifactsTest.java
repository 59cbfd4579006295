package com.berryfi.vmsync.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactsTest {

    private static final LocalDateTime BUILT = LocalDateTime.of(2026, 11, 1, 0, 0);

    @TempDir
    Path directory;

    @Test
    void theSameBytesDoNotDiffer() throws Exception {
        Artifacts one = built("one", "text", BUILT);
        Artifacts two = built("two", "text", BUILT);

        assertThat(one.differencesFrom(two)).isEmpty();
        assertThat(one.jars()).isEqualTo(1);
        assertThat(one.files()).isEqualTo(2);
    }

    @Test
    void anEntryThatDiffersIsNamedByItsContentOrItsTime() throws Exception {
        Artifacts one = built("one", "text", BUILT);

        assertThat(one.differencesFrom(built("two", "other", BUILT))).containsExactly("m/m.jar: changing.txt");
        assertThat(one.differencesFrom(built("three", "text", BUILT.plusDays(1))))
                .containsExactly("m/m.jar: changing.txt");
    }

    @Test
    void whatOneBuildLeftOutIsNamed() throws Exception {
        Artifacts one = built("one", "text", BUILT);
        built("two", "text", BUILT);
        Files.delete(directory.resolve("two").resolve("m").resolve("target").resolve("m-bom.json"));

        assertThat(one.differencesFrom(Artifacts.of(directory.resolve("two"), List.of("m"))))
                .containsExactly("m/m-bom.json: built only once");
    }

    private Artifacts built(String build, String text, LocalDateTime at) throws IOException {
        Path target =
                Files.createDirectories(directory.resolve(build).resolve("m").resolve("target"));
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(target.resolve("m.jar")))) {
            put(jar, "changing.txt", text, at);
            put(jar, "constant.txt", "text", BUILT);
        }
        Files.writeString(target.resolve("m-bom.json"), "{}");
        Files.writeString(target.resolve("not-released.txt"), build);
        return Artifacts.of(directory.resolve(build), List.of("m"));
    }

    private static void put(ZipOutputStream jar, String name, String text, LocalDateTime at) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(at);
        jar.putNextEntry(entry);
        jar.write(text.getBytes(StandardCharsets.UTF_8));
        jar.closeEntry();
    }
}
