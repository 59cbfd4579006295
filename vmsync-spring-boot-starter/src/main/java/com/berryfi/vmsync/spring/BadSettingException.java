package com.berryfi.vmsync.spring;

import java.util.Optional;

/** A setting is unknown, missing or bad; the message names it. */
final class BadSettingException extends RuntimeException {

    private final transient Optional<String> origin;

    /** @param origin where the setting stands, as people find it; empty if nobody knows, or it stands nowhere */
    BadSettingException(IllegalArgumentException cause, Optional<String> origin) {
        super(cause.getMessage(), cause);
        this.origin = origin;
    }

    Optional<String> origin() {
        return origin;
    }
}
