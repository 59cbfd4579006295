package com.berryfi.vmsync.spring;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.VmId;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a tracer hears of cycles and of calls of the cloud. */
class CycleObservationsTest {

    private final Watched watched = new Watched();
    private final TestObservationRegistry registry = TestObservationRegistry.create();

    @Test
    void eachCallIsAChildOfItsCycle() {
        watched.inUse(Watched.SCOPE, "a");
        watched.application()
                .withBean(ObservationRegistry.class, () -> registry)
                .run(context -> {
                    watched.minutes(1);
                    assertThat(registry)
                            .hasNumberOfObservationsWithNameEqualTo(CycleObservations.NAME, 4)
                            .hasAnObservation(observation -> observation
                                    .hasNameEqualTo(ObservedCloud.NAME)
                                    .hasLowCardinalityKeyValue("kind", "list")
                                    .hasLowCardinalityKeyValue("sync", "full")
                                    .hasLowCardinalityKeyValue("outcome", "complete")
                                    .hasHighCardinalityKeyValue("scope", Watched.SCOPE.toString()));
                    assertThat(registry)
                            .hasHandledContextsThatSatisfy(handled -> assertThat(handled)
                                    .filteredOn(each -> ObservedCloud.NAME.equals(each.getName()))
                                    .isNotEmpty()
                                    .allSatisfy(call -> assertThat(call.getParentObservation())
                                            .extracting(cycle ->
                                                    cycle.getContextView().getName())
                                            .isEqualTo(CycleObservations.NAME)));
                    assertThat(registry)
                            .hasAnObservation(observation -> observation
                                    .hasNameEqualTo(CycleObservations.NAME)
                                    .hasLowCardinalityKeyValue("kind", "full")
                                    .hasLowCardinalityKeyValue("outcome", "clean"));
                    assertThat(registry)
                            .hasObservationWithNameEqualTo(CycleObservations.NAME)
                            .that()
                            .hasBeenStopped();
                    assertThat(registry)
                            .hasObservationWithNameEqualTo(ObservedCloud.NAME)
                            .that()
                            .hasBeenStopped();
                });
    }

    @Test
    void aCallThatBringsNothingSaysWhy() {
        watched.inUse(Watched.SCOPE, "a");
        watched.cloud.fail(Watched.SCOPE, Watched.EXPIRED, Optional.empty());
        watched.application()
                .withBean(ObservationRegistry.class, () -> registry)
                .run(context -> {
                    watched.minutes(1);
                    assertThat(registry)
                            .hasAnObservation(observation -> observation
                                    .hasNameEqualTo(ObservedCloud.NAME)
                                    .hasLowCardinalityKeyValue("outcome", "unauthenticated"))
                            .hasAnObservation(observation -> observation
                                    .hasNameEqualTo(CycleObservations.NAME)
                                    .hasLowCardinalityKeyValue("outcome", "partial"));
                });
    }

    @Test
    void anAdapterThatThrowsIsAnErrorOfItsCallAlone() {
        watched.inUse(Watched.SCOPE, "a");
        watched.cloud.beforeEachRead(request -> {
            throw new IllegalStateException("an adapter's fault");
        });
        watched.application()
                .withBean(ObservationRegistry.class, () -> registry)
                .run(context -> {
                    watched.minutes(1);
                    assertThat(registry)
                            .hasAnObservation(observation -> observation
                                    .hasNameEqualTo(ObservedCloud.NAME)
                                    .hasLowCardinalityKeyValue("outcome", "threw")
                                    .hasError())
                            .hasAnObservation(observation -> observation
                                    .hasNameEqualTo(CycleObservations.NAME)
                                    .doesNotHaveError());
                    assertThat(registry)
                            .hasObservationWithNameEqualTo(CycleObservations.NAME)
                            .that()
                            .hasBeenStopped();
                    assertThat(registry)
                            .hasObservationWithNameEqualTo(ObservedCloud.NAME)
                            .that()
                            .hasBeenStopped();
                });
    }

    @Test
    void aReadOfOneVmBelongsToWhoeverAsksForIt() {
        watched.inUse(Watched.SCOPE, "a");
        watched.application()
                .withBean(ObservationRegistry.class, () -> registry)
                .run(context -> {
                    context.getBean(VmSync.class).actualStatus(new VmId("a"));
                    assertThat(registry)
                            .hasSingleObservationThat()
                            .hasNameEqualTo(ObservedCloud.NAME)
                            .hasLowCardinalityKeyValue("sync", "direct")
                            .doesNotHaveParentObservation();
                });
    }
}
