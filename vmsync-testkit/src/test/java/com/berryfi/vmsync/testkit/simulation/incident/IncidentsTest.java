package com.berryfi.vmsync.testkit.simulation.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class IncidentsTest {

    private static final long SEEDS = 3;

    @TestFactory
    Stream<DynamicTest> vmsyncLivesThroughIt() {
        return Incidents.all().stream()
                .map(incident -> DynamicTest.dynamicTest(
                        incident.toString(),
                        () -> assertThat(violated(incident, Incidents.VMSYNC)).isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> somebodyElseDoesNot() {
        return Incidents.all().stream()
                .map(incident -> DynamicTest.dynamicTest(
                        incident.toString(),
                        () -> assertThat(violated(incident, Naive.of(incident)))
                                .hasSize((int) SEEDS)
                                .allSatisfy(
                                        result -> assertThat(result.toString()).contains(Naive.harm(incident)))));
    }

    @Test
    void theTableIsComplete() {
        assertThat(Incidents.all())
                .extracting(Incident::number)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 25).boxed().toList());
        assertThat(Incidents.all()).extracting(Incident::name).doesNotHaveDuplicates();
    }

    @Test
    void theSameSeedIsTheSameStory() {
        Incident incident = Incidents.all().get(11);
        Contender contender = Naive.of(incident);
        IncidentResult result = incident.run(4, contender);

        assertThat(result.held()).isFalse();
        assertThat(incident.run(4, contender)).hasToString(result.toString());
        assertThat(result.toString())
                .contains("INCIDENT VIOLATED with seed 4", incident.must(), incident.reference(), "DEALLOCATED");
    }

    @Test
    void allAtOnceIsOneOfEach() {
        assertThat(Incidents.runAll(1)).hasSize(25).allMatch(IncidentResult::held);
    }

    private static List<IncidentResult> violated(Incident incident, Contender contender) {
        return LongStream.rangeClosed(1, SEEDS)
                .mapToObj(seed -> incident.run(seed, contender))
                .filter(result -> !result.held())
                .toList();
    }
}
