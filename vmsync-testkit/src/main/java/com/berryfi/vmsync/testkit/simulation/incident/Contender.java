package com.berryfi.vmsync.testkit.simulation.incident;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.model.SyncPolicy;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.rule.RuleBook;
import com.berryfi.vmsync.rule.StandardRules;
import com.berryfi.vmsync.testkit.simulation.Sabotage;
import com.berryfi.vmsync.testkit.simulation.VmSyncs;
import com.berryfi.vmsync.testkit.simulation.world.Synchroniser;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who has to live through an incident: vmsync as it is, with a fault planted, or something else in its place. */
@FunctionalInterface
public interface Contender {

    /**
     * What runs in each process.
     *
     * @param settings what the incident's host has chosen
     * @return what makes the synchroniser of a process
     */
    Synchroniser.Factory with(SyncSettings settings);

    /**
     * What it makes of a store, underneath all that watch.
     *
     * @param store the store of the incident's database
     * @return the store that is used in its place; by default the same
     */
    default SessionStore underneath(SessionStore store) {
        return store;
    }

    /** {@return vmsync as it is} */
    static Contender vmsync() {
        // One book for each policy: a book is found total once, and remembers for which policy.
        Map<SyncPolicy, RuleBook> books = new ConcurrentHashMap<>();
        return settings -> VmSyncs.with(
                settings,
                books.computeIfAbsent(
                        settings.policy(),
                        policy -> RuleBook.of(StandardRules.book().entries())));
    }

    /**
     * {@return a synchroniser other than vmsync, which takes no settings}
     *
     * @param factory makes one for a process
     */
    static Contender other(Synchroniser.Factory factory) {
        return settings -> factory;
    }

    /**
     * {@return vmsync with a fault planted}
     *
     * @param sabotage the fault
     */
    static Contender with(Sabotage sabotage) {
        return new Contender() {
            @Override
            public Synchroniser.Factory with(SyncSettings settings) {
                Synchroniser.Factory broken =
                        VmSyncs.with(sabotage.settings(settings), sabotage.rules(StandardRules.book()));
                return wiring ->
                        broken.build(wiring.with(sabotage.asSeen(wiring.store()), sabotage.billing(wiring.billing())));
            }

            @Override
            public SessionStore underneath(SessionStore store) {
                return sabotage.underneath(store);
            }
        };
    }
}
