package com.berryfi.vmsync.release;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A build of what is released, by a Maven of its own.
 *
 * @param sources the directory of the root's {@code pom.xml}
 * @param mavenHome where Maven lies
 * @param options what Maven is told besides
 */
record ReleaseBuild(Path sources, Path mavenHome, List<String> options) {

    /** The modules with jars that are released. */
    static final List<String> MODULES =
            List.of("vmsync-core", "vmsync-testkit", "vmsync-azure", "vmsync-jdbc", "vmsync-spring-boot-starter");

    private static final Set<String> NO_SOURCES = Set.of("target", ".git", ".idea");

    /**
     * Copies the sources and builds the copy.
     *
     * @param copy where to; what lies there is deleted
     * @param zone the time zone that Maven runs in
     * @param language the language that Maven runs in
     * @throws IllegalStateException if the build fails
     */
    Artifacts in(Path copy, String zone, String language) throws IOException, InterruptedException {
        delete(copy);
        copyTo(copy);
        List<String> command = new ArrayList<>(List.of(
                mavenHome.resolve("bin").resolve("mvn").toString(),
                "-q",
                "-B",
                "-DskipTests",
                "-Prelease",
                "-Dspotless.check.skip",
                "-pl",
                String.join(",", MODULES)));
        command.addAll(options);
        command.add("package");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(copy.toFile()).inheritIO();
        builder.environment()
                .putAll(Map.of("TZ", zone, "MAVEN_OPTS", "-Duser.timezone=" + zone + " -Duser.language=" + language));
        int exit = builder.start().waitFor();
        if (exit != 0) {
            throw new IllegalStateException("the build in " + copy + " failed: exit " + exit);
        }
        return Artifacts.of(copy, MODULES);
    }

    private void copyTo(Path copy) throws IOException {
        Files.walkFileTree(sources, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (NO_SOURCES.contains(String.valueOf(directory.getFileName()))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(copy.resolve(sources.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, copy.resolve(sources.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
