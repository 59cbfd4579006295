package com.berryfi.vmsync;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Describes what foreign code threw, without its message: that may hold anything, a secret too. */
final class Trouble {

    private static final int FRAMES = 5;

    private Trouble() {}

    /** The class and where it came from. */
    static String of(Throwable thrown) {
        return thrown.getClass().getName()
                + Arrays.stream(thrown.getStackTrace())
                        .limit(FRAMES)
                        .map(frame -> " at " + frame)
                        .collect(Collectors.joining());
    }
}
