package com.berryfi.vmsync.model;

import java.util.Optional;

/**
 * One VM and the session that holds it, as read together.
 *
 * @param vm the machine's row
 * @param session the one session of this VM that has not ended; empty if none
 */
public record ManagedVm(Vm vm, Optional<Session> session) {

    /**
     * Checks that both belong together.
     *
     * @param vm the machine's row
     * @param session the one session of this VM that has not ended; empty if none
     * @throws IllegalArgumentException if the session's own row names another VM
     */
    public ManagedVm {
        session.ifPresent(s -> {
            if (!s.vm().equals(vm.id())) {
                throw new IllegalArgumentException("session " + s.id() + " is not of VM " + vm.id());
            }
        });
    }

    /** {@return the host's key of the VM} */
    public VmId id() {
        return vm.id();
    }

    /** {@return the key of the session that holds it; empty if none does} */
    public Optional<SessionId> sessionId() {
        return session.map(Session::id);
    }

    /** {@return of which session a bill is kept: the present one, or the one that the VM's row names if it has none; empty if neither} */
    public Optional<SessionId> meteredSession() {
        return sessionId().or(vm::currentSession);
    }

    /** {@return by which a change of these rows is known} */
    public Fingerprint fingerprint() {
        return Fingerprint.of(vm, session);
    }

    /** {@return what of the {@link #fingerprint} opens a fence} */
    public String materialFingerprint() {
        return Fingerprint.material(vm, session);
    }

    /** {@return whether the host's own words say that an operation is under way} */
    public boolean isTransitional() {
        return vm.believed().isTransitional()
                || session.map(s -> s.status().isTransitional()).orElse(false);
    }
}
