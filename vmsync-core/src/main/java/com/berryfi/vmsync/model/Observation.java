package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.Optional;

/** What one answer of the cloud says of one VM: three answers, never two. */
public sealed interface Observation {

    /**
     * The VM answered.
     *
     * @param power its power
     * @param provisioning how far its last change has come
     * @param uid the cloud's id of this very machine, which no namesake shares; empty if the answer held none
     * @param upSince since when it has run without a break; empty if it does not run, or the cloud does not say
     */
    record Seen(PowerState power, ProvisioningState provisioning, Optional<String> uid, Optional<Instant> upSince)
            implements Observation {

        /** Of a cloud that does not say since when a machine has run. */
        public Seen(PowerState power, ProvisioningState provisioning, Optional<String> uid) {
            this(power, provisioning, uid, Optional.empty());
        }

        @Override
        public String toString() {
            return power + (provisioning.isSettled() ? "" : " (" + provisioning + ")");
        }
    }

    /**
     * A direct read was told that there is no such VM. An adapter says this of a direct not-found only.
     *
     * @param code the cloud's own word, for example {@code ResourceNotFound}
     */
    record Missing(String code) implements Observation {
        @Override
        public String toString() {
            return "missing (" + code + ")";
        }
    }

    /**
     * Nothing is known.
     *
     * @param cause why
     * @param detail in words, for people; holds no secret
     */
    record Unknown(UnknownCause cause, String detail) implements Observation {
        @Override
        public String toString() {
            return "unknown (" + cause + (detail.isEmpty() ? "" : ": " + detail) + ")";
        }
    }
}
