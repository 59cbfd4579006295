package com.berryfi.vmsync.testkit;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static com.berryfi.vmsync.testkit.Samples.change;
import static com.berryfi.vmsync.testkit.Samples.inUse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.port.UnavailableException;
import com.berryfi.vmsync.testkit.contract.HostRows;
import com.berryfi.vmsync.testkit.contract.SessionStoreContract;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InMemoryStoreTest extends SessionStoreContract {

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

    @Test
    void whatTheHookWritesComesInBetweenOnce() {
        Change ours = stopping();
        store.beforeCommit(
                () -> store.updateVm(ours.expected().id(), vm -> Samples.withStatus(vm, VmStatus.MAINTENANCE)));

        assertThat(store.commit(List.of(ours))).singleElement().isInstanceOf(CommitOutcome.Conflict.class);

        store.putVm(ours.expected().vm());
        assertThat(store.commit(List.of(ours))).containsExactly(new CommitOutcome.Committed());
    }

    @Test
    void aStoreThatIsDownDoesNothing() {
        Change ours = stopping();
        store.goDown();

        assertThatThrownBy(() -> store.commit(List.of(ours))).isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> store.scopes(SessionStore.Selection.ALL)).isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> store.journal().undelivered(1)).isInstanceOf(UnavailableException.class);
        assertThat(store.vm(ours.expected().id())).contains(ours.expected().vm());

        store.comeBack();
        assertThat(store.commit(List.of(ours))).containsExactly(new CommitOutcome.Committed());
    }

    @Test
    void aLostAnswerHidesAWriteThatHappened() {
        Change ours = stopping();
        store.loseNextAnswer();

        assertThatThrownBy(() -> store.commit(List.of(ours))).isInstanceOf(UnavailableException.class);
        assertThat(store.vm(ours.expected().id()).orElseThrow().believed()).isEqualTo(VmStatus.STOPPING);
        assertThat(store.commit(List.of(ours))).singleElement().isInstanceOf(CommitOutcome.Conflict.class);
    }

    @Test
    void aMemoryThatCannotBeReadIsLeftOutAndNeverReplaced() {
        Change ours = stopping();
        ManagedVm other = inUse("vm-2");
        store.spoilMemory(ours.expected().id());

        assertThat(store.journal().recall(List.of(ours.expected(), other))).containsOnlyKeys(other.id());
        assertThatThrownBy(() -> store.journal().recall(List.of(ours.expected())))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("vm-1");
        assertThat(store.commit(List.of(ours))).singleElement().isInstanceOf(CommitOutcome.Refused.class);
    }

    @Test
    void oneVmCannotChangeTwiceAtOnce() {
        Change ours = stopping();

        assertThatThrownBy(() -> store.commit(List.of(ours, ours)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vm-1");
    }

    private Change stopping() {
        ManagedVm managed = inUse("vm-1");
        store.putVm(managed.vm());
        store.putSession(managed.session().orElseThrow());
        assertThat(NOON).isEqualTo(change(managed, Transition.NONE).at());
        return change(managed, new Transition(Optional.of(VmStatus.STOPPING), false, Optional.empty()));
    }
}
