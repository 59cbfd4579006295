package com.berryfi.vmsync.testkit.contract;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static com.berryfi.vmsync.testkit.Samples.audit;
import static com.berryfi.vmsync.testkit.Samples.change;
import static com.berryfi.vmsync.testkit.Samples.identity;
import static com.berryfi.vmsync.testkit.Samples.metering;
import static com.berryfi.vmsync.testkit.Samples.remembering;
import static com.berryfi.vmsync.testkit.Samples.tracking;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How the journal is amended without the host's rows, as a part of {@link SyncJournalContract}. */
abstract class SyncJournalAmendments extends SyncJournalMeterings {

    @Test
    @Proves("What is remembered can be amended though the VM's row is gone.")
    void anAmendmentNeedsNoRowOfTheHost() {
        ManagedVm gone = inUse("vm-1");
        BillingInstruction suspend = suspend(gone, 1);

        assertThat(amend(gone, Memory.EMPTY, whole(gone, 1), suspend)).isEqualTo(COMMITTED);

        assertThat(recall(gone)).isEqualTo(whole(gone, 1));
        assertThat(journal().undelivered(10)).containsExactly(suspend);
        assertThat(history(gone)).hasSize(1);
    }

    @Test
    @Proves("An amendment does not touch the host's rows.")
    void anAmendmentLeavesTheRowsOfTheHostAlone() {
        ManagedVm read = given("vm-1");

        assertThat(amend(read, Memory.EMPTY, whole(read, 1))).isEqualTo(COMMITTED);

        assertThat(host().vm(read.id())).isEqualTo(read.vm());
        assertThat(store().find(read.id())).contains(read);
    }

    @Test
    @Proves("A part that is empty before and after is neither compared nor written.")
    void aPartThatIsEmptyOnBothSidesIsNeitherComparedNorWritten() {
        ManagedVm vm = inUse("vm-1");
        amend(vm, Memory.EMPTY, whole(vm, 1));

        assertThat(amend(vm, remembering(metering(vm, 1)), remembering(metering(vm, 2))))
                .isEqualTo(COMMITTED);
        assertThat(amend(vm, remembering(tracking(vm.id(), 1)), remembering(tracking(vm.id(), 2))))
                .isEqualTo(COMMITTED);
        assertThat(amend(vm, remembering(identity(vm, "uid-1")), remembering(identity(vm, "uid-2"))))
                .isEqualTo(COMMITTED);

        assertThat(recall(vm)).isEqualTo(whole(vm, 2));
        assertThat(amend(vm, Memory.EMPTY, Memory.EMPTY, suspend(vm, 1))).isEqualTo(COMMITTED);
        assertThat(recall(vm)).isEqualTo(whole(vm, 2));
    }

    @Test
    @Proves("Each part of a memory is forgotten by itself.")
    void whatIsNoLongerRememberedIsDeletedPartByPart() {
        ManagedVm vm = inUse("vm-1");
        amend(vm, Memory.EMPTY, whole(vm, 1));

        assertThat(amend(vm, remembering(tracking(vm.id(), 1)), Memory.EMPTY)).isEqualTo(COMMITTED);
        assertThat(recall(vm))
                .isEqualTo(
                        new Memory(Optional.empty(), Optional.of(metering(vm, 1)), Optional.of(identity(vm, "uid-1"))));
        assertThat(amend(vm, remembering(identity(vm, "uid-1")), Memory.EMPTY)).isEqualTo(COMMITTED);
        assertThat(recall(vm)).isEqualTo(remembering(metering(vm, 1)));
        assertThat(journal().identities()).isEmpty();
        assertThat(amend(vm, remembering(metering(vm, 1)), Memory.EMPTY)).isEqualTo(COMMITTED);
        assertThat(recall(vm)).isEqualTo(Memory.EMPTY);
        assertThat(journal().openMeterings()).isEmpty();
    }

    @TestFactory
    @Proves("Who knows an older memory amends nothing, whichever part of it is older.")
    Stream<DynamicTest> whoAmendsSomethingElseConflicts() {
        ManagedVm known = inUse("vm-1");
        ManagedVm unknown = inUse("vm-2");
        Map<String, Amendment> amendments = new LinkedHashMap<>();
        amendments.put("another version", of(known, remembering(tracking(known.id(), 2))));
        amendments.put("no tracking any more", of(unknown, remembering(tracking(unknown.id(), 1))));
        amendments.put("a tracking by now", into(known, remembering(tracking(known.id(), 2))));
        amendments.put("another version of the bill", of(known, remembering(metering(known, 2))));
        amendments.put("no bill any more", of(unknown, remembering(metering(unknown, 1))));
        amendments.put("a bill by now", into(known, remembering(metering(known, 2))));
        amendments.put("another machine", of(known, remembering(identity(known, "uid-2"))));
        amendments.put("no machine any more", of(unknown, remembering(identity(unknown, "uid-1"))));
        amendments.put("a machine by now", into(known, remembering(identity(known, "uid-2"))));
        amendments.put(
                "the last part alone",
                of(
                        known,
                        new Memory(
                                whole(known, 1).tracking(),
                                whole(known, 1).metering(),
                                whole(known, 2).identity())));
        return amendments.entrySet().stream()
                .map(amendment -> DynamicTest.dynamicTest(amendment.getKey(), () -> {
                    if (recall(known).equals(Memory.EMPTY)) {
                        amend(known, Memory.EMPTY, whole(known, 1));
                    }

                    assertThat(journal().amend(amendment.getValue())).isInstanceOf(CommitOutcome.Conflict.class);

                    assertThat(recall(known)).isEqualTo(whole(known, 1));
                    assertThat(recall(unknown)).isEqualTo(Memory.EMPTY);
                    assertThat(journal().undelivered(10)).isEmpty();
                    assertThat(history(known)).hasSize(1);
                    assertThat(history(unknown)).isEmpty();
                }));
    }

    @Test
    @Proves("An amendment that is refused is named, and nothing of it is written.")
    void anAmendmentThatIsRefusedWritesNothing() {
        ManagedVm vm = inUse("vm-1");
        amend(vm, Memory.EMPTY, whole(vm, 1), suspend(vm, 1));

        assertThat(amend(vm, whole(vm, 1), whole(vm, 2), suspend(vm, 2), suspend(vm, 1)))
                .isInstanceOfSatisfying(
                        CommitOutcome.Refused.class,
                        refused -> assertThat(refused.why()).contains(key(vm, 1).toString()));

        assertThat(recall(vm)).isEqualTo(whole(vm, 1));
        assertThat(journal().undelivered(10)).containsExactly(suspend(vm, 1));
        assertThat(history(vm)).hasSize(1);
    }

    @Test
    @Proves("An amendment and a commit conflict as two commits do.")
    void anAmendmentAndACommitSeeOneAnother() {
        ManagedVm read = given("vm-1");
        assertThat(amend(read, Memory.EMPTY, whole(read, 1))).isEqualTo(COMMITTED);

        assertThat(store().commit(List.of(change(read, Memory.EMPTY, whole(read, 2)))))
                .singleElement()
                .isInstanceOf(CommitOutcome.Conflict.class);
        assertThat(store().commit(List.of(change(read, whole(read, 1), whole(read, 2)))))
                .containsExactly(COMMITTED);
        assertThat(amend(read, whole(read, 1), whole(read, 3))).isInstanceOf(CommitOutcome.Conflict.class);
        assertThat(amend(read, whole(read, 2), whole(read, 3))).isEqualTo(COMMITTED);
    }

    @Test
    @Proves("Keys that differ in case are different, whatever the database's collation.")
    void whatDiffersInCaseIsDifferent() {
        ManagedVm small = inUse("vm-1");
        ManagedVm great = inUse("VM-1");
        assertThat(amend(small, Memory.EMPTY, whole(small, 1), suspend(small, 1)))
                .isEqualTo(COMMITTED);
        assertThat(amend(great, Memory.EMPTY, whole(great, 2), suspend(great, 1)))
                .isEqualTo(COMMITTED);

        assertThat(journal().recall(List.of(small, great)))
                .containsEntry(small.id(), whole(small, 1))
                .containsEntry(great.id(), whole(great, 2));
        assertThat(journal().undelivered(10)).containsExactlyInAnyOrder(suspend(small, 1), suspend(great, 1));
        assertThat(journal().history(great.sessionId().orElseThrow())).containsExactly(audit(great, "rule-1"));
    }

    private CommitOutcome amend(ManagedVm of, Memory before, Memory after, BillingInstruction... billing) {
        return journal()
                .amend(new Amendment(NOON, of.id(), before, after, List.of(billing), List.of(audit(of, "rule-1"))));
    }

    private List<?> history(ManagedVm of) {
        return journal().history(of.sessionId().orElseThrow());
    }

    /** An amendment of what is remembered, to something new. */
    private static Amendment of(ManagedVm vm, Memory before) {
        return amendment(vm, before, only(before, whole(vm, 9)));
    }

    /** An amendment of nothing to something new. */
    private static Amendment into(ManagedVm vm, Memory after) {
        return amendment(vm, Memory.EMPTY, after);
    }

    private static Amendment amendment(ManagedVm vm, Memory before, Memory after) {
        return new Amendment(
                NOON, vm.id(), before, after, List.of(suspend(vm, 1)), List.of(audit(vm, "never written")));
    }

    /** Of a memory the parts that another one has. */
    private static Memory only(Memory parts, Memory of) {
        return new Memory(
                parts.tracking().flatMap(any -> of.tracking()),
                parts.metering().flatMap(any -> of.metering()),
                parts.identity().flatMap(any -> of.identity()));
    }

    private static Memory whole(ManagedVm vm, long version) {
        return new Memory(
                Optional.of(tracking(vm.id(), version)),
                Optional.of(metering(vm, version)),
                Optional.of(identity(vm, "uid-" + version)));
    }
}
