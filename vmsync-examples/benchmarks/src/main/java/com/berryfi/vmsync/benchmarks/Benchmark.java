package com.berryfi.vmsync.benchmarks;

import java.nio.file.Path;
import java.util.List;

/** Runs the parts one after another; the last line says whether all that was asked of them held. */
public final class Benchmark {

    private Benchmark() {}

    /** Runs; the arguments are the file for the figures, and the names of the parts to run: all if there are none. */
    public static void main(String[] args) throws Exception {
        List<String> parts = args.length > 1
                ? List.of(args).subList(1, args.length)
                : List.of("list", "fleet", "million", "detection");
        Figures figures = new Figures();
        for (String part : parts) {
            switch (part) {
                case "million" -> MillionPart.run(1_000_000, 1_000, figures, System.out);
                case "list" -> ListPart.run(List.of(100, 1_000, 10_000), figures, System.out);
                case "fleet" -> FleetPart.run(200, figures, System.out);
                case "detection" -> DetectionPart.run(3_000, 200, figures, System.out);
                default -> throw new IllegalArgumentException("no part " + part);
            }
        }
        figures.write(Path.of(args[0]));
        figures.checks().forEach(System.out::println);
        System.out.println(figures.verdict());
        System.exit(figures.allHeld() ? 0 : 1);
    }
}
