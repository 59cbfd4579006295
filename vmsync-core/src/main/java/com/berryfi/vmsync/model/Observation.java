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

        /**
         * Of a cloud that does not say since when a machine has run.
         *
         * @param power its power
         * @param provisioning how far its last change has come
         * @param uid the cloud's id of this very machine; empty if the answer held none
         */
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
     * @param detail in words, for people; may be empty; holds no secret
     * @param rumour what an index of the cloud's, which may be behind, says: it proves nothing, and where it speaks against what is
     *     believed, a direct read is worth its price; empty if there is none
     */
    record Unknown(UnknownCause cause, String detail, Optional<PowerState> rumour) implements Observation {

        /**
         * Without so much as a rumour.
         *
         * @param cause why
         * @param detail in words, for people; may be empty; holds no secret
         */
        public Unknown(UnknownCause cause, String detail) {
            this(cause, detail, Optional.empty());
        }

        /**
         * Of a machine that only an index was read of.
         *
         * @param power what the index says
         * @return {@link UnknownCause#INDEX_ONLY}, with that rumour
         */
        public static Unknown rumoured(PowerState power) {
            return new Unknown(UnknownCause.INDEX_ONLY, "an index says " + power, Optional.of(power));
        }

        @Override
        public String toString() {
            return "unknown (" + cause + (detail.isEmpty() ? "" : ": " + detail) + ")";
        }
    }
}
