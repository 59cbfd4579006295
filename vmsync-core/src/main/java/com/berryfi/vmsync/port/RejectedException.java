package com.berryfi.vmsync.port;

/** Refused for good: the same call will be refused again. */
public final class RejectedException extends PortException {

    /**
     * With a message that names the property, row or resource, and what is wrong with it.
     */
    public RejectedException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * With a message that names the property, row or resource, and what is wrong with it.
     */
    public RejectedException(String message) {
        super(message);
    }
}
