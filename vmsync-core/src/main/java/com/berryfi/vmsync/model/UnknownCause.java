package com.berryfi.vmsync.model;

/** Why nothing is known of a VM. None of these is ever evidence that a machine is off. */
public enum UnknownCause {
    /** The answer named no power state, or one that is not known here. */
    NO_POWER_STATE(false),
    /** A complete list did not name the VM; only a direct read can say that it is missing. */
    NOT_LISTED(false),
    /** The list broke off before the VM was named. */
    PARTIAL_LIST(true),
    /** 429: the cloud asks to be left alone for a while. */
    THROTTLED(true),
    /** 401, or no token could be had. */
    UNAUTHENTICATED(false),
    /** 403: the principal may not read. */
    FORBIDDEN(false),
    /** The subscription itself is not found or is disabled. */
    SUBSCRIPTION_UNREADABLE(false),
    /** 5xx: the cloud is at fault itself. */
    SERVER_ERROR(true),
    /** No answer came within the time that the call may take. */
    TIMED_OUT(true),
    /** The connection, or its TLS, failed. */
    CONNECTION_FAILED(true),
    /** The answer could not be read as what was asked for. */
    UNREADABLE_ANSWER(true),
    /** The host's row holds no address that this cloud understands. */
    MALFORMED_ADDRESS(false),
    /** Two of the host's rows name the same machine. */
    DUPLICATE_ADDRESS(false),
    /** It has failed so often of late that it is given a rest. */
    LEFT_ALONE(false),
    /** The cycle's time was over before the VM could be read. */
    NOT_REACHED(false),
    /** Only an index of the cloud's was read, which may be behind: it names whom to ask, and proves nothing. */
    INDEX_ONLY(false),
    /** The cloud was not asked: the decision rests on the host's rows alone. */
    NOT_ASKED(false),
    /** Synchronisation is switched off. */
    DISABLED(false),
    /** Our own database could not be worked with. */
    DATABASE(false),
    /** Anything else; the detail says what. */
    OTHER(false);

    private final boolean transientFault;

    UnknownCause(boolean transientFault) {
        this.transientFault = transientFault;
    }

    /** {@return whether the credential, or what it was given, is at fault: it does not pass by itself} */
    public boolean isOfCredential() {
        return this == UNAUTHENTICATED || this == FORBIDDEN || this == SUBSCRIPTION_UNREADABLE;
    }

    /** {@return whether asking again, soon, may well bring an answer} */
    public boolean isTransient() {
        return transientFault;
    }
}
