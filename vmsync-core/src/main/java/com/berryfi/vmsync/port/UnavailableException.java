package com.berryfi.vmsync.port;

/** Not now; the same call may go through later. Nothing was done, or what was done is safe to repeat. */
public final class UnavailableException extends PortException {

    /**
     * With a message that names what could not be reached.
     */
    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * With a message that names what could not be reached.
     */
    public UnavailableException(String message) {
        super(message);
    }
}
