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

    /** {@return what it is called; by this it is named in a replay} */
    String name();

    /** {@return the number of the invariant that must break} */
    int invariant();

    /** {@return a seed in whose world it shows; without it, that world is as it must be} */
    default long seed() {
        return 1;
    }

    /**
     * {@return the rules that vmsync follows}
     *
     * @param rules those it would follow
     */
    default RuleBook rules(RuleBook rules) {
        return rules;
    }

    /**
     * {@return what vmsync is told to do}
     *
     * @param settings what it would be told
     */
    default SyncSettings settings(SyncSettings settings) {
        return settings;
    }

    /**
     * {@return the store and its journal as vmsync sees them: what goes wrong here has gone wrong in vmsync}
     *
     * @param store those it would see
     */
    default SessionStore asSeen(SessionStore store) {
        return store;
    }

    /**
     * {@return the store and its journal underneath: what goes wrong here has gone wrong in the adapter, behind the checkers' eyes}
     *
     * @param store those of the database
     */
    default SessionStore underneath(SessionStore store) {
        return store;
    }

    /**
     * {@return the billing as vmsync sees it}
     *
     * @param billing that of the host
     */
    default BillingPort billing(BillingPort billing) {
        return billing;
    }
}
