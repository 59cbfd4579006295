package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.SCOPE;
import static com.berryfi.vmsync.testkit.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.testkit.Samples;
import com.berryfi.vmsync.testkit.contract.HostRows;
import com.berryfi.vmsync.testkit.contract.SessionStoreContract;
import com.berryfi.vmsync.testkit.contract.Waived;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The whole contract on one table for both, with numbers for keys and statuses. */
@OnEachDatabase
@Waived(test = "twoSessionsThatHaveNotEndedSpoilTheirVmAlone", because = "a row has room for one session")
@Waived(test = "aSessionWhoseVmIsGoneIsReported", because = "a session goes with the row of its VM")
class OneTableStoreTest extends SessionStoreContract {

    @AutoClose
    private final TestDatabase database;

    private final Machines host;
    private final SessionStore store;

    OneTableStoreTest(Connecting on) {
        database = on.empty();
        host = Machines.in(database);
        store = JdbcSessionStore.builder(database.dataSource(), MachineTables.tables())
                .build();
    }

    @Test
    void aSessionThatLosesItsKeyIsNotMissedByTheCommit() {
        Vm free = Samples.freeVm("vm-1");
        host.put(new Vm(new VmId("1"), SCOPE, free.address(), VmStatus.STOPPED, Optional.empty(), Optional.empty()));
        ManagedVm read = store.find(new VmId("1")).orElseThrow();
        host.run("UPDATE \"Machines\" SET \"order\" = ?", MachineTables.code(SessionStatus.ACTIVE));

        assertThat(store.commit(List.of(
                        change(read, new Transition(Optional.of(VmStatus.AVAILABLE), false, Optional.empty())))))
                .singleElement()
                .isInstanceOfSatisfying(
                        CommitOutcome.Conflict.class,
                        conflict -> assertThat(conflict.what()).contains("Machines 1", "rental_no"));
    }

    @Override
    protected SessionStore store() {
        return store;
    }

    @Override
    protected HostRows host() {
        return host;
    }
}
