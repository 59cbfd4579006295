package com.berryfi.vmsync.port;

/** Not now; the same call may go through later. Nothing was done, or what was done is safe to repeat. */
public final class UnavailableException extends PortException {

    /**
     * A failure that follows from what something beneath has thrown.
     *
     * @param message names what could not be reached; holds no secret
     * @param cause what was thrown beneath
     */
    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * A failure that nothing was thrown before.
     *
     * @param message names what could not be reached; holds no secret
     */
    public UnavailableException(String message) {
        super(message);
    }
}
