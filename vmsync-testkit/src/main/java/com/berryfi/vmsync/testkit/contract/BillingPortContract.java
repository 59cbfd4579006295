package com.berryfi.vmsync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.Interval;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.BillingPort;
import com.berryfi.vmsync.testkit.Samples;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every {@link BillingPort} must do: apply each key once, however often it comes.
 *
 * <p>Sessions {@code s-1} and {@code s-2} on VM {@code vm-1} ran from an hour before {@link Samples#NOON} until then.
 */
@ExtendWith(Waivers.class)
public abstract class BillingPortContract {

    /** {@return the port under test, fresh for each test; called more than once in one} */
    protected abstract BillingPort port();

    /**
     * {@return what the host has billed a session for in all; zero while its bill is not closed}
     *
     * @param session which session; an id that the contract made
     */
    protected abstract Duration billed(SessionId session);

    private static BillingInstruction.Stop stop(String session, long counter, Duration billed) {
        return new BillingInstruction.Stop(
                new BillingKey(new SessionId(session), counter),
                new VmId("vm-1"),
                Samples.NOON,
                List.of(new Interval(
                        Samples.NOON.minus(Duration.ofHours(1)),
                        Samples.NOON.minus(Duration.ofHours(1)).plus(billed))),
                "found off");
    }

    @Test
    @Proves("A stop bills the sum of its intervals, no more and no less.")
    void aStopBillsItsTotal() {
        port().apply(stop("s-1", 1, Duration.ofMinutes(40)));

        assertThat(billed(new SessionId("s-1"))).isEqualTo(Duration.ofMinutes(40));
    }

    @Test
    @Proves("An instruction that comes again is not applied again.")
    void theSameKeyAgainChangesNothing() {
        port().apply(stop("s-1", 1, Duration.ofMinutes(40)));
        port().apply(stop("s-1", 1, Duration.ofMinutes(40)));

        assertThat(billed(new SessionId("s-1"))).isEqualTo(Duration.ofMinutes(40));
    }

    @Test
    @Proves("The keys of two sessions are two, whatever their counters.")
    void theSameCounterOfAnotherSessionIsAnotherKey() {
        port().apply(stop("s-1", 1, Duration.ofMinutes(40)));
        port().apply(stop("s-2", 1, Duration.ofMinutes(20)));

        assertThat(billed(new SessionId("s-2"))).isEqualTo(Duration.ofMinutes(20));
        assertThat(billed(new SessionId("s-1"))).isEqualTo(Duration.ofMinutes(40));
    }

    @Test
    @Proves(value = "Suspend and resume bill nothing; the stop after them is the whole bill.", tier = Tier.SHOULD)
    void nothingIsBilledBeforeTheEnd() {
        SessionId session = new SessionId("s-1");
        VmId vm = new VmId("vm-1");
        port().apply(new BillingInstruction.Suspend(
                new BillingKey(session, 1), vm, Samples.NOON.minusSeconds(1200), "found off"));
        port().apply(new BillingInstruction.Resume(
                new BillingKey(session, 2), vm, Samples.NOON.minusSeconds(600), "found running"));
        assertThat(billed(session)).isEqualTo(Duration.ZERO);

        port().apply(stop("s-1", 3, Duration.ofMinutes(50)));
        assertThat(billed(session)).isEqualTo(Duration.ofMinutes(50));
    }

    @Test
    @Proves("A stop without an interval bills nothing, and is taken.")
    void aSessionThatWasNeverBillableIsClosedAtZero() {
        SessionId session = new SessionId("s-1");
        port().apply(new BillingInstruction.Stop(
                new BillingKey(session, 1), new VmId("vm-1"), Samples.NOON, List.of(), "never ran"));

        assertThat(billed(session)).isEqualTo(Duration.ZERO);
    }
}
