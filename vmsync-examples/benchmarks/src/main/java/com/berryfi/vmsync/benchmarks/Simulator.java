package com.berryfi.vmsync.benchmarks;

import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.testkit.arm.ArmCall;
import com.berryfi.vmsync.testkit.arm.ArmSimulator;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** The way to a {@link SimulatorMain}. Thread-safe. */
final class Simulator implements AutoCloseable {

    private final ChildJvm child;
    private final URI endpoint;

    private Simulator(ChildJvm child, URI endpoint) {
        this.child = child;
        this.endpoint = endpoint;
    }

    static Simulator start() throws IOException {
        ChildJvm child = ChildJvm.start(SimulatorMain.class, List.of("-Xmx1g"), List.of());
        return new Simulator(
                child, URI.create(child.line().orElseThrow(() -> new IOException("the simulator did not start"))));
    }

    URI endpoint() {
        return endpoint;
    }

    /** Trust in every ARM simulator: they all have the testkit's one certificate. */
    static SSLContext trust() {
        try (ArmSimulator any = ArmSimulator.start(InstantSource.system())) {
            return any.clientContext();
        }
    }

    void latency(Duration value) throws IOException {
        tell("latency " + value.toMillis());
    }

    void put(Fleet fleet) throws IOException {
        tell("fleet " + fleet.scope().subscription() + " " + fleet.token() + " " + fleet.vms() + " "
                + fleet.inUseEvery());
    }

    void power(Fleet fleet, int number, PowerState power) throws IOException {
        tell("power " + fleet.scope().subscription() + " " + Fleet.name(number) + " " + power);
    }

    /** From now on Azure's limits count, and all buckets are full. */
    void enforceLimits() throws IOException {
        tell("limits");
    }

    /** Of each limit the largest part of a bucket that was ever empty since {@link #enforceLimits}, and how many calls were refused. */
    Map<String, Double> peaks() throws IOException {
        return Arrays.stream(ask("peaks").split(" ", -1))
                .map(peak -> peak.split("=", -1))
                .collect(Collectors.toMap(peak -> peak[0], peak -> Double.valueOf(peak[1])));
    }

    void clearCalls() throws IOException {
        tell("clear");
    }

    /** How many calls of each kind came since the last {@link #clearCalls}. */
    Map<ArmCall, Long> calls() throws IOException {
        return Arrays.stream(ask("calls").split(" ", -1))
                .map(call -> call.split("=", -1))
                .collect(Collectors.toMap(call -> ArmCall.valueOf(call[0]), call -> Long.valueOf(call[1])));
    }

    /** How many calls came in all since the last {@link #clearCalls}. */
    long allCalls() throws IOException {
        return calls().values().stream().mapToLong(Long::longValue).sum();
    }

    private void tell(String line) throws IOException {
        String answer = ask(line);
        if (!answer.equals("done")) {
            throw new IOException("the simulator said " + answer + " to: " + line);
        }
    }

    private synchronized String ask(String line) throws IOException {
        return child.ask(line);
    }

    @Override
    public void close() {
        child.close();
    }
}
