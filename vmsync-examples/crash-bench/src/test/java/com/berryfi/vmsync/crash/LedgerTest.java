package com.berryfi.vmsync.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.crash.Booking.Booked;
import com.berryfi.vmsync.crash.Fault.Kind;
import com.berryfi.vmsync.crash.Ledger.Arrival;
import com.berryfi.vmsync.crash.Ledger.Metered;
import com.berryfi.vmsync.crash.Ledger.SessionRow;
import com.berryfi.vmsync.crash.Ledger.Staged;
import com.berryfi.vmsync.model.Interval;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.testkit.arm.ArmSimulator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That the judge finds what is wrong in the books, and nothing in those that are right. */
class LedgerTest {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final Booked SUSPENDED = new Booked("SUSPEND", Optional.of(NOON.plusSeconds(60)), List.of());
    private static final Booked STOPPED =
            new Booked("STOP", Optional.of(NOON.plusSeconds(60)), List.of(new Interval(NOON, NOON.plusSeconds(60))));

    private static Staged staged(long counter, Booked booked) {
        return new Staged(new Ledger.Key("s", counter), booked, "DELIVERED", NOON.plusSeconds(70));
    }

    private static Arrival arrival(long counter, Booked booked, boolean hasEffect) {
        return new Arrival(new Ledger.Key("s", counter), booked, hasEffect, NOON.plusSeconds(71));
    }

    private static Ledger ledger(List<Staged> staged, List<Arrival> arrivals) {
        return new Ledger(
                staged,
                arrivals,
                Map.of("s", new Metered(2, List.of(), true, true)),
                List.of(new SessionRow("s", "vm", "TERMINATED", Optional.of(NOON), Optional.of(NOON.plusSeconds(60)))));
    }

    private static List<Kind> kinds(List<Staged> staged, List<Arrival> arrivals) {
        return Books.faults(ledger(staged, arrivals)).stream()
                .map(Fault::kind)
                .distinct()
                .toList();
    }

    @Test
    void whatArrivesAgainWithoutEffectIsRight() {
        assertThat(kinds(
                        List.of(staged(1, SUSPENDED), staged(2, STOPPED)),
                        List.of(arrival(1, SUSPENDED, true), arrival(2, STOPPED, true), arrival(1, SUSPENDED, false))))
                .isEmpty();
    }

    @Test
    void whatIsNotBookedNotStagedOrNotClosedIsLost() {
        List<Staged> both = List.of(staged(1, SUSPENDED), staged(2, STOPPED));

        assertThat(kinds(both, List.of(arrival(1, SUSPENDED, true)))).containsExactly(Kind.LOST);
        assertThat(kinds(List.of(staged(1, SUSPENDED)), List.of(arrival(1, SUSPENDED, true))))
                .containsExactly(Kind.LOST);
        assertThat(kinds(List.of(), List.of())).containsExactly(Kind.LOST);
    }

    @Test
    void twoEffectsOfAKeyTwoInstructionsUnderOneAndOneAfterTheLastAreDuplicates() {
        List<Staged> both = List.of(staged(1, SUSPENDED), staged(2, STOPPED));

        assertThat(kinds(
                        both,
                        List.of(arrival(1, SUSPENDED, true), arrival(2, STOPPED, true), arrival(2, STOPPED, true))))
                .containsExactly(Kind.DUPLICATED);
        assertThat(kinds(both, List.of(arrival(1, SUSPENDED, true), arrival(2, SUSPENDED, true))))
                .contains(Kind.DUPLICATED);
        assertThat(kinds(
                        List.of(staged(1, STOPPED), staged(2, STOPPED)),
                        List.of(arrival(1, STOPPED, true), arrival(2, STOPPED, true))))
                .containsExactly(Kind.DUPLICATED);
    }

    @Test
    void aFirstArrivalAfterALaterOneIsOutOfOrder() {
        assertThat(kinds(
                        List.of(staged(1, SUSPENDED), staged(2, STOPPED)),
                        List.of(arrival(2, STOPPED, true), arrival(1, SUSPENDED, true))))
                .containsExactly(Kind.MISORDERED);
    }

    @Test
    void aBillIsHeldAgainstTheTruth() {
        try (ArmSimulator simulator = ArmSimulator.start(InstantSource.system())) {
            Instant start = Instant.now();
            Machine machine = new Machine(
                    "vm", "sub", simulator.subscription("sub").put(Fleet.GROUP, "vm", PowerState.DEALLOCATED));
            machine.start();
            Instant from = start.plusSeconds(10);
            List<Instant> passes = IntStream.range(0, 100)
                    .mapToObj(i -> start.plusSeconds(10L + i))
                    .toList();

            assertThat(billed(machine, passes, from, from.plusSeconds(60), from.plusSeconds(60)))
                    .as("ended while it ran")
                    .containsExactly(Kind.WRONGFUL);
            assertThat(billed(machine, passes, from, from, from.plusSeconds(60)))
                    .as("and not billed")
                    .containsExactlyInAnyOrder(Kind.WRONGFUL, Kind.UNBILLED);
            machine.stop();
            assertThat(billed(machine, passes, from, from.plusSeconds(60), from.plusSeconds(60)))
                    .as("billed while off")
                    .containsExactly(Kind.OVERBILLED);
            assertThat(billed(machine, List.of(), from, from.plusSeconds(2), from.plusSeconds(2)))
                    .as("billed until it was closed, by an ending that saw it off, though no pass became durable")
                    .containsExactly(Kind.OVERBILLED);
            assertThat(billed(machine, passes, from, from, from.plusSeconds(60)))
                    .isEmpty();
        }
    }

    private static List<Kind> billed(Machine machine, List<Instant> passes, Instant from, Instant to, Instant closed) {
        Booked stop = new Booked("STOP", Optional.of(to), List.of(new Interval(from, to)));
        Ledger ledger = new Ledger(
                List.of(new Staged(new Ledger.Key("s", 1), stop, "DELIVERED", closed)),
                List.of(new Arrival(new Ledger.Key("s", 1), stop, true, closed)),
                Map.of(),
                List.of(new SessionRow("s", machine.id(), "TERMINATED", Optional.of(from), Optional.of(to))));
        Bills bills = new Bills(ledger, Map.of(), closed.plusSeconds(60));
        bills.compare(machine, passes, List.of());
        return bills.faults().stream().map(Fault::kind).toList();
    }

    @Test
    void whatNobodyHasPutRightIsLeft() {
        try (ArmSimulator simulator = ArmSimulator.start(InstantSource.system())) {
            Machine machine = new Machine(
                    "vm", "sub", simulator.subscription("sub").put(Fleet.GROUP, "vm", PowerState.DEALLOCATED));

            assertThat(left(machine, "TERMINATED", true)).isEmpty();
            assertThat(left(machine, "COMPLETED", false)).containsExactly(Kind.LOST);
            for (String live : List.of("ACTIVE", "STARTING", "TERMINATING")) {
                assertThat(left(machine, live, false)).as(live).containsExactly(Kind.OVERBILLED);
            }
        }
    }

    private static List<Kind> left(Machine machine, String status, boolean stopped) {
        Ledger ledger = new Ledger(
                List.of(staged(1, SUSPENDED)),
                List.of(arrival(1, SUSPENDED, true)),
                Map.of("s", new Metered(1, List.of(), stopped, true)),
                List.of(new SessionRow("s", machine.id(), status, Optional.of(NOON), Optional.empty())));
        return Rest.left(List.of(machine), ledger).stream().map(Fault::kind).toList();
    }

    @Test
    void onlyAMachineThatStoodStillGivesMoreTime() {
        Duration full = BenchSettings.FULL;
        Duration quiet = BenchSettings.QUIET;

        assertThat(BenchSettings.quiet(full)).isEqualTo(quiet);
        assertThat(BenchSettings.quiet(full.plusSeconds(3))).isEqualTo(quiet.plusSeconds(3));
        assertThat(BenchSettings.quiet(Duration.ofHours(1))).isEqualTo(quiet.multipliedBy(2));
    }
}
