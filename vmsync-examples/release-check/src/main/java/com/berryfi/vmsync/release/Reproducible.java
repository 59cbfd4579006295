package com.berryfi.vmsync.release;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Builds what is released twice, from two copies of the sources that lie elsewhere, in other time zones and languages, and compares what
 * comes out byte by byte. The last line is {@code REPRODUCIBLE OK …} or {@code REPRODUCIBLE FAILED …}.
 */
public final class Reproducible {

    private Reproducible() {}

    /** With the directory of the sources, the one to work in, Maven's home, and what Maven is told besides. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path sources = Path.of(args[0]).toAbsolutePath().normalize();
        Path work = Path.of(args[1]).toAbsolutePath().normalize();
        ReleaseBuild build =
                new ReleaseBuild(sources, Path.of(args[2]), List.of(args).subList(3, args.length));
        Artifacts first = build.in(work.resolve("one"), "UTC", "en");
        Artifacts second = build.in(work.resolve("two").resolve("and-deeper"), "Asia/Kolkata", "de");
        List<String> differences = first.differencesFrom(second);
        differences.forEach(System.out::println);
        if (first.jars() < ReleaseBuild.MODULES.size()) {
            System.out.println("REPRODUCIBLE FAILED only " + first.jars() + " jars were built");
            System.exit(1);
        }
        System.out.println("REPRODUCIBLE " + (differences.isEmpty() ? "OK" : "FAILED") + " jars=" + first.jars()
                + " files=" + first.files() + " differences=" + differences.size());
        System.exit(differences.isEmpty() ? 0 : 1);
    }
}
