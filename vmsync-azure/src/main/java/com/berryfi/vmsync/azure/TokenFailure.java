package com.berryfi.vmsync.azure;

/** No token could be had; marks where a failure comes from, so that a login's trouble is not taken for ARM's. */
final class TokenFailure extends RuntimeException {

    TokenFailure(Throwable cause) {
        super("no token could be had", cause);
    }
}
