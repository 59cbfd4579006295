package com.berryfi.vmsync.model;

import java.util.Optional;

/**
 * By which a change of a host's row is known: statuses, current session, start time, last started. Never {@code updated_at}
 * or a heartbeat, which hosts touch all the time.
 *
 * @param exact what a commit compares: any difference means that the host has written in between
 * @param material what opens a fence: the same, but a session that goes idle and back is not an operation on its machine
 */
public record Fingerprint(String exact, String material) {

    public static Fingerprint of(Vm vm, Optional<Session> session) {
        String machine =
                vm.believed() + "|" + vm.currentSession().map(SessionId::value).orElse("-") + "|"
                        + vm.lastStarted().map(Object::toString).orElse("-");
        String exact = session.map(s -> s.id() + "|" + s.status() + "|"
                        + s.startTime().map(Object::toString).orElse("-"))
                .orElse("-");
        String material = session.map(s -> s.id() + "|" + (s.status().isInUse() ? "IN_USE" : s.status()) + "|"
                        + s.startTime().map(Object::toString).orElse("-"))
                .orElse("-");
        return new Fingerprint(machine + "|" + exact, machine + "|" + material);
    }
}
