package com.berryfi.vmsync.testkit.contract;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static com.berryfi.vmsync.testkit.Samples.audit;
import static com.berryfi.vmsync.testkit.Samples.change;
import static com.berryfi.vmsync.testkit.Samples.identity;
import static com.berryfi.vmsync.testkit.Samples.metering;
import static com.berryfi.vmsync.testkit.Samples.tracking;
import static com.berryfi.vmsync.testkit.Samples.withStatus;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.testkit.SessionRow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link SessionStore} must do: pages by key, bad rows apart, commits by compare-and-set, all parts or none. */
public abstract class SessionStoreContract extends SessionStoreConflicts {

    @Test
    @Proves("Rows, memory, billing and audit of a change are all written.")
    void everyPartOfAChangeIsWritten() {
        ManagedVm read = given("vm-1");
        Memory after = new Memory(
                Optional.of(tracking(read.id(), 1)),
                Optional.of(metering(read, 1).closed()),
                Optional.of(identity(read, "uid-1")));
        BillingInstruction stop = new BillingInstruction.Stop(key(read, 1), read.id(), NOON, List.of(), "found off");

        assertThat(commit(new Change(
                        NOON, read, ending(true), Memory.EMPTY, after, List.of(stop), List.of(audit(read, "rule-1")))))
                .containsExactly(COMMITTED);

        Vm vm = host().vm(read.id());
        assertThat(vm.believed()).isEqualTo(VmStatus.AVAILABLE);
        assertThat(vm.currentSession()).isEmpty();
        assertThat(vm.lastStarted()).isEqualTo(read.vm().lastStarted());
        SessionRow row = host().session(read.sessionId().orElseThrow());
        assertThat(row.session().status()).isEqualTo(SessionStatus.TERMINATED);
        assertThat(row.session().startTime())
                .isEqualTo(read.session().orElseThrow().startTime());
        assertThat(row.session().endTime()).contains(NOON.minusSeconds(60));
        assertThat(row.billed()).contains(Duration.ofMinutes(59));
        assertThat(row.reason()).contains("Auto-terminated: VM stopped in Azure");
        assertThat(row.connected()).isFalse();
        assertThat(store().journal().recall(List.of(read))).containsEntry(read.id(), after);
        assertThat(store().journal().undelivered(10)).containsExactly(stop);
        assertThat(store().journal().history(read.sessionId().orElseThrow())).containsExactly(audit(read, "rule-1"));
        assertThat(store().find(read.id())).contains(new ManagedVm(vm, Optional.empty()));
    }

    @Test
    @Proves("What a change does not name keeps its value.")
    void whatATransitionDoesNotNameStays() {
        ManagedVm status = given("vm-1");
        ManagedVm end = given("vm-2");
        ManagedVm release = given("vm-3");

        assertThat(commit(
                        change(status, new Transition(Optional.of(VmStatus.STOPPING), false, Optional.empty())),
                        change(
                                end,
                                new Transition(
                                        Optional.empty(), false, ending(false).sessionEnd())),
                        change(release, new Transition(Optional.empty(), true, Optional.empty()))))
                .containsExactly(COMMITTED, COMMITTED, COMMITTED);

        assertThat(host().vm(status.id())).isEqualTo(withStatus(status.vm(), VmStatus.STOPPING));
        assertThat(host().session(status.sessionId().orElseThrow()))
                .isEqualTo(SessionRow.of(status.session().orElseThrow()));
        assertThat(host().vm(end.id())).isEqualTo(end.vm());
        assertThat(host().session(end.sessionId().orElseThrow()).connected()).isTrue();
        assertThat(host().session(end.sessionId().orElseThrow()).session().status())
                .isEqualTo(SessionStatus.TERMINATED);
        assertThat(host().vm(release.id()).currentSession()).isEmpty();
        assertThat(host().vm(release.id()).believed()).isEqualTo(VmStatus.RUNNING);
    }

    @Test
    @Proves("A VM without a session can change.")
    void aVmWithoutASessionCanChange() {
        host().put(freeVm("vm-1"));
        ManagedVm read = new ManagedVm(freeVm("vm-1"), Optional.empty());

        assertThat(commit(change(read, status(VmStatus.RUNNING)))).containsExactly(COMMITTED);
        assertThat(host().vm(read.id()).believed()).isEqualTo(VmStatus.RUNNING);
    }

    @Test
    @Proves(value = "An empty commit is none.", tier = Tier.SHOULD)
    void nothingToCommitIsNothing() {
        assertThat(commit()).isEmpty();
    }

    @Test
    @Proves("A change that the database refuses is named, nothing of it is written, and the others go through.")
    void aRowThatIsRefusedIsItsOwn() {
        ManagedVm first = given("vm-1");
        ManagedVm second = given("vm-2");
        BillingInstruction staged = new BillingInstruction.Suspend(key(first, 1), first.id(), NOON, "found off");
        assertThat(commit(change(first, staged))).containsExactly(COMMITTED);

        Change twice = new Change(
                NOON,
                first,
                ending(true),
                Memory.EMPTY,
                Memory.EMPTY,
                List.of(staged),
                List.of(audit(first, "rule-1")));
        List<CommitOutcome> outcomes = commit(twice, change(second, ending(true)));

        assertThat(outcomes.get(0))
                .isInstanceOfSatisfying(
                        CommitOutcome.Refused.class,
                        refused ->
                                assertThat(refused.why()).contains(staged.key().toString()));
        assertThat(outcomes.get(1)).isEqualTo(COMMITTED);
        assertThat(host().vm(first.id())).isEqualTo(first.vm());
        assertThat(host().session(session(first).id())).isEqualTo(SessionRow.of(session(first)));
        assertThat(store().journal().history(session(first).id())).isEmpty();
        assertThat(host().vm(second.id()).believed()).isEqualTo(VmStatus.AVAILABLE);
    }
}
