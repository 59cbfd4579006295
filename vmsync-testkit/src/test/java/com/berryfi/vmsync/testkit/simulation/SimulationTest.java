package com.berryfi.vmsync.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final long SEEDS = 20;

    @Test
    void nothingThatMustNeverHappenHappens() {
        String violations = LongStream.rangeClosed(1, SEEDS)
                .mapToObj(seed -> Simulation.standard().run(seed))
                .flatMap(result -> result.violations().stream())
                .limit(3)
                .map(Object::toString)
                .collect(Collectors.joining("\n"));

        assertThat(violations).isEmpty();
    }

    @Test
    void theSameSeedIsTheSameWorld() {
        SeedResult first = Simulation.standard().run(7);
        SeedResult second = Simulation.standard().run(7);

        assertThat(second.digest()).as("seed 7").isEqualTo(first.digest());
        assertThat(second.faults()).as("seed 7").isEqualTo(first.faults());
        assertThat(Simulation.standard().run(8).digest()).isNotEqualTo(first.digest());
    }

    @Test
    void everySeedIsRoughAndLongEnough() {
        SeedResult result = Simulation.standard().run(9);

        assertThat(result.simulated()).isGreaterThan(java.time.Duration.ofHours(6));
        assertThat(result.faults()).hasSizeGreaterThan(5);
        assertThat(result.faults().values().stream().mapToInt(Integer::intValue).sum())
                .isGreaterThan(20);
        assertThat(result.sessions()).isGreaterThan(20);
    }
}
