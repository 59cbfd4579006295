package com.berryfi.vmsync.quickstart;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What must hold; every check is counted, and every failure is printed. */
final class Checks {

    private final PrintStream out;
    private final List<String> failed = new ArrayList<>();
    private int checked;

    Checks(PrintStream out) {
        this.out = out;
    }

    void that(String what, boolean holds) {
        checked++;
        if (!holds) {
            failed.add(what);
            out.println("  NOT SO: " + what);
        }
    }

    void same(String what, Object expected, Object actual) {
        that(what + ": " + expected + " expected, is " + actual, Objects.equals(expected, actual));
    }

    int checked() {
        return checked;
    }

    boolean allHold() {
        return failed.isEmpty();
    }
}
