package com.berryfi.vmsync.azure;

import com.berryfi.vmsync.model.Observation;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All machines of a subscription, as its status list names them.
 *
 * @param machines by ARM resource id, spelt and ordered as the list has it; holds no {@code Missing}
 * @param failure why the list broke off, or never came; empty if it is complete
 * @param retryAfter how long Azure asked to be left alone; empty if it did not
 * @param notices what an operator should know beside it, in words: that entries were left out
 */
public record AzureFleet(
        Map<String, Observation> machines,
        Optional<Observation.Unknown> failure,
        Optional<Duration> retryAfter,
        List<String> notices) {

    /**
     * Copies the machines and the notices: later changes of them are not seen here.
     *
     * @param machines by ARM resource id, spelt and ordered as the list has it; holds no {@code Missing}
     * @param failure why the list broke off, or never came; empty if it is complete
     * @param retryAfter how long Azure asked to be left alone; empty if it did not
     * @param notices what an operator should know beside it, in words: that entries were left out
     */
    public AzureFleet {
        notices = List.copyOf(notices);
        machines = Collections.unmodifiableMap(new LinkedHashMap<>(machines));
    }
}
