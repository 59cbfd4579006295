package com.berryfi.vmsync.testkit.contract;

import static com.berryfi.vmsync.testkit.Samples.SCOPE;
import static com.berryfi.vmsync.testkit.Samples.withStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.model.RowProblem;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionStatus;
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
    @Proves(
            value =
                    "Of two open sessions on one VM none is chosen: the VM is named and left alone; where a VM cannot have two, waive it.",
            tier = Tier.MAY)
    void twoSessionsThatHaveNotEndedSpoilTheirVmAlone() {
        put(inUse("vm-1"));
        put(inUse("vm-2"));
        host().put(new Session(
                sessionId("s-second"), id("vm-1"), SessionStatus.STARTING, Optional.empty(), Optional.empty()));

        assertOnlySuffers("vm-1", host().keyOf("s-second"), host().keyOf("s-vm-1"));
    }

    @Test
    @Proves("A VM whose status is not known is named with its column and value, and no other VM suffers.")
    void aVmStatusNobodyKnowsSpoilsItsRowAlone() {
        put(inUse("vm-1"));
        put(inUse("vm-2"));
        String status = host().unknownStatus("HIBERNATING");
        String column = host().spoil(id("vm-1"), status);

        assertOnlySuffers("vm-1", host().keyOf("vm-1"), column, status);
    }

    @Test
    @Proves("A session whose status is not known is not taken for ended: its VM is named, and no other suffers.")
    void aSessionStatusNobodyKnowsSpoilsItsVmAlone() {
        put(inUse("vm-1"));
        put(inUse("vm-2"));
        String status = host().unknownStatus("PAUSED");
        String column = host().spoil(sessionId("s-vm-1"), status);

        assertThat(ids(page(Selection.IN_USE, Optional.empty(), 10))).containsExactly("vm-2");
        assertSpoiled("vm-1", host().keyOf("s-vm-1"), column, status);
    }

    @Test
    @Proves("Asked for by key, a session that cannot be worked with is refused by name.")
    void aSessionsRowThatCannotBeWorkedWithIsRefusedByName() {
        put(inUse("vm-1"));
        put(inUse("vm-2"));
        String status = host().unknownStatus("PAUSED");
        String column = host().spoil(sessionId("s-vm-1"), status);

        assertThatThrownBy(() -> store().session(sessionId("s-vm-1")))
                .isInstanceOf(RejectedException.class)
                .hasMessageContainingAll(host().keyOf("s-vm-1"), column, status);
        assertThat(store().session(sessionId("s-vm-2"))).contains(session("vm-2"));
    }

    @Test
    @Proves("A page full of bad rows is not taken for the end.")
    void problemsCountForThePage() {
        List.of("vm-1", "vm-2", "vm-3").forEach(id -> put(inUse(id)));
        host().spoil(id("vm-1"), host().unknownStatus("HIBERNATING"));
        host().spoil(id("vm-2"), host().unknownStatus("HIBERNATING"));

        Page first = page(Selection.ALL, Optional.empty(), 2);
        assertThat(first.vms()).isEmpty();
        assertThat(first.problems()).hasSize(2);
        assertThat(ids(page(Selection.ALL, first.next(), 2))).containsExactly("vm-3");
    }

    @Test
    @Proves("A VM without a subscription is named, and in no scope.")
    void aVmWithoutASubscriptionBelongsToNoScope() {
        put(inUse("vm-1"));
        String column = host().putWithoutSubscription(vm("vm-2"));

        SessionStore.Scopes scopes = store().scopes(Selection.ALL);
        assertThat(scopes.scopes()).containsExactly(SCOPE);
        assertThat(scopes.problems())
                .singleElement()
                .satisfies(problem -> names(problem, host().keyOf("vm-2"), column));
        assertThat(ids(SCOPE)).containsExactly("vm-1");
        assertThatThrownBy(() -> store().find(id("vm-2")))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining(host().keyOf("vm-2"))
                .hasMessageContaining(column);
    }

    @Test
    @Proves(value = "An open session whose VM is gone is named; where it goes with its VM, waive it.", tier = Tier.MAY)
    void aSessionWhoseVmIsGoneIsReported() {
        put(inUse("vm-1"));
        put(inUse("vm-2"));
        host().remove(id("vm-2"));
        host().put(withStatus(session("vm-3"), SessionStatus.COMPLETED));

        assertThat(store().scopes(Selection.IN_USE).problems())
                .singleElement()
                .satisfies(problem -> names(problem, host().keyOf("s-vm-2"), host().keyOf("vm-2")));
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
        assertThatThrownBy(() -> store().find(id(vm)))
                .isInstanceOf(RejectedException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(named));
    }

    private static void names(RowProblem problem, String... named) {
        assertThat(problem.toString()).contains(named);
    }
}
