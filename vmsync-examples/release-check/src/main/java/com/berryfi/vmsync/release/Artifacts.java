package com.berryfi.vmsync.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What a build has made: jars, and the lists of what is in them.
 *
 * @param byName each by its module and name
 */
record Artifacts(SortedMap<String, Path> byName) {

    /**
     * Those of some modules.
     *
     * @param root the directory of the modules, which were built
     */
    static Artifacts of(Path root, Collection<String> modules) throws IOException {
        SortedMap<String, Path> found = new TreeMap<>();
        for (String module : modules) {
            try (Stream<Path> files = Files.list(root.resolve(module).resolve("target"))) {
                files.filter(Artifacts::isReleased).forEach(file -> found.put(module + "/" + file.getFileName(), file));
            }
        }
        return new Artifacts(found);
    }

    private static boolean isReleased(Path file) {
        String name = file.toString();
        return name.endsWith(".jar") || name.endsWith("bom.json") || name.endsWith("bom.xml");
    }

    long jars() {
        return byName.keySet().stream().filter(name -> name.endsWith(".jar")).count();
    }

    int files() {
        return byName.size();
    }

    /** In which files, and of a jar in which entries, two builds differ; empty if every byte is the same. */
    List<String> differencesFrom(Artifacts other) throws IOException {
        List<String> differences = new ArrayList<>();
        for (String name : namesOfBoth(byName, other.byName)) {
            Path mine = byName.get(name);
            Path theirs = other.byName.get(name);
            if (mine == null || theirs == null) {
                differences.add(name + ": built only once");
            } else if (Files.mismatch(mine, theirs) >= 0) {
                differences.add(name + ": " + (name.endsWith(".jar") ? entriesThatDiffer(mine, theirs) : "differs"));
            }
        }
        return differences;
    }

    private static String entriesThatDiffer(Path one, Path two) throws IOException {
        Map<String, String> first = entries(one);
        Map<String, String> second = entries(two);
        List<String> differing = namesOfBoth(first, second).stream()
                .filter(name -> !Objects.equals(first.get(name), second.get(name)))
                .toList();
        return differing.isEmpty() ? "the same entries, otherwise packed" : String.join(", ", differing);
    }

    private static TreeSet<String> namesOfBoth(Map<String, ?> one, Map<String, ?> two) {
        TreeSet<String> names = new TreeSet<>(one.keySet());
        names.addAll(two.keySet());
        return names;
    }

    private static Map<String, String> entries(Path jar) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                try (InputStream content = zip.getInputStream(entry)) {
                    entries.put(entry.getName(), entry.getTimeLocal() + " " + sha256(content.readAllBytes()));
                }
            }
        }
        return entries;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
