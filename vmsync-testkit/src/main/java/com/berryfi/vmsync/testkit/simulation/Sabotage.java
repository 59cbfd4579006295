package com.berryfi.vmsync.testkit.simulation;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.port.BillingPort;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.rule.RuleBook;

/**
 * A fault planted in vmsync, to show that a checker finds it. Each method may put something else in the place of what it is given;
 * unless overridden it leaves it as it is.
 */
public interface Sabotage {

    /** What it is called. */
    String name();

    /** The number of the invariant that must break. */
    int invariant();

    /** A seed in whose world it shows; without it, that world is as it must be. */
    default long seed() {
        return 1;
    }

    /** The rules that vmsync follows. */
    default RuleBook rules(RuleBook rules) {
        return rules;
    }

    /** What vmsync is told to do. */
    default SyncSettings settings(SyncSettings settings) {
        return settings;
    }

    /** The store and its journal as vmsync sees them: what goes wrong here has gone wrong in vmsync. */
    default SessionStore asSeen(SessionStore store) {
        return store;
    }

    /** The store and its journal underneath: what goes wrong here has gone wrong in the adapter, behind the checkers' eyes. */
    default SessionStore underneath(SessionStore store) {
        return store;
    }

    /** The billing as vmsync sees it. */
    default BillingPort billing(BillingPort billing) {
        return billing;
    }
}
