package com.berryfi.vmsync.testkit.contract;

import static com.berryfi.vmsync.testkit.Samples.SCOPE;
import static com.berryfi.vmsync.testkit.Samples.inUse;
import static com.berryfi.vmsync.testkit.Samples.session;
import static com.berryfi.vmsync.testkit.Samples.vm;
import static com.berryfi.vmsync.testkit.Samples.withStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.port.SessionStore.Page;
import com.berryfi.vmsync.port.SessionStore.Selection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How rows that cannot be worked with are told apart, as a part of {@link SessionStoreContract}. */
abstract class SessionStoreBadRows extends SessionStoreReads {

    @Test
    void twoSessionsThatHaveNotEndedSpoilTheirVmAlone() {
        put(inUse("vm-1"));
        put(inUse("vm-2"));
        host().put(new Session(
                new SessionId("s-second"),
                new VmId("vm-1"),
                SessionStatus.STARTING,
                Optional.empty(),
                Optional.empty()));

        assertOnlySuffers("vm-1", "s-second", "s-vm-1");
    }

    @Test
    void aVmStatusNobodyKnowsSpoilsItsRowAlone() {
        put(inUse("vm-1"));
        put(inUse("vm-2"));
        String column = host().spoil(new VmId("vm-1"), "HIBERNATING");

        assertOnlySuffers("vm-1", "vm-1", column, "HIBERNATING");
    }

    @Test
    void aSessionStatusNobodyKnowsSpoilsItsVmAlone() {
        put(inUse("vm-1"));
        put(inUse("vm-2"));
        String column = host().spoil(new SessionId("s-vm-1"), "PAUSED");

        assertThat(ids(page(Selection.IN_USE, Optional.empty(), 10))).containsExactly("vm-2");
        assertSpoiled("vm-1", "s-vm-1", column, "PAUSED");
    }

    @Test
    void aSessionsRowThatCannotBeWorkedWithIsRefusedByName() {
        put(inUse("vm-1"));
        put(inUse("vm-2"));
        String column = host().spoil(new SessionId("s-vm-1"), "PAUSED");

        assertThatThrownBy(() -> store().session(new SessionId("s-vm-1")))
                .isInstanceOf(RejectedException.class)
                .hasMessageContainingAll("s-vm-1", column, "PAUSED");
        assertThat(store().session(new SessionId("s-vm-2"))).contains(session("vm-2"));
    }

    @Test
    void problemsCountForThePage() {
        List.of("vm-1", "vm-2", "vm-3").forEach(id -> put(inUse(id)));
        host().spoil(new VmId("vm-1"), "HIBERNATING");
        host().spoil(new VmId("vm-2"), "HIBERNATING");

        Page first = page(Selection.ALL, Optional.empty(), 2);
        assertThat(first.vms()).isEmpty();
        assertThat(first.problems()).hasSize(2);
        assertThat(ids(page(Selection.ALL, first.next(), 2))).containsExactly("vm-3");
    }

    @Test
    void aVmWithoutASubscriptionBelongsToNoScope() {
        put(inUse("vm-1"));
        String column = host().putWithoutSubscription(vm("vm-2"));

        SessionStore.Scopes scopes = store().scopes(Selection.ALL);
        assertThat(scopes.scopes()).containsExactly(SCOPE);
        assertThat(scopes.problems()).singleElement().satisfies(problem -> names(problem, "vm-2", column));
        assertThat(ids(SCOPE)).containsExactly("vm-1");
        assertThatThrownBy(() -> store().find(new VmId("vm-2")))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("vm-2")
                .hasMessageContaining(column);
    }

    @Test
    void aSessionWhoseVmIsGoneIsReported() {
        put(inUse("vm-1"));
        put(inUse("vm-2"));
        host().remove(new VmId("vm-2"));
        host().put(withStatus(session("vm-3"), SessionStatus.COMPLETED));

        assertThat(store().scopes(Selection.IN_USE).problems())
                .singleElement()
                .satisfies(problem -> names(problem, "s-vm-2", "vm-2"));
        assertThat(ids(SCOPE)).containsExactly("vm-1");
    }

    private void assertOnlySuffers(String vm, String... named) {
        Page page = page(Selection.IN_USE, Optional.empty(), 10);
        assertThat(ids(page)).containsExactly("vm-2");
        assertThat(page.problems()).singleElement().satisfies(problem -> names(problem, named));
        assertSpoiled(vm, named);
    }

    private void assertSpoiled(String vm, String... named) {
        Page page = page(Selection.ALL, Optional.empty(), 10);
        assertThat(ids(page)).containsExactly("vm-2");
        assertThat(page.problems()).singleElement().satisfies(problem -> names(problem, named));
        assertThatThrownBy(() -> store().find(new VmId(vm)))
                .isInstanceOf(RejectedException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(named));
    }

    private static void names(RowProblem problem, String... named) {
        assertThat(problem.toString()).contains(named);
    }
}
