package com.berryfi.vmsync.testkit.contract;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static com.berryfi.vmsync.testkit.Samples.SCOPE;
import static com.berryfi.vmsync.testkit.Samples.audit;
import static com.berryfi.vmsync.testkit.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.SyncJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How the audit trail is kept, as a part of {@link SyncJournalContract}. */
abstract class SyncJournalHistory extends StoreContract {

    @Test
    @Proves("The audit of a session is told whole, oldest first, and of no other.")
    void historyTellsAllOfASessionOldestFirst() {
        ManagedVm vm = given("vm-1");
        ManagedVm other = given("vm-2");
        ManagedVm sessionless = new ManagedVm(freeVm("vm-3"), Optional.empty());
        host().put(sessionless.vm());
        List<AuditRecord> records = List.of(full(vm), running(vm), missing(vm), unknown(vm));

        store().commit(List.of(audited(vm, records.subList(0, 3)), audited(other, List.of(audit(other, "other")))));
        store().commit(List.of(audited(sessionless, List.of(audit(sessionless, "alone")))));
        store().commit(List.of(audited(vm, records.subList(3, 4))));

        assertThat(journal().history(vm.sessionId().orElseThrow())).isEqualTo(records);
        assertThat(journal().history(other.sessionId().orElseThrow())).containsExactly(audit(other, "other"));
        assertThat(journal().history(new SessionId("nobody"))).isEmpty();
    }

    @Test
    @Proves("Each reason to wait and each cause of not knowing is kept in the audit.")
    void everyReasonAndEveryCauseIsKept() {
        ManagedVm vm = given("vm-1");
        List<AuditRecord> records = new ArrayList<>();
        for (Held.Reason reason : Held.Reason.values()) {
            records.add(record(
                    vm,
                    new Evidence(new Observation.Missing("ResourceNotFound"), ReadKind.DIRECT, NOON, Optional.empty()),
                    List.of(),
                    Optional.of(new Held(reason, Optional.empty(), Held.ReleasedBy.CLOUD))));
        }
        for (UnknownCause cause : UnknownCause.values()) {
            records.add(record(
                    vm,
                    new Evidence(new Observation.Unknown(cause, "why"), ReadKind.LIST, NOON, Optional.empty()),
                    List.of(),
                    Optional.empty()));
        }
        store().commit(List.of(audited(vm, records)));

        assertThat(journal().history(vm.sessionId().orElseThrow())).isEqualTo(records);
    }

    final SyncJournal journal() {
        return store().journal();
    }

    final Memory recall(ManagedVm vm) {
        return journal().recall(List.of(vm)).getOrDefault(vm.id(), Memory.EMPTY);
    }

    final void remember(ManagedVm vm, Memory before, Memory after) {
        assertThat(store().commit(List.of(change(vm, before, after)))).containsExactly(COMMITTED);
    }

    private static Change audited(ManagedVm of, List<AuditRecord> records) {
        return new Change(NOON, of, Transition.NONE, Memory.EMPTY, Memory.EMPTY, List.of(), records);
    }

    private static AuditRecord full(ManagedVm of) {
        return record(
                of,
                new Evidence(
                        new Observation.Seen(PowerState.DEALLOCATED, ProvisioningState.UPDATING, Optional.of("uid-1")),
                        ReadKind.DIRECT,
                        NOON.minusMillis(321),
                        Optional.of("request-1")),
                List.of("VM -> STOPPED", "two\nlines and a \\"),
                Optional.of(new Held(
                        Held.Reason.CONFIRMATION, Optional.of(NOON.plusMillis(9)), Held.ReleasedBy.DIRECT_READ)));
    }

    private static AuditRecord running(ManagedVm of) {
        return record(
                of,
                new Evidence(
                        new Observation.Seen(
                                PowerState.RUNNING,
                                ProvisioningState.SUCCEEDED,
                                Optional.empty(),
                                Optional.of(NOON.minusMillis(4321))),
                        ReadKind.DIRECT,
                        NOON,
                        Optional.empty()),
                List.of(),
                Optional.empty());
    }

    private static AuditRecord missing(ManagedVm of) {
        return record(
                of,
                new Evidence(new Observation.Missing("ResourceNotFound"), ReadKind.DIRECT, NOON, Optional.empty()),
                List.of("finding MISSING"),
                Optional.of(new Held(Held.Reason.MAINTENANCE, Optional.empty(), Held.ReleasedBy.OPERATOR)));
    }

    private static AuditRecord unknown(ManagedVm of) {
        return record(
                of,
                new Evidence(
                        new Observation.Unknown(UnknownCause.THROTTLED, ""), ReadKind.LIST, NOON, Optional.empty()),
                List.of(),
                Optional.empty());
    }

    private static AuditRecord record(ManagedVm of, Evidence evidence, List<String> effects, Optional<Held> held) {
        return new AuditRecord(
                NOON.minusMillis(3),
                "cycle-7@a",
                of.id(),
                of.sessionId(),
                SCOPE,
                "rule-1",
                Mode.ALERT,
                "because; it's so",
                VmStatus.ERROR,
                Optional.of(SessionStatus.IDLE),
                evidence,
                effects,
                held);
    }
}
