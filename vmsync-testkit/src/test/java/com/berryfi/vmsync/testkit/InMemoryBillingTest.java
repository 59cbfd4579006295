package com.berryfi.vmsync.testkit;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.BillingPort;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.UnavailableException;
import com.berryfi.vmsync.testkit.contract.BillingPortContract;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InMemoryBillingTest extends BillingPortContract {

    private final InMemoryBilling billing = new InMemoryBilling();
    private final BillingInstruction suspend = new BillingInstruction.Suspend(
            new BillingKey(new SessionId("s-1"), 1), new VmId("vm-1"), NOON, "found off");

    @Override
    protected BillingPort port() {
        return billing;
    }

    @Override
    protected Duration billed(SessionId session) {
        return billing.applied(session).stream()
                .filter(BillingInstruction.Stop.class::isInstance)
                .map(stop -> ((BillingInstruction.Stop) stop).total())
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Test
    void failsAsOftenAsItIsToldTo() {
        billing.goDown(1);
        billing.reject(1);

        assertThatThrownBy(() -> billing.apply(suspend)).isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> billing.apply(suspend)).isInstanceOf(RejectedException.class);
        assertThat(billing.applied()).isEmpty();
        billing.apply(suspend);

        assertThat(billing.applied()).containsExactly(suspend);
        assertThat(billing.timesCame(suspend.key())).isEqualTo(3);
    }

    @Test
    void aKeyStandsForOneInstructionForEver() {
        billing.apply(suspend);

        assertThatThrownBy(() -> billing.apply(
                        new BillingInstruction.Suspend(suspend.key(), suspend.vm(), NOON.plusSeconds(1), "found off")))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("s-1#1");
        assertThat(billing.applied()).containsExactly(suspend);
    }
}
