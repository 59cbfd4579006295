package com.berryfi.vmsync.testkit.simulation.world;

/** Thrown from every port of a process that has died. An error, so that nobody takes it for a failure that may be handled. */
final class ProcessDied extends Error {

    private static final long serialVersionUID = 1L;

    ProcessDied(String process) {
        super("process " + process + " has died", null, false, true);
    }
}
