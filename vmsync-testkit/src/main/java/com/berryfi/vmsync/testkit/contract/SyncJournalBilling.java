package com.berryfi.vmsync.testkit.contract;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static com.berryfi.vmsync.testkit.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.Interval;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.port.SyncJournal.Settlement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How billing is staged and settled, as a part of {@link SyncJournalContract}. */
abstract class SyncJournalBilling extends SyncJournalHistory {

    @Test
    @Proves("Instructions come back whole, in order for each session, as many as were asked for.")
    void billingIsStagedInOrderAndComesBackWhole() {
        ManagedVm first = given("vm-1");
        ManagedVm second = given("vm-2");
        BillingInstruction suspend = suspend(first, 1);
        BillingInstruction resume =
                new BillingInstruction.Resume(key(first, 2), first.id(), NOON.minusMillis(5), "found running");
        BillingInstruction stop = new BillingInstruction.Stop(
                key(first, 3),
                first.id(),
                NOON,
                List.of(
                        new Interval(NOON.minusSeconds(600), NOON.minusNanos(300_000_001_000L)),
                        new Interval(NOON.minusSeconds(60), NOON)),
                "found off");
        BillingInstruction free =
                new BillingInstruction.Stop(key(second, 1), second.id(), NOON, List.of(), "never ran");

        assertThat(store().commit(List.of(change(first, suspend, resume)))).containsExactly(COMMITTED);
        assertThat(store().commit(List.of(change(second, free)))).containsExactly(COMMITTED);
        assertThat(store().commit(List.of(change(first, stop)))).containsExactly(COMMITTED);

        assertThat(journal().undelivered(10)).containsExactly(suspend, free, resume, stop);
        assertThat(journal().undelivered(2)).containsExactly(suspend, free);
    }

    @Test
    @Proves("An adjustment comes back whole, in its place.")
    void anAdjustmentComesBackWholeAndInItsPlace() {
        ManagedVm first = given("vm-1");
        ManagedVm second = given("vm-2");
        BillingInstruction adjust = new BillingInstruction.Adjust(
                key(first, 2),
                first.id(),
                List.of(
                        new Interval(NOON.minusSeconds(600), NOON.minusNanos(300_000_001_000L)),
                        new Interval(NOON.minusSeconds(60), NOON)),
                "the host ended the session");

        assertThat(store().commit(List.of(change(first, suspend(first, 1), adjust, suspend(first, 3)))))
                .containsExactly(COMMITTED);
        assertThat(store().commit(List.of(change(second, suspend(second, 1), suspend(second, 2)))))
                .containsExactly(COMMITTED);
        assertThat(journal().undelivered(10))
                .containsExactly(suspend(first, 1), suspend(second, 1), adjust, suspend(second, 2), suspend(first, 3));

        journal().settle(key(first, 1), Settlement.DELIVERED, "");
        assertThat(journal().undelivered(1)).containsExactly(adjust);
        journal().settle(key(first, 2), Settlement.PARKED, "no such account");
        assertThat(journal().undelivered(10)).containsExactly(suspend(second, 1), suspend(second, 2));
    }

    @Test
    @Proves("A session with many instructions hides no other session's.")
    void aSessionWithMuchToDeliverHidesNoOther() {
        ManagedVm first = given("vm-1");
        ManagedVm second = given("vm-2");
        store().commit(List.of(change(first, suspend(first, 1), suspend(first, 2), suspend(first, 3))));
        store().commit(List.of(change(second, suspend(second, 1))));

        assertThat(journal().undelivered(2)).containsExactly(suspend(first, 1), suspend(second, 1));

        journal().settle(key(first, 1), Settlement.DELIVERED, "");
        assertThat(journal().undelivered(2)).containsExactly(suspend(first, 2), suspend(second, 1));
    }

    @Test
    @Proves("A parked instruction holds none before it.")
    void aParkedInstructionHoldsNoneBeforeIt() {
        ManagedVm vm = given("vm-1");
        store().commit(List.of(change(vm, suspend(vm, 1), suspend(vm, 2), suspend(vm, 3))));

        journal().settle(key(vm, 2), Settlement.PARKED, "no such account");

        assertThat(journal().undelivered(10)).containsExactly(suspend(vm, 1));
    }

    @Test
    @Proves("What was delivered does not come again, whatever is said of it later.")
    void whatIsDeliveredDoesNotComeAgain() {
        ManagedVm vm = given("vm-1");
        store().commit(List.of(change(vm, suspend(vm, 1), suspend(vm, 2))));

        journal().settle(key(vm, 1), Settlement.DELIVERED, "");
        journal().settle(key(vm, 1), Settlement.DELIVERED, "again");
        journal().settle(key(vm, 1), Settlement.PARKED, "too late");
        journal().settle(key(vm, 99), Settlement.PARKED, "unknown");

        assertThat(journal().undelivered(10)).containsExactly(suspend(vm, 2));
    }

    @Test
    @Proves("A parked instruction holds what follows it in its session, and nobody else's.")
    void aParkedInstructionHoldsItsSessionAlone() {
        ManagedVm first = given("vm-1");
        ManagedVm second = given("vm-2");
        store().commit(List.of(
                change(first, suspend(first, 1), suspend(first, 2)), change(second, suspend(second, 1))));

        journal().settle(key(first, 1), Settlement.PARKED, "no such account");
        journal().settle(key(first, 1), Settlement.DELIVERED, "too late");

        assertThat(journal().undelivered(10)).containsExactly(suspend(second, 1));
        store().commit(List.of(change(first, suspend(first, 3))));
        assertThat(journal().undelivered(10)).containsExactly(suspend(second, 1));
    }

    @Test
    @Proves("What is parked is delivered again, or taken for delivered, as an operator says, once.")
    void whatIsParkedIsDeliveredAgainOrTakenForDeliveredAsPeopleSay() {
        ManagedVm vm = given("vm-1");
        store().commit(List.of(change(vm, suspend(vm, 1), suspend(vm, 2), suspend(vm, 3))));
        assertThat(journal().parked()).isEmpty();
        assertThat(journal().release(key(vm, 1), true, "is not parked")).isFalse();

        journal().settle(key(vm, 1), Settlement.PARKED, "no such account");
        assertThat(journal().parked()).containsExactly(suspend(vm, 1));
        assertThat(journal().release(key(vm, 1), true, "there is one now")).isTrue();
        assertThat(journal().parked()).isEmpty();
        assertThat(journal().undelivered(10)).containsExactly(suspend(vm, 1), suspend(vm, 2), suspend(vm, 3));

        journal().settle(key(vm, 1), Settlement.PARKED, "no such account");
        assertThat(journal().release(key(vm, 1), false, "billed by hand")).isTrue();
        assertThat(journal().release(key(vm, 1), true, "too late")).isFalse();
        assertThat(journal().undelivered(10)).containsExactly(suspend(vm, 2), suspend(vm, 3));
    }

    @Test
    @Proves("Failures are counted for each instruction, and anew after a release.")
    void failuresAreCountedUntilPeopleReleaseTheInstruction() {
        ManagedVm vm = given("vm-1");
        store().commit(List.of(change(vm, suspend(vm, 1), suspend(vm, 2))));

        assertThat(journal().noteFailure(key(vm, 1), "one")).isEqualTo(1);
        assertThat(journal().noteFailure(key(vm, 1), "two")).isEqualTo(2);
        assertThat(journal().noteFailure(key(vm, 2), "another's")).isEqualTo(1);
        assertThat(journal().noteFailure(key(vm, 99), "unknown")).isZero();
        assertThat(journal().undelivered(10)).containsExactly(suspend(vm, 1), suspend(vm, 2));

        journal().settle(key(vm, 1), Settlement.PARKED, "poison");
        assertThat(journal().noteFailure(key(vm, 1), "is parked")).isZero();
        assertThat(journal().release(key(vm, 1), true, "mended")).isTrue();
        assertThat(journal().noteFailure(key(vm, 1), "anew")).isEqualTo(1);
        journal().settle(key(vm, 1), Settlement.DELIVERED, "");
        assertThat(journal().noteFailure(key(vm, 1), "is delivered")).isZero();
    }

    static BillingInstruction suspend(ManagedVm of, long counter) {
        return new BillingInstruction.Suspend(key(of, counter), of.id(), NOON.minusMillis(777), "found off");
    }
}
