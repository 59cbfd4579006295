package com.berryfi.vmsync.testkit.simulation.sabotage;

import com.berryfi.vmsync.port.BillingPort;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.rule.RuleBook;
import com.berryfi.vmsync.testkit.simulation.Sabotage;
import java.util.function.UnaryOperator;

/** One fault in one part. */
record Planted(
        String name,
        int invariant,
        long seed,
        UnaryOperator<RuleBook> inRules,
        UnaryOperator<SessionStore> inStore,
        UnaryOperator<SessionStore> inAdapter,
        UnaryOperator<BillingPort> inBilling)
        implements Sabotage {

    /** In the rules. */
    static Planted rules(String name, int invariant, long seed, UnaryOperator<RuleBook> fault) {
        return new Planted(name, invariant, seed, fault, same -> same, same -> same, same -> same);
    }

    /** In what vmsync makes of its store. */
    static Planted store(String name, int invariant, long seed, UnaryOperator<SessionStore> fault) {
        return new Planted(name, invariant, seed, same -> same, fault, same -> same, same -> same);
    }

    /** In the store itself. */
    static Planted adapter(String name, int invariant, long seed, UnaryOperator<SessionStore> fault) {
        return new Planted(name, invariant, seed, same -> same, same -> same, fault, same -> same);
    }

    /** On the way to the bill. */
    static Planted billing(String name, int invariant, long seed, UnaryOperator<BillingPort> fault) {
        return new Planted(name, invariant, seed, same -> same, same -> same, same -> same, fault);
    }

    @Override
    public RuleBook rules(RuleBook rules) {
        return inRules.apply(rules);
    }

    @Override
    public SessionStore asSeen(SessionStore store) {
        return inStore.apply(store);
    }

    @Override
    public SessionStore underneath(SessionStore store) {
        return inAdapter.apply(store);
    }

    @Override
    public BillingPort billing(BillingPort billing) {
        return inBilling.apply(billing);
    }

    @Override
    public String toString() {
        return name;
    }
}
