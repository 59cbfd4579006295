package com.berryfi.vmsync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.UnknownCause;
import java.util.Objects;

/** What a contract asks of a reading. */
final class Readings {

    private Readings() {}

    static Observation observation(Reading reading, CloudAddress address) {
        Evidence evidence = reading.evidence().get(address);
        assertThat(evidence).as("evidence of %s in %s", address, reading).isNotNull();
        return Objects.requireNonNull(evidence).observation();
    }

    static PowerState power(Reading reading, CloudAddress address) {
        Observation observation = observation(reading, address);
        assertThat(observation).isInstanceOf(Observation.Seen.class);
        return ((Observation.Seen) observation).power();
    }

    static void assertCause(Observation observation, UnknownCause cause) {
        assertThat(observation).isInstanceOf(Observation.Unknown.class);
        assertThat(((Observation.Unknown) observation).cause()).isEqualTo(cause);
    }

    static void assertComplete(Reading reading) {
        assertThat(reading.complete()).as("complete: %s", reading).isTrue();
    }

    static void assertFailed(Reading reading, UnknownCause cause) {
        assertThat(reading.complete()).as("complete: %s", reading).isFalse();
        assertThat(reading.failure().map(Observation.Unknown::cause)).contains(cause);
    }
}
