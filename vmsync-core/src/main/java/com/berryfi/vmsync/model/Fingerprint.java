package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.Optional;

/**
 * By which a change of a host's row is known: which machine it names, statuses, current session, start time, last started. Never
 * {@code updated_at} or a heartbeat, which hosts touch all the time.
 *
 * @param exact what a commit compares, the session's end time included: any difference means that the host has written in between
 * @param material what opens a fence: a session that goes idle and back, or is given an end time, is not an operation on its machine
 */
public record Fingerprint(String exact, String material) {

    /**
     * Of rows as they were read.
     *
     * @param vm the VM's row
     * @param session the session that is open on it; empty if none is
     * @return the same for the same rows, in every process
     */
    public static Fingerprint of(Vm vm, Optional<Session> session) {
        String exact = session.map(s -> s.id() + "|" + s.status() + "|" + text(s.startTime()) + "|" + text(s.endTime()))
                .orElse("-");
        return new Fingerprint(row(vm, exact), material(vm, session));
    }

    /** The material one alone. */
    static String material(Vm vm, Optional<Session> session) {
        return row(
                vm,
                session.map(s -> s.id() + "|" + (s.status().isInUse() ? "IN_USE" : s.status()) + "|"
                                + text(s.startTime()))
                        .orElse("-"));
    }

    /** In one piece: it is made of every VM in every cycle. */
    private static String row(Vm vm, String session) {
        Scope scope = vm.scope();
        CloudAddress address = vm.address();
        return vm.believed() + "|" + vm.currentSession().map(SessionId::value).orElse("-") + "|"
                + text(vm.lastStarted()) + "|" + scope.cloud() + "|" + scope.tenant() + "|" + scope.principal() + "|"
                + scope.subscription() + "|" + address.resourceId() + "|" + address.group() + "|" + address.name()
                + "|" + session;
    }

    private static String text(Optional<Instant> instant) {
        return instant.map(at -> at.getEpochSecond() + "." + at.getNano()).orElse("-");
    }
}
