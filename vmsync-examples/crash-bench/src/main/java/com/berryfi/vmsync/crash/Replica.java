package com.berryfi.vmsync.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A {@link ReplicaMain} in a JVM of its own, from its start to its death. Thread-safe. */
final class Replica {

    private final String name;
    private final Process process;
    private final PrintWriter to;
    private final CompletableFuture<Replica> up = new CompletableFuture<>();
    private volatile CompletableFuture<Replica> reached = new CompletableFuture<>();
    private volatile boolean killed;

    private Replica(String name, Process process) {
        this.name = name;
        this.process = process;
        this.to = new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
        Thread listening = new Thread(this::listen, name);
        listening.setDaemon(true);
        listening.start();
    }

    /**
     * Starts one.
     *
     * @param skewSeconds by how much its clock is ahead of the true one
     */
    static Replica start(String name, String endpoint, String url, long skewSeconds, Sabotage sabotage, Path log)
            throws IOException {
        ProcessBuilder command = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReplicaMain.class.getName(),
                        name,
                        endpoint,
                        url,
                        Long.toString(skewSeconds),
                        sabotage.name()))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new Replica(name, command.start());
    }

    private void listen() {
        try (BufferedReader from =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                if (line.equals(ReplicaMain.UP)) {
                    up.complete(this);
                } else if (line.startsWith(Traps.AT)) {
                    reached.complete(this);
                }
            }
            up.completeExceptionally(new IOException(
                    name + " ended with " + process.onExit().join().exitValue()));
        } catch (IOException e) {
            // Killing it closes what it is heard by.
            if (!killed) {
                System.err.println(name + " is not heard any longer: " + e.getMessage());
            }
        }
    }

    String name() {
        return name;
    }

    /** How it ended; empty while it lives. */
    Optional<Integer> exitCode() {
        return process.isAlive() ? Optional.empty() : Optional.of(process.exitValue());
    }

    /** Is complete once it synchronises. */
    CompletableFuture<Replica> up() {
        return up;
    }

    /** Tells it to stand still at a place; what is returned is complete once it does. */
    CompletableFuture<Replica> arm(Place place) {
        reached = new CompletableFuture<>();
        to.println(ReplicaMain.ARM + place);
        return reached;
    }

    /** Tells it to go on, and not to stand still again. */
    void release() {
        to.println(ReplicaMain.RELEASE);
    }

    /** {@code kill -9}. */
    void kill() {
        killed = true;
        process.destroyForcibly().onExit().join();
    }

    /** {@code kill -STOP}. */
    void pause() throws IOException {
        Signals.send("STOP", process.pid());
    }

    /** {@code kill -CONT}. */
    void goOn() throws IOException {
        Signals.send("CONT", process.pid());
    }
}
