package com.berryfi.vmsync.testkit.contract;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static com.berryfi.vmsync.testkit.Samples.SCOPE;
import static com.berryfi.vmsync.testkit.Samples.audit;
import static com.berryfi.vmsync.testkit.Samples.change;
import static com.berryfi.vmsync.testkit.Samples.identity;
import static com.berryfi.vmsync.testkit.Samples.metering;
import static com.berryfi.vmsync.testkit.Samples.tracking;
import static com.berryfi.vmsync.testkit.Samples.withStatus;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.testkit.SessionRow;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How a commit yields to whoever has written before, as a part of {@link SessionStoreContract}. */
abstract class SessionStoreConflicts extends SessionStoreBadRows {

    @TestFactory
    @Proves("Whatever the host has changed since the read wins, and no part of ours is written.")
    Stream<DynamicTest> aChangeByTheHostWins() {
        Map<String, Consumer<ManagedVm>> changes = new LinkedHashMap<>();
        changes.put("VM's status", m -> host().put(withStatus(m.vm(), VmStatus.STOPPING)));
        changes.put("VM in maintenance", m -> host().put(withStatus(m.vm(), VmStatus.MAINTENANCE)));
        changes.put(
                "current session",
                m -> host().put(copy(m.vm(), Optional.of(host().keyOf("s-x")), m.vm().lastStarted())));
        changes.put("current session cleared", m -> host().put(copy(m.vm(), Optional.empty(), m.vm().lastStarted())));
        changes.put(
                "last started",
                m -> host().put(copy(m.vm(), m.vm().currentSession().map(SessionId::value), Optional.of(NOON))));
        changes.put("session terminating", m -> host().put(withStatus(session(m), SessionStatus.TERMINATING)));
        changes.put("ACTIVE to IDLE", m -> host().put(withStatus(session(m), SessionStatus.IDLE)));
        changes.put("session ended", m -> host().put(withStatus(session(m), SessionStatus.COMPLETED)));
        changes.put("start time", m -> host().put(started(session(m), NOON)));
        changes.put("end time", m -> host().put(ending(session(m), NOON)));
        changes.put("other name", m -> host().put(at(m.vm(), SCOPE, CloudAddress.ofName("group-1", "rebuilt"))));
        changes.put("other group", m -> host().put(at(m.vm(), SCOPE, CloudAddress.ofName("group-2", m.id().value()))));
        changes.put(
                "resource id",
                m -> host().put(at(m.vm(), SCOPE, new CloudAddress("/id/of/another", "group-1", m.id().value()))));
        List.of(
                        new Scope("azure", "tenant-2", "client-1", "sub-1"),
                        new Scope("azure", "tenant-1", "client-2", "sub-1"),
                        new Scope("azure", "tenant-1", "client-1", "sub-2"))
                .forEach(scope ->
                        changes.put("moved to " + scope, m -> host().put(at(m.vm(), scope, m.vm().address()))));
        changes.put("session gone", m -> host().remove(session(m).id()));
        changes.put("VM gone", m -> host().remove(m.id()));
        changes.put(
                "second session",
                m -> host().put(new Session(
                        sessionId("s-second"), m.id(), SessionStatus.REQUESTED, Optional.empty(), Optional.empty())));
        if (!host().sessionsHaveRows()) {
            changes.remove("second session");
        }
        return changes.entrySet().stream()
                .map(change -> DynamicTest.dynamicTest(change.getKey(), () -> {
                    ManagedVm read = given("vm-" + change.getKey().replaceAll("\\W+", "-"));
                    change.getValue().accept(read);

                    Change ours = new Change(
                            NOON,
                            read,
                            ending(true),
                            Memory.EMPTY,
                            new Memory(
                                    Optional.of(tracking(read.id(), 1)),
                                    Optional.of(metering(read, 1)),
                                    Optional.of(identity(read, "uid-1"))),
                            List.of(new BillingInstruction.Stop(key(read, 1), read.id(), NOON, List.of(), "found off")),
                            List.of(audit(read, "rule-1")));

                    assertThat(commit(ours))
                            .singleElement()
                            .isInstanceOfSatisfying(
                                    CommitOutcome.Conflict.class,
                                    conflict -> assertThat(conflict.what())
                                            .contains(read.id().value()));
                    assertNothingWritten(read);
                    if (!change.getKey().equals("VM gone")) {
                        assertThat(host().vm(read.id()).believed()).isNotEqualTo(VmStatus.AVAILABLE);
                    }
                }));
    }

    @Test
    @Proves(value = "What a host writes all the time is no conflict.", tier = Tier.SHOULD)
    void whatTheHostWritesAllTheTimeIsNoConflict() {
        ManagedVm read = given("vm-1");
        host().touch(read.id());

        assertThat(store().find(read.id()).map(ManagedVm::fingerprint)).contains(read.fingerprint());
        assertThat(commit(change(read, status(VmStatus.STOPPING)))).containsExactly(COMMITTED);
    }

    @Test
    @Proves(value = "A heartbeat is no conflict, and is not overwritten.", tier = Tier.SHOULD)
    void aHeartbeatIsNoConflict() {
        ManagedVm read = given("vm-1");
        host().put(SessionStoreReads.alive(session(read), NOON));

        assertThat(store().find(read.id()).map(ManagedVm::fingerprint)).contains(read.fingerprint());
        assertThat(commit(change(read, ending(true)))).containsExactly(COMMITTED);
        if (host().readsHeartbeats()) {
            assertThat(host().session(session(read).id()).session().lastHeartbeat())
                    .contains(NOON);
        }
    }

    @Test
    @Proves("One row's conflict leaves the other changes of a commit alone.")
    void aRowsConflictIsItsOwn() {
        ManagedVm first = given("vm-1");
        ManagedVm second = given("vm-2");
        ManagedVm third = given("vm-3");
        host().put(withStatus(second.vm(), VmStatus.MAINTENANCE));

        List<CommitOutcome> outcomes =
                commit(change(third, ending(true)), change(second, ending(true)), change(first, ending(true)));

        assertThat(outcomes.get(0)).isEqualTo(COMMITTED);
        assertThat(outcomes.get(1)).isInstanceOf(CommitOutcome.Conflict.class);
        assertThat(outcomes.get(2)).isEqualTo(COMMITTED);
        assertThat(host().vm(first.id()).believed()).isEqualTo(VmStatus.AVAILABLE);
        assertThat(host().vm(second.id()).believed()).isEqualTo(VmStatus.MAINTENANCE);
        assertThat(host().session(second.sessionId().orElseThrow())).isEqualTo(SessionRow.of(session(second)));
        assertThat(host().vm(third.id()).believed()).isEqualTo(VmStatus.AVAILABLE);
    }

    @Test
    @Proves("The same change goes through once.")
    void theSameChangeTwiceGoesThroughOnce() {
        ManagedVm read = given("vm-1");
        Change ours = change(read, ending(true));

        assertThat(commit(ours)).containsExactly(COMMITTED);
        assertThat(commit(ours)).singleElement().isInstanceOf(CommitOutcome.Conflict.class);
    }

    private void assertNothingWritten(ManagedVm read) {
        assertThat(store().journal().recall(List.of(read))).containsEntry(read.id(), Memory.EMPTY);
        assertThat(store().journal().undelivered(10)).isEmpty();
        assertThat(store().journal().history(read.sessionId().orElseThrow())).isEmpty();
    }

    private static Session started(Session session, Instant at) {
        return new Session(session.id(), session.vm(), session.status(), Optional.of(at), session.endTime());
    }

    private static Session ending(Session session, Instant at) {
        return new Session(session.id(), session.vm(), session.status(), session.startTime(), Optional.of(at));
    }

    private static Vm at(Vm vm, Scope scope, CloudAddress address) {
        return new Vm(vm.id(), scope, address, vm.believed(), vm.currentSession(), vm.lastStarted());
    }

    private static Vm copy(Vm vm, Optional<String> currentSession, Optional<Instant> lastStarted) {
        return new Vm(
                vm.id(), vm.scope(), vm.address(), vm.believed(), currentSession.map(SessionId::new), lastStarted);
    }

    static Transition status(VmStatus status) {
        return new Transition(Optional.of(status), false, Optional.empty());
    }

    static Transition ending(boolean cleanup) {
        return new Transition(
                Optional.of(VmStatus.AVAILABLE),
                true,
                Optional.of(new Transition.SessionEnd(
                        SessionStatus.TERMINATED,
                        NOON.minusSeconds(60),
                        Duration.ofMinutes(59),
                        "Auto-terminated: VM stopped in Azure",
                        cleanup)));
    }

    static Session session(ManagedVm of) {
        return of.session().orElseThrow();
    }
}
