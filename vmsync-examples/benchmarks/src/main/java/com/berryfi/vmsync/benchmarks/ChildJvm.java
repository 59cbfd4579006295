package com.berryfi.vmsync.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JVM of its own, of the same Java and class path, that is talked to in lines. It sees the end of its input when this process ends,
 * however that ends. Not thread-safe.
 */
final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final PrintWriter to;
    private final BufferedReader from;

    private ChildJvm(Process process) {
        this.process = process;
        this.to = new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
        this.from = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static ChildJvm start(Class<?> main, List<String> options, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        return new ChildJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Says a line and waits for the one that answers it. */
    String ask(String line) throws IOException {
        to.println(line);
        return line().orElseThrow(() -> new IOException("the child did not answer: " + line));
    }

    /** The next line; empty after the last. */
    Optional<String> line() throws IOException {
        return Optional.ofNullable(from.readLine());
    }

    /** How it ended. */
    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        to.close();
        process.destroy();
    }
}
