package com.berryfi.vmsync.port;

/** How a port fails; nothing else escapes from one. Messages hold no secret. */
public abstract sealed class PortException extends RuntimeException permits UnavailableException, RejectedException {

    PortException(String message, Throwable cause) {
        super(message, cause);
    }

    PortException(String message) {
        super(message);
    }
}
