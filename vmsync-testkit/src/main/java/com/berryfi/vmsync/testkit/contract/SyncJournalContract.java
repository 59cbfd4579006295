package com.berryfi.vmsync.testkit.contract;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static com.berryfi.vmsync.testkit.Samples.SCOPE;
import static com.berryfi.vmsync.testkit.Samples.change;
import static com.berryfi.vmsync.testkit.Samples.freeVm;
import static com.berryfi.vmsync.testkit.Samples.metering;
import static com.berryfi.vmsync.testkit.Samples.tracking;
import static com.berryfi.vmsync.testkit.Samples.vm;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.Run;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Tracking;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.SyncJournal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link SyncJournal} must do, beside the store that writes it. */
public abstract class SyncJournalContract extends SyncJournalBilling {

    @Test
    void nothingIsRememberedAtFirst() {
        ManagedVm used = given("vm-1");
        ManagedVm free = new ManagedVm(freeVm("vm-2"), Optional.empty());

        assertThat(journal().recall(List.of(used, free)))
                .isEqualTo(Map.of(used.id(), Memory.EMPTY, free.id(), Memory.EMPTY));
        assertThat(journal().recall(List.of())).isEmpty();
    }

    @Test
    void everythingRememberedComesBack() {
        ManagedVm full = given("vm-1");
        ManagedVm sparse = given("vm-2");
        Run run = new Run(
                Run.Subject.OFF,
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
                        Optional.of(NOON.minusMillis(123_456)),
                        Optional.of(run),
                        Optional.of(NOON.minusMillis(99_999)),
                        Optional.of(NOON.minusMillis(77_777)),
                        "some-rule:CONFIRMATION")),
                Optional.of(new Metering(
                        full.sessionId().orElseThrow(),
                        full.id(),
                        3,
                        List.of(
                                new Gap(NOON.minusMillis(500), Optional.of(NOON.minusMillis(400))),
                                new Gap(NOON.minusMillis(300), Optional.empty())),
                        false)));
        Memory little = new Memory(
                Optional.of(new Tracking(
                        sparse.id(),
                        1,
                        "",
                        Optional.empty(),
                        Optional.of(runWithoutDirect()),
                        Optional.empty(),
                        Optional.empty(),
                        "")),
                Optional.of(new Metering(sparse.sessionId().orElseThrow(), sparse.id(), 0, List.of(), true)));

        remember(full, Memory.EMPTY, all);
        remember(sparse, Memory.EMPTY, little);

        assertThat(journal().recall(List.of(full, sparse))).isEqualTo(Map.of(full.id(), all, sparse.id(), little));
    }

    @Test
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
    void whoKnowsAnotherBillConflicts() {
        ManagedVm vm = given("vm-1");
        Memory first = new Memory(Optional.empty(), Optional.of(metering(vm, 1)));
        Memory second = new Memory(Optional.empty(), Optional.of(metering(vm, 2)));
        assertConflict(vm, first);

        remember(vm, Memory.EMPTY, first);
        remember(vm, first, second);

        assertConflict(vm, Memory.EMPTY);
        assertConflict(vm, first);
        assertThat(recall(vm)).isEqualTo(second);
    }

    @Test
    void theMeteringOfAnEarlierSessionIsNotThatOfTheNext() {
        ManagedVm vm = given("vm-1");
        remember(vm, Memory.EMPTY, new Memory(Optional.empty(), Optional.of(metering(vm, 1))));
        ManagedVm next = new ManagedVm(
                vm.vm(),
                Optional.of(new Session(
                        new SessionId("s-next"), vm.id(), SessionStatus.STARTING, Optional.empty(), Optional.empty())));

        assertThat(recall(next)).isEqualTo(Memory.EMPTY);
    }

    @Test
    void passesOfAScopeOnlyGrow() {
        Scope other = new Scope("azure", "tenant-1", "", "sub-1");
        assertThat(journal().lastPass(SCOPE)).isEmpty();

        journal().recordPass(new Pass(SCOPE, NOON));
        journal().recordPass(new Pass(other, NOON.plusMillis(5)));
        assertThat(journal().lastPass(SCOPE)).contains(new Pass(SCOPE, NOON));

        Pass later = new Pass(SCOPE, NOON.plusMillis(1), Set.of(new VmId("vm-1"), new VmId("vm-2")));
        journal().recordPass(later);
        journal().recordPass(later);
        journal().recordPass(new Pass(SCOPE, NOON.minusSeconds(1)));
        assertThat(journal().lastPass(SCOPE)).contains(later);
        assertThat(journal().lastPass(other)).contains(new Pass(other, NOON.plusMillis(5)));
    }

    private Memory recall(ManagedVm vm) {
        return journal().recall(List.of(vm)).getOrDefault(vm.id(), Memory.EMPTY);
    }

    private void remember(ManagedVm vm, Memory before, Memory after) {
        assertThat(store().commit(List.of(change(vm, before, after)))).containsExactly(COMMITTED);
    }

    private void assertConflict(ManagedVm vm, Memory before) {
        Memory was = recall(vm);
        Memory after = new Memory(Optional.of(tracking(vm.id(), 50)), Optional.of(metering(vm, 50)));
        assertThat(store().commit(List.of(change(vm, before, after))))
                .singleElement()
                .isInstanceOf(CommitOutcome.Conflict.class);
        assertThat(recall(vm)).isEqualTo(was);
    }

    private static Memory tracked(ManagedVm vm, long version) {
        return new Memory(Optional.of(tracking(vm.id(), version)), Optional.empty());
    }

    private static Run runWithoutDirect() {
        return new Run(Run.Subject.RUNNING, NOON, NOON, 1, Optional.empty(), 0);
    }
}
