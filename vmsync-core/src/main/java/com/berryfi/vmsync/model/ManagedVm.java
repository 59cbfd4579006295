package com.berryfi.vmsync.model;

import java.util.Optional;

/**
 * One VM and the session that holds it, as read together.
 *
 * @param vm the machine's row
 * @param session the one session of this VM that has not ended; empty if none
 */
public record ManagedVm(Vm vm, Optional<Session> session) {

    public ManagedVm {
        session.ifPresent(s -> {
            if (!s.vm().equals(vm.id())) {
                throw new IllegalArgumentException("session " + s.id() + " is not of VM " + vm.id());
            }
        });
    }

    public VmId id() {
        return vm.id();
    }

    public Optional<SessionId> sessionId() {
        return session.map(Session::id);
    }

    /** Of which session a bill is kept: the present one, or the one that the VM's row names if it has none. */
    public Optional<SessionId> meteredSession() {
        return sessionId().or(vm::currentSession);
    }

    public Fingerprint fingerprint() {
        return Fingerprint.of(vm, session);
    }

    /** What of the {@link #fingerprint} opens a fence. */
    public String materialFingerprint() {
        return Fingerprint.material(vm, session);
    }

    /** Whether the host's own words say that an operation is under way. */
    public boolean isTransitional() {
        return vm.believed().isTransitional()
                || session.map(s -> s.status().isTransitional()).orElse(false);
    }
}
