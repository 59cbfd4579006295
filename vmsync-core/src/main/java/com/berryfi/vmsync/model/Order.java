package com.berryfi.vmsync.model;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What an operator has told vmsync. Kept in the journal, so that every replica obeys it.
 *
 * @param id its name; never blank
 * @param kind what is ordered
 * @param scope for which scope; empty for all
 * @param vm for which VM; only of a hold, and always of one
 * @param from as of when
 * @param until until when; empty: until it is withdrawn
 * @param reason why, for the audit
 */
public record Order(
        String id,
        Kind kind,
        Optional<Scope> scope,
        Optional<VmId> vm,
        Instant from,
        Optional<Instant> until,
        String reason) {

    /** What an operator may order. */
    public enum Kind {
        /** Leave one VM alone; its billing may still pause. */
        HOLD,
        /** Let endings past the brake. Always ends. */
        OVERRIDE,
        /** A lawful shutdown: endings in this time pass the brake. Always ends. */
        ANNOUNCEMENT,
        /** Find and report, and change nothing. */
        PAUSE
    }

    /**
     * Checks that it can be obeyed.
     *
     * @param id its name; never blank
     * @param kind what is ordered
     * @param scope for which scope; empty for all
     * @param vm for which VM; only of a hold, and always of one
     * @param from as of when
     * @param until until when; empty: until it is withdrawn
     * @param reason why, for the audit
     * @throws IllegalArgumentException if the id is blank, a hold names no VM or another order does, an override or announcement has no
     *     end, or the end is not later than the begin; the message names the order and what is wrong with it
     */
    public Order {
        String name = kind.name().toLowerCase(Locale.ROOT) + " " + id;
        if (id.isBlank()) {
            throw new IllegalArgumentException(kind + ": an order needs an id");
        }
        if (vm.isPresent() != (kind == Kind.HOLD)) {
            throw new IllegalArgumentException(name + ": vm: a hold names its VM, and nothing else does");
        }
        if (until.isEmpty() && (kind == Kind.OVERRIDE || kind == Kind.ANNOUNCEMENT)) {
            throw new IllegalArgumentException(name + ": until: it must have an end");
        }
        if (until.isPresent() && !until.get().isAfter(from)) {
            throw new IllegalArgumentException(name + ": until: must be later than " + from + ", is " + until.get());
        }
    }

    /**
     * Whether it holds now.
     *
     * @param now the present
     * @return whether it has begun and is not over
     */
    public boolean isInForce(Instant now) {
        return !now.isBefore(from) && until.map(now::isBefore).orElse(true);
    }

    /**
     * Whether it speaks of a scope.
     *
     * @param other which scope
     * @return whether it is ordered for that one, or for all
     */
    public boolean covers(Scope other) {
        return scope.map(other::equals).orElse(true);
    }
}
