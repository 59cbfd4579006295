package com.berryfi.vmsync.testkit.contract;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static com.berryfi.vmsync.testkit.Samples.SCOPE;
import static com.berryfi.vmsync.testkit.Samples.change;
import static com.berryfi.vmsync.testkit.Samples.identity;
import static com.berryfi.vmsync.testkit.Samples.metering;
import static com.berryfi.vmsync.testkit.Samples.remembering;
import static com.berryfi.vmsync.testkit.Samples.tracking;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.Identity;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.Run;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Tracking;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.SyncJournal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link SyncJournal} must do, beside the store that writes it. */
public abstract class SyncJournalContract extends SyncJournalOrders {

    @Test
    @Proves("Of a VM that was never seen the memory is empty.")
    void nothingIsRememberedAtFirst() {
        ManagedVm used = given("vm-1");
        ManagedVm free = new ManagedVm(freeVm("vm-2"), Optional.empty());

        assertThat(journal().recall(List.of(used, free)))
                .isEqualTo(Map.of(used.id(), Memory.EMPTY, free.id(), Memory.EMPTY));
        assertThat(journal().recall(List.of())).isEmpty();
    }

    @Test
    @Proves("Every part of a memory comes back, exact to the millisecond.")
    void everythingRememberedComesBack() {
        ManagedVm full = given("vm-1");
        ManagedVm sparse = given("vm-2");
        Run run = new Run(
                Run.Subject.REPLACED,
                NOON.minusMillis(90_001),
                NOON.minusMillis(1),
                3,
                Optional.of(NOON.minusMillis(30)),
                2);
        Memory all = new Memory(
                Optional.of(new Tracking(
                        full.id(),
                        7,
                        full.fingerprint().material(),
                        full.sessionId(),
                        Optional.of(NOON.minusMillis(123_456)),
                        Optional.of(run),
                        Optional.of(NOON.minusMillis(99_999)),
                        Optional.of(NOON.minusMillis(77_777)),
                        true,
                        "some-rule:CONFIRMATION")),
                Optional.of(metering(full, 3)),
                Optional.of(identity(full, "uid-1")));
        Memory little = new Memory(
                Optional.of(new Tracking(
                        sparse.id(),
                        1,
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(runWithoutDirect()),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        "")),
                Optional.of(metering(sparse, 0)),
                Optional.of(new Identity(
                        sparse.id(),
                        new Scope("elsewhere", "", "", "sub-2"),
                        CloudAddress.ofResourceId("/id/of/it"),
                        Optional.empty(),
                        Optional.empty(),
                        NOON.minusMillis(3))));

        remember(full, Memory.EMPTY, all);
        remember(sparse, Memory.EMPTY, little);

        assertThat(journal().recall(List.of(full, sparse))).isEqualTo(Map.of(full.id(), all, sparse.id(), little));
    }

    @Test
    @Proves("A memory is replaced, and forgotten.")
    void whatIsRememberedIsReplacedAndDeleted() {
        ManagedVm vm = given("vm-1");
        Memory first = tracked(vm, 1);
        Memory second = tracked(vm, 2);

        remember(vm, Memory.EMPTY, first);
        remember(vm, first, second);
        assertThat(recall(vm)).isEqualTo(second);

        remember(vm, second, Memory.EMPTY);
        assertThat(recall(vm)).isEqualTo(Memory.EMPTY);
    }

    @Test
    @Proves("Who remembers something else writes nothing, after a memory was forgotten and made anew too.")
    void whoRemembersSomethingElseConflicts() {
        ManagedVm vm = given("vm-1");
        remember(vm, Memory.EMPTY, tracked(vm, 1));
        remember(vm, tracked(vm, 1), Memory.EMPTY);
        remember(vm, Memory.EMPTY, tracked(vm, 2));

        assertConflict(vm, tracked(vm, 1));
        assertConflict(vm, tracked(vm, 3));
        assertConflict(vm, Memory.EMPTY);
        assertThat(recall(vm)).isEqualTo(tracked(vm, 2));

        remember(vm, tracked(vm, 2), Memory.EMPTY);
        assertConflict(vm, tracked(vm, 2));
    }

    @Test
    @Proves("Who knows another machine at a VM's address writes nothing.")
    void whoKnowsAnotherMachineConflicts() {
        ManagedVm vm = given("vm-1");
        assertConflict(vm, remembering(identity(vm, "uid-1")));

        remember(vm, Memory.EMPTY, remembering(identity(vm, "uid-1")));
        remember(vm, remembering(identity(vm, "uid-1")), remembering(identity(vm, "uid-2")));

        assertConflict(vm, Memory.EMPTY);
        assertConflict(vm, remembering(identity(vm, "uid-1")));
        assertThat(recall(vm)).isEqualTo(remembering(identity(vm, "uid-2")));
    }

    @Test
    @Proves("A machine is known after its row was removed.")
    void aMachineIsKnownLongerThanItsRow() {
        ManagedVm gone = given("vm-1");
        ManagedVm kept = given("vm-2");
        remember(gone, Memory.EMPTY, remembering(identity(gone, "uid-1")));
        remember(kept, Memory.EMPTY, remembering(identity(kept, "uid-2")));

        host().remove(gone.sessionId().orElseThrow());
        host().remove(gone.id());

        assertThat(journal().identities()).containsExactlyInAnyOrder(identity(gone, "uid-1"), identity(kept, "uid-2"));
    }

    @Test
    @Proves("A machine is known once, where it was read last.")
    void aMachineIsKnownInTheScopeWhereItWasReadLast() {
        Scope other = new Scope("azure", "tenant-1", "", "sub-1");
        ManagedVm vm = given("vm-1");
        Identity moved = new Identity(
                vm.id(), other, vm.vm().address(), Optional.of("uid-1"), vm.sessionId(), NOON.plusMillis(1));
        remember(vm, Memory.EMPTY, remembering(identity(vm, "uid-1")));

        remember(vm, remembering(identity(vm, "uid-1")), remembering(moved));

        assertThat(journal().identities()).containsExactly(moved);
    }

    @Test
    @Proves("A pass comes back with those that it does not speak for.")
    void everyPartOfAPassComesBack() {
        Pass pass = new Pass(
                SCOPE,
                NOON,
                Map.of(
                        new VmId("vm-1"), Optional.of(NOON.minusMillis(1234)),
                        new VmId("vm/2\\of two\nlines"), Optional.empty(),
                        new VmId("vm-3"), Optional.of(NOON.minusSeconds(60))),
                17);

        journal().recordPass(pass);

        assertThat(journal().lastPass(SCOPE)).contains(pass);
    }

    @Test
    @Proves("An older pass does not replace a newer one.")
    void passesOfAScopeOnlyGrow() {
        Scope other = new Scope("azure", "tenant-1", "", "sub-1");
        assertThat(journal().lastPass(SCOPE)).isEmpty();

        journal().recordPass(new Pass(SCOPE, NOON, 2));
        journal().recordPass(new Pass(other, NOON.plusMillis(5), 0));
        assertThat(journal().lastPass(SCOPE)).contains(new Pass(SCOPE, NOON, 2));

        Pass later = new Pass(SCOPE, NOON.plusMillis(1), Map.of(new VmId("vm-1"), Optional.empty()), 3);
        journal().recordPass(later);
        journal().recordPass(later);
        journal().recordPass(new Pass(SCOPE, NOON.minusSeconds(1), 9));
        assertThat(journal().lastPass(SCOPE)).contains(later);
        assertThat(journal().lastPass(other)).contains(new Pass(other, NOON.plusMillis(5), 0));
    }

    private void assertConflict(ManagedVm vm, Memory before) {
        Memory was = recall(vm);
        Memory after = new Memory(
                Optional.of(tracking(vm.id(), 50)), Optional.of(metering(vm, 50)), Optional.of(identity(vm, "uid-50")));
        assertThat(store().commit(List.of(change(vm, before, after))))
                .singleElement()
                .isInstanceOf(CommitOutcome.Conflict.class);
        assertThat(recall(vm)).isEqualTo(was);
    }

    private static Memory tracked(ManagedVm vm, long version) {
        return remembering(tracking(vm.id(), version));
    }

    private static Run runWithoutDirect() {
        return new Run(Run.Subject.RUNNING, NOON, NOON, 1, Optional.empty(), 0);
    }
}
