package com.berryfi.vmsync.testkit.contract;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static com.berryfi.vmsync.testkit.Samples.change;
import static com.berryfi.vmsync.testkit.Samples.metering;
import static com.berryfi.vmsync.testkit.Samples.remembering;
import static com.berryfi.vmsync.testkit.Samples.withStatus;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.Lapse;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Tombstone;
import com.berryfi.vmsync.model.Vm;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is kept of sessions' bills, as a part of {@link SyncJournalContract}. */
abstract class SyncJournalMeterings extends SyncJournalBilling {

    @Test
    @Proves("All that is known of a bill comes back.")
    void everythingSaidOfABillComesBack() {
        ManagedVm full = given("vm-1");
        ManagedVm sparse = given("vm-2");
        Metering all = full(full);
        Metering little = metering(sparse, 0);

        remember(full, Memory.EMPTY, remembering(all));
        remember(sparse, Memory.EMPTY, remembering(little));

        assertThat(journal().metering(all.session())).contains(all);
        assertThat(journal().metering(little.session())).contains(little);
        assertThat(journal().metering(new SessionId("nobody"))).isEmpty();
        assertThat(recall(full)).isEqualTo(remembering(all));
    }

    @Test
    @Proves("A bill is replaced whole: nothing of the old one stays.")
    void whatWasSaidOfABillIsReplacedWhole() {
        ManagedVm vm = given("vm-1");
        Metering first = full(vm);
        Metering bare = metering(vm, first.version() + 1);

        remember(vm, Memory.EMPTY, remembering(first));
        remember(vm, remembering(first), remembering(bare));
        assertThat(journal().metering(first.session())).contains(bare);

        remember(vm, remembering(bare), remembering(first));
        assertThat(journal().metering(first.session())).contains(first);
    }

    @Test
    @Proves("Who knows an older bill writes nothing.")
    void whoKnowsAnotherVersionOfABillConflicts() {
        ManagedVm vm = given("vm-1");
        Metering first = metering(vm, 1);
        Metering noted = first.lapsed(Optional.of(new Lapse(NOON, NOON))).back(NOON.plusSeconds(30));
        remember(vm, Memory.EMPTY, remembering(first));
        remember(vm, remembering(first), remembering(noted));

        assertThat(store().commit(List.of(change(vm, remembering(first), remembering(metering(vm, 9))))))
                .singleElement()
                .isInstanceOf(CommitOutcome.Conflict.class);
        assertThat(journal().metering(first.session())).contains(noted);
    }

    @Test
    @Proves("The bill of a session that the host has ended is kept.")
    void theBillOfAnEndedSessionIsKept() {
        ManagedVm read = given("vm-1");
        remember(read, Memory.EMPTY, remembering(metering(read, 1)));
        host().put(withStatus(read.session().orElseThrow(), SessionStatus.COMPLETED));
        ManagedVm ended = store().find(read.id()).orElseThrow();

        assertThat(ended.session()).isEmpty();
        assertThat(journal().metering(read.sessionId().orElseThrow())).contains(metering(read, 1));
        assertThat(recall(ended)).isEqualTo(remembering(metering(read, 1)));
    }

    @Test
    @Proves("A VM that names no session recalls no bill.")
    void aVmThatNamesNoSessionRecallsNoBill() {
        ManagedVm read = given("vm-1");
        remember(read, Memory.EMPTY, remembering(metering(read, 1)));
        ManagedVm released = new ManagedVm(
                new Vm(
                        read.id(),
                        read.vm().scope(),
                        read.vm().address(),
                        read.vm().believed(),
                        Optional.empty(),
                        read.vm().lastStarted()),
                Optional.empty());

        assertThat(recall(released)).isEqualTo(Memory.EMPTY);
    }

    @Test
    @Proves("The bill recalled for a VM is that of its open session, not of the one that its row still names.")
    void theSessionOfAVmComesBeforeTheOneItsRowNames() {
        ManagedVm read = given("vm-1");
        remember(read, Memory.EMPTY, remembering(metering(read, 1)));
        ManagedVm next = new ManagedVm(
                read.vm(),
                Optional.of(new Session(
                        new SessionId("s-next"),
                        read.id(),
                        SessionStatus.STARTING,
                        Optional.empty(),
                        Optional.empty())));

        assertThat(recall(next)).isEqualTo(Memory.EMPTY);
    }

    @Test
    @Proves("Without an open session the bill of the one that the row names is compared.")
    void aVmWithoutASessionIsComparedWithTheBillOfTheOneItNames() {
        ManagedVm read = given("vm-1");
        remember(read, Memory.EMPTY, remembering(metering(read, 1)));
        host().put(withStatus(read.session().orElseThrow(), SessionStatus.COMPLETED));
        ManagedVm ended = store().find(read.id()).orElseThrow();

        assertThat(store().commit(List.of(change(ended, Memory.EMPTY, Memory.EMPTY))))
                .singleElement()
                .isInstanceOf(CommitOutcome.Conflict.class);
        remember(ended, remembering(metering(read, 1)), remembering(metering(read, 2)));
        assertThat(journal().metering(read.sessionId().orElseThrow())).contains(metering(read, 2));
    }

    @Test
    @Proves("Open bills are those not closed, those of deleted sessions among them.")
    void openBillsAreThoseThatAreNotClosed() {
        ManagedVm open = given("vm-1");
        ManagedVm closed = given("vm-2");
        ManagedVm closing = given("vm-3");
        assertThat(journal().openMeterings()).isEmpty();

        remember(open, Memory.EMPTY, remembering(metering(open, 1)));
        remember(closed, Memory.EMPTY, remembering(metering(closed, 1).closed()));
        remember(closing, Memory.EMPTY, remembering(metering(closing, 1)));
        assertThat(journal().openMeterings()).containsExactlyInAnyOrder(metering(open, 1), metering(closing, 1));

        remember(
                closing,
                remembering(metering(closing, 1)),
                remembering(metering(closing, 1).closed()));
        host().remove(open.sessionId().orElseThrow());
        assertThat(journal().openMeterings()).containsExactly(metering(open, 1));
    }

    private static Metering full(ManagedVm of) {
        return new Metering(
                of.sessionId().orElseThrow(),
                of.id(),
                7,
                3,
                Optional.of(new Lapse(NOON.minusMillis(200), NOON.minusMillis(100))),
                Optional.empty(),
                List.of(
                        new Gap(NOON.minusMillis(500), Optional.of(NOON.minusMillis(400))),
                        new Gap(NOON.minusMillis(300), Optional.empty())),
                false,
                true,
                Optional.of(new Tombstone(SessionStatus.FAILED, NOON.minusMillis(50), "never\nstarted", true)));
    }
}
