package com.berryfi.vmsync.testkit;

import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.testkit.contract.HostRows;
import com.berryfi.vmsync.testkit.contract.SyncJournalContract;

class InMemoryJournalTest extends SyncJournalContract {

    private final InMemoryStore store = new InMemoryStore();
    private final HostRows host = new InMemoryHostRows(store);

    @Override
    protected SessionStore store() {
        return store;
    }

    @Override
    protected HostRows host() {
        return host;
    }
}
