package com.berryfi.vmsync.testkit.contract;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static com.berryfi.vmsync.testkit.Samples.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.BrakeKind;
import com.berryfi.vmsync.model.Budget;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Spending;
import com.berryfi.vmsync.model.VmId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How the budget of the brakes is spent, as a part of {@link SyncJournalContract}. */
abstract class SyncJournalBrake extends SyncJournalAmendments {

    private static final Instant LONG_AGO = NOON.minusSeconds(100_000);

    @Test
    @Proves(value = "A new journal has a budget of which nothing is spent.", tier = Tier.SHOULD)
    void nothingIsSpentAtFirst() {
        assertThat(journal().budget(LONG_AGO).spent()).isEmpty();
        assertThat(journal().budget(LONG_AGO)).isEqualTo(journal().budget(NOON));
    }

    @Test
    @Proves("What was spent comes back whole, oldest first.")
    void whatIsSpentComesBackWholeOldestFirst() {
        Scope elsewhere = new Scope("elsewhere", "", "", "sub-2");
        Spending early = new Spending(BrakeKind.SUSPEND, elsewhere, new VmId("vm-1"), NOON.minusMillis(2));
        Spending late = spending("vm-2", NOON);
        Spending between = new Spending(BrakeKind.DEALLOCATE, SCOPE, new VmId("vm-3"), NOON.minusMillis(1));
        Spending again = new Spending(
                BrakeKind.END, SCOPE, new VmId("vm-1"), Optional.of(new SessionId("s-1")), NOON.minusMillis(2));

        spend(late);
        spend(early, between, again);

        assertThat(journal().budget(LONG_AGO).spent()).containsExactly(early, again, between, late);
    }

    @Test
    @Proves("Each spending makes another version of the budget.")
    void everySpendingIsAnotherVersion() {
        long first = version();
        spend(spending("vm-1", NOON));
        long second = version();
        spend(spending("vm-2", NOON));

        assertThat(List.of(first, second, version())).doesNotHaveDuplicates();
    }

    @Test
    @Proves("Who has seen another version spends nothing.")
    void whoHasSeenAnotherVersionSpendsNothing() {
        long first = version();
        assertThat(journal().spend(first + 1, List.of(spending("vm-2", NOON)), LONG_AGO))
                .isFalse();
        assertThat(journal().budget(LONG_AGO)).isEqualTo(new Budget(first, List.of()));
        spend(spending("vm-1", NOON));
        Budget spent = journal().budget(LONG_AGO);

        assertThat(journal().spend(first, List.of(spending("vm-2", NOON)), NOON.plusSeconds(1)))
                .isFalse();
        assertThat(journal().spend(spent.version() + 1, List.of(spending("vm-2", NOON)), NOON.plusSeconds(1)))
                .isFalse();

        assertThat(journal().budget(LONG_AGO)).isEqualTo(spent);
    }

    @Test
    @Proves("The window holds its first instant.")
    void aBudgetTellsOfItsFirstInstantToo() {
        spend(spending("vm-1", NOON.minusMillis(1)), spending("vm-2", NOON), spending("vm-3", NOON.plusMillis(1)));

        assertThat(journal().budget(NOON).spent())
                .containsExactly(spending("vm-2", NOON), spending("vm-3", NOON.plusMillis(1)));
        assertThat(journal().budget(NOON.plusMillis(2)).spent()).isEmpty();
        assertThat(journal().budget(NOON.plusMillis(2)).version()).isEqualTo(version());
    }

    @Test
    @Proves(value = "What lies before the window is forgotten when something is spent.", tier = Tier.SHOULD)
    void whatWasSpentEarlierIsForgotten() {
        spend(spending("vm-1", NOON.minusMillis(1)), spending("vm-2", NOON));

        assertThat(journal().spend(version(), List.of(spending("vm-3", NOON)), NOON))
                .isTrue();

        assertThat(journal().budget(NOON).spent()).containsExactly(spending("vm-2", NOON), spending("vm-3", NOON));
    }

    @Test
    @Proves("Of those who spend at the same time one does.")
    void ofTwoWhoSpendAtOnceOneDoes() throws Exception {
        for (int round = 0; round < 5; round++) {
            long version = version();
            int before = journal().budget(LONG_AGO).spent().size();
            String vm = "vm-" + round + "-";
            List<CompletableFuture<Boolean>> spenders = IntStream.range(0, 4)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() ->
                            journal().spend(version, List.of(spending(vm + i, NOON)), LONG_AGO)))
                    .toList();

            int winners = 0;
            for (CompletableFuture<Boolean> spender : spenders) {
                winners += spender.get(10, TimeUnit.SECONDS) ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
            assertThat(journal().budget(LONG_AGO).spent()).hasSize(before + 1);
        }
    }

    private long version() {
        return journal().budget(LONG_AGO).version();
    }

    private void spend(Spending... spent) {
        assertThat(journal().spend(version(), List.of(spent), LONG_AGO)).isTrue();
    }

    private static Spending spending(String vm, Instant at) {
        return new Spending(BrakeKind.END, SCOPE, new VmId(vm), at);
    }
}
