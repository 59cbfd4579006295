package com.berryfi.vmsync.port;

/** Refused for good: the same call will be refused again. */
public final class RejectedException extends PortException {

    /**
     * A refusal that follows from what something beneath has thrown.
     *
     * @param message names the property, row or resource, and what is wrong with it; holds no secret
     * @param cause what was thrown beneath
     */
    public RejectedException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * A refusal that nothing was thrown before.
     *
     * @param message names the property, row or resource, and what is wrong with it; holds no secret
     */
    public RejectedException(String message) {
        super(message);
    }
}
