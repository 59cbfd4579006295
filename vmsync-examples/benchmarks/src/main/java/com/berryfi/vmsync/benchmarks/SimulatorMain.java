package com.berryfi.vmsync.benchmarks;

import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.testkit.arm.ArmCall;
import com.berryfi.vmsync.testkit.arm.ArmLimit;
import com.berryfi.vmsync.testkit.arm.ArmSimulator;
import com.berryfi.vmsync.testkit.arm.ArmSubscription;
import com.berryfi.vmsync.testkit.arm.LimitPeaks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The ARM simulator in a JVM of its own: does what the lines of its input say, answers each with a line, and ends with its input. */
public final class SimulatorMain {

    private SimulatorMain() {}

    /** Runs; there are no arguments. Its first line is where it listens. */
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (ArmSimulator simulator = ArmSimulator.start(InstantSource.system())) {
            System.out.println(simulator.endpoint());
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(done(simulator, line.split(" ", -1)));
            }
        }
    }

    private static String done(ArmSimulator simulator, String[] words) {
        switch (words[0]) {
            case "latency" -> simulator.latency(Duration.ofMillis(Long.parseLong(words[1])));
            case "fleet" ->
                put(
                        simulator.subscription(words[1]).readableBy(words[2]).pagesOf(Fleet.PAGE),
                        Integer.parseInt(words[3]),
                        Integer.parseInt(words[4]));
            case "power" ->
                simulator.subscription(words[1]).vm(Fleet.GROUP, words[2]).power(PowerState.valueOf(words[3]));
            case "limits" -> simulator.enforceLimits();
            case "peaks" -> {
                LimitPeaks peaks = simulator.peaks();
                return Arrays.stream(ArmLimit.values())
                                .map(limit -> limit + "=" + peaks.share(limit))
                                .collect(Collectors.joining(" "))
                        + " refused=" + peaks.refused();
            }
            case "clear" -> simulator.clearCalls();
            case "calls" -> {
                return Arrays.stream(ArmCall.values())
                        .map(call -> call + "=" + simulator.calls(call))
                        .collect(Collectors.joining(" "));
            }
            default -> throw new IllegalArgumentException("no such command: " + words[0]);
        }
        return "done";
    }

    private static void put(ArmSubscription subscription, int vms, int inUseEvery) {
        for (int i = 0; i < vms; i++) {
            subscription.put(
                    Fleet.GROUP, Fleet.name(i), i % inUseEvery == 0 ? PowerState.RUNNING : PowerState.DEALLOCATED);
        }
    }
}
