package com.berryfi.vmsync.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains that there is nobody to bill. */
final class MissingBillingPortFailureAnalyzer extends AbstractFailureAnalyzer<MissingBillingPortException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MissingBillingPortException cause) {
        return new FailureAnalysis(
                "vmsync is to act, and " + cause.getMessage() + ".",
                "Give a bean of com.berryfi.vmsync.port.BillingPort that carries its instructions into your billing, or set"
                        + " azure.status.sync.mode=dry-run to look first and write nothing.",
                cause);
    }
}
