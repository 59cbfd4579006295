package com.berryfi.vmsync.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** A million VMs against a cloud without HTTP, in 2 GiB and on two processors: planning, deciding and reporting alone. */
final class MillionPart {

    static final String FIGURE = "figure ";
    private static final String PREFIX = "million.";
    private static final int AIM_SECONDS = 20;

    private MillionPart() {}

    static void run(int vms, int scopes, Figures figures, PrintStream out) throws IOException, InterruptedException {
        out.println("== " + vms + " VMs in " + scopes + " scopes, -Xmx2g, 2 processors, no HTTP");
        try (ChildJvm child = ChildJvm.start(
                MillionMain.class,
                List.of("-Xmx2g", "-XX:ActiveProcessorCount=2", "-XX:+ExitOnOutOfMemoryError"),
                List.of(Integer.toString(vms), Integer.toString(scopes)))) {
            for (Optional<String> line = child.line(); line.isPresent(); line = child.line()) {
                take(line.get(), figures);
                out.println("  " + line.get());
            }
            figures.put(PREFIX + "exit", child.exitCode());
        }
        figures.exactly(PREFIX + "exit", 0);
        if (figures.of(PREFIX + "exit") == 0) {
            figures.exactly(PREFIX + "first.checked", vms);
            figures.exactly(PREFIX + "first.unread", 0);
            figures.exactly(PREFIX + "first.outOfStep", vms / 100.0);
            figures.atMost(PREFIX + "first.s", AIM_SECONDS);
        }
    }

    private static void take(String line, Figures figures) {
        if (line.startsWith(FIGURE)) {
            String[] words = line.split(" ", -1);
            figures.put(PREFIX + words[1], Double.parseDouble(words[2]));
        }
    }
}
