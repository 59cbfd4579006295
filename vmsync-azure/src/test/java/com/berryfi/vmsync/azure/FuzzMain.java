package com.berryfi.vmsync.azure;

import java.time.Duration;

/** Sends mutants, and says in its last line whether anything came of them: {@code vmsync.seed=… vmsync.answers=…}. */
public final class FuzzMain {

    private static final long REPORTED_EVERY = 10_000;

    private FuzzMain() {}

    /** Exits with 1 if anything came of them. Without a seed there is a new one each time. */
    public static void main(String[] arguments) {
        long seed = option(arguments, "vmsync.seed", System.nanoTime());
        long answers = option(arguments, "vmsync.answers", 100_000);
        System.out.println("seed " + seed);
        long begun = System.nanoTime();
        try (Fuzz fuzz = new Fuzz(seed)) {
            long sent = 0;
            Fuzz.Result result = fuzz.run(Math.min(REPORTED_EVERY, answers));
            for (sent = result.answers(); sent < answers; sent += result.answers()) {
                System.out.println(sent + " answers, " + result);
                result = fuzz.run(Math.min(REPORTED_EVERY, answers - sent));
            }
            long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
            System.out.printf(
                    "FUZZ OK answers=%d seed=%d proofs=%d well-again=%d thrown-away=%d seconds=%d heap-MiB=%d causes=%s%n",
                    sent,
                    seed,
                    result.seen(),
                    result.wellAgain(),
                    result.refused(),
                    seconds,
                    Runtime.getRuntime().maxMemory() >> 20,
                    result.causes());
        } catch (AssertionError | RuntimeException | OutOfMemoryError failed) {
            failed.printStackTrace();
            System.out.println("FUZZ FAILED seed=" + seed + " " + failed.getMessage());
            System.exit(1);
        }
    }

    private static long option(String[] arguments, String name, long otherwise) {
        for (String argument : arguments) {
            if (argument.startsWith(name + "=") && argument.length() > name.length() + 1) {
                return Long.parseLong(argument.substring(name.length() + 1));
            }
        }
        return otherwise;
    }
}
