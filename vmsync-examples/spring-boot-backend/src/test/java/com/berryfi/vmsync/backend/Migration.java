package com.berryfi.vmsync.backend;

import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.PatchFailedException;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The migration as a diff of this module's sources, and the backend that it began with. */
final class Migration {

    static final Path DIFF = Path.of("migration.diff");
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Path RESOURCES = Path.of("src", "main", "resources");

    private static final Pattern HUNK = Pattern.compile("@@ -(\\S+) \\+(\\S+) @@.*");
    private static final Pattern VMSYNC = Pattern.compile("/vmsync-[a-z-]+/target/|/vmsync-[^/]+\\.jar$");

    private Migration() {}

    /** A file as it was and as it is; without lines where there was, or is, none. */
    record Changed(List<String> before, List<String> after) {}

    /** Every file that the diff speaks of, by its path in this module. */
    static Map<Path, Changed> files() throws IOException, PatchFailedException {
        Map<Path, Changed> files = new LinkedHashMap<>();
        for (String section : Files.readString(DIFF).split("(?m)^(?=--- )", -1)) {
            List<String> lines = section.lines().toList();
            if (lines.isEmpty()) {
                continue;
            }
            Optional<Path> from = path(lines.get(0).substring("--- ".length()));
            Optional<Path> to = path(lines.get(1).substring("+++ ".length()));
            List<String> after = to.isPresent() ? Files.readAllLines(to.get()) : List.of();
            List<String> before =
                    UnifiedDiffUtils.parseUnifiedDiff(undoing(lines)).applyTo(after);
            files.put(from.or(() -> to).orElseThrow(), new Changed(before, after));
        }
        return files;
    }

    /** The diff the other way round; to apply it fails where the sources are not what it leads to. */
    private static List<String> undoing(List<String> lines) {
        List<String> undoing = new ArrayList<>(List.of(lines.get(0), lines.get(1)));
        for (String line : lines.subList(2, lines.size())) {
            Matcher hunk = HUNK.matcher(line);
            if (hunk.matches()) {
                undoing.add("@@ -" + hunk.group(2) + " +" + hunk.group(1) + " @@");
            } else if (line.startsWith("-")) {
                undoing.add("+" + line.substring(1));
            } else if (line.startsWith("+")) {
                undoing.add("-" + line.substring(1));
            } else {
                undoing.add(line);
            }
        }
        return undoing;
    }

    private static Optional<Path> path(String name) {
        return name.equals("/dev/null") ? Optional.empty() : Optional.of(Path.of(name.substring("a/".length())));
    }

    /** The classes and resources of the backend as it was. */
    static Path compiledBefore(Path directory) throws IOException, PatchFailedException {
        Path sources = directory.resolve("sources");
        Path classes = Files.createDirectories(directory.resolve("classes"));
        copy(SOURCES, sources);
        copy(RESOURCES, classes);
        for (Map.Entry<Path, Changed> file : files().entrySet()) {
            Path path = file.getKey();
            Path target = path.startsWith(SOURCES)
                    ? sources.resolve(SOURCES.relativize(path))
                    : classes.resolve(RESOURCES.relativize(path));
            Files.deleteIfExists(target);
            if (!file.getValue().before().isEmpty()) {
                Files.write(target, file.getValue().before());
            }
        }
        compile(sources, classes);
        return classes;
    }

    /** A loader of its own, to which vmsync is unknown. */
    static URLClassLoader loaderOf(Path classes) throws MalformedURLException {
        List<URL> urls = new ArrayList<>(List.of(classes.toUri().toURL()));
        for (String entry : classPath().split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static void compile(Path sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
                Stream<Path> files = Files.walk(sources)) {
            List<Path> java =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            boolean compiled = compiler.getTask(
                            complaints,
                            manager,
                            null,
                            List.of("-parameters", "-proc:none", "-d", classes.toString(), "-classpath", classPath()),
                            null,
                            manager.getJavaFileObjectsFromPaths(java))
                    .call();
            if (!compiled) {
                throw new IllegalStateException("the backend as it was does not compile: " + complaints);
            }
        }
    }

    /** Without vmsync and without the backend as it is; Surefire hides it behind a jar that holds a manifest alone. */
    private static String classPath() {
        String whole = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String module = Path.of("").toAbsolutePath().toString();
        return Stream.of(whole.split(File.pathSeparator, -1))
                .filter(entry ->
                        !entry.startsWith(module) && !VMSYNC.matcher(entry).find())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
