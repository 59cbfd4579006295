package com.berryfi.vmsync.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.VmStatus;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is combined with what. */
class CombinationsTest {

    private static final int ALONE = 3;

    @ParameterizedTest
    @CsvSource({
        "AVAILABLE, , STARTING, 8",
        "AVAILABLE, , STOPPED, 16",
        "ERROR, , STARTING, 16",
        "ERROR, , RUNNING, 32",
        "AVAILABLE, , UNKNOWN, 2",
        "RUNNING, ACTIVE, DEALLOCATED, 14",
        "RUNNING, STARTING, STOPPED (CREATING), 14",
        "RUNNING, TERMINATING, missing (NotFound), 14",
        "RUNNING, ACTIVE, unknown (NOT_LISTED), 14",
        "RUNNING, ACTIVE, unknown (THROTTLED), 2",
        "RUNNING, ACTIVE, RUNNING, 28",
        "RUNNING, IDLE, STARTING, 2",
        "RUNNING, REQUESTED, STARTING, 2",
        "RUNNING, FAILED, STARTING, 2"
    })
    void whatMattersIsCombined(VmStatus believed, SessionStatus session, String says, int expected) {
        for (ReadKind kind : ReadKind.values()) {
            assertThat(of(believed, Optional.ofNullable(session), says)
                            .filter(any -> any.kind() == kind)
                            .map(Combination::circumstances)
                            .collect(Collectors.toSet()))
                    .hasSize(expected + ALONE)
                    .contains(
                            Set.of(),
                            EnumSet.of(Circumstance.LONG),
                            EnumSet.of(Circumstance.ON_HOLD),
                            EnumSet.of(Circumstance.STALE),
                            EnumSet.of(Circumstance.OVERWRITTEN));
        }
    }

    @Test
    void aBillIsNotInterruptedInTwoWays() {
        assertThat(Combinations.all()).noneMatch(any -> any.is(Circumstance.SUSPENDED) && any.is(Circumstance.LAPSED));
    }

    private static Stream<Combination> of(VmStatus believed, Optional<SessionStatus> session, String says) {
        return Combinations.all()
                .filter(any -> any.believed() == believed
                        && any.session().equals(session)
                        && any.observation().toString().equals(says));
    }
}
