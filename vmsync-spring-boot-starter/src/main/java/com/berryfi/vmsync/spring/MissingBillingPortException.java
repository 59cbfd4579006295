package com.berryfi.vmsync.spring;

/** The host gives no {@code BillingPort}, and this is no dry run. */
final class MissingBillingPortException extends RuntimeException {

    MissingBillingPortException() {
        super("there is no bean of com.berryfi.vmsync.port.BillingPort, and a session would end without its bill");
    }
}
