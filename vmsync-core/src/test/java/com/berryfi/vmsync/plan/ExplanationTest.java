package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SCOPE;
import static com.berryfi.vmsync.Samples.SESSION;
import static com.berryfi.vmsync.Samples.VM;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.Samples;
import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationTest {

    private static final String END = "session -> TERMINATED as of 2026-11-01T11:50:00Z";
    private static final Held WAIT = new Held(Held.Reason.CONFIRMATION, Optional.of(NOW), Held.ReleasedBy.DIRECT_READ);

    @Test
    void aSessionOfWhichNothingWasEverSaid() {
        assertThat(Explanation.of(SESSION, Optional.empty(), List.of()))
                .isEqualTo("Session s-1 has no row. Both sides have always agreed on it, or it was never looked at: "
                        + "vmsync has done nothing.");
    }

    @Test
    void aSessionThatWasEndedIsSoByTheLastRecordThatEndedIt() {
        List<AuditRecord> history = List.of(
                record(NOW, "end-when-stopped", Mode.ACT, List.of(END), Optional.empty()),
                record(NOW.plusSeconds(1), "end-again", Mode.ACT, List.of("VM -> STOPPED", END), Optional.empty()),
                record(NOW.plusSeconds(2), "agree-in-step", Mode.ACT, List.of(), Optional.empty()));

        assertThat(firstLine(history))
                .isEqualTo(
                        "Session s-1 is TERMINATED. vmsync ended it at 2026-11-01T12:00:01Z by rule end-again: why.");
    }

    @Test
    void whatIsOnlyObservedEndsNothing() {
        List<AuditRecord> history =
                List.of(record(NOW, "end-when-stopped", Mode.OBSERVE, List.of(END), Optional.empty()));

        assertThat(firstLine(history))
                .isEqualTo("Session s-1 is TERMINATED. vmsync has not ended it. Last verdict at 2026-11-01T12:00:00Z, "
                        + "rule end-when-stopped: [" + END + "].");
    }

    @Test
    void aSessionThatWasNotEndedIsExplainedByTheLastVerdict() {
        AuditRecord waits = record(NOW, "end-when-stopped", Mode.ACT, List.of("billing suspended"), Optional.of(WAIT));
        AuditRecord nothing = record(NOW, "agree-in-step", Mode.ACT, List.of(), Optional.empty());

        assertThat(firstLine(List.of(nothing, waits)))
                .endsWith("rule end-when-stopped: it waits, for what was seen is to be confirmed, "
                        + "until 2026-11-01T12:00:00Z, released by DIRECT_READ.");
        assertThat(firstLine(List.of(waits, nothing))).endsWith("rule agree-in-step: nothing was to be done.");
    }

    @Test
    void eachVerdictIsALineWithBothSides() {
        AuditRecord list = new AuditRecord(
                NOW.plusSeconds(5),
                "cycle-2",
                VM,
                Optional.empty(),
                SCOPE,
                "follow-power",
                Mode.ALERT,
                "why",
                VmStatus.STARTING,
                Optional.empty(),
                Samples.evidence(Samples.seen(PowerState.STOPPED), ReadKind.LIST),
                List.of(),
                Optional.empty());
        List<AuditRecord> history =
                List.of(record(NOW, "end-when-stopped", Mode.ACT, List.of("one", "two"), Optional.of(WAIT)), list);

        assertThat(explained(history).lines().skip(1))
                .containsExactly(
                        "2026-11-01T12:00:00Z end-when-stopped: why; believed RUNNING/ACTIVE, a direct read of "
                                + "2026-11-01T12:00:00Z said STOPPED; one, two; waits, for what was seen is to be "
                                + "confirmed, until 2026-11-01T12:00:00Z, released by DIRECT_READ",
                        "2026-11-01T12:00:05Z follow-power (ALERT): why; believed STARTING, a list of "
                                + "2026-11-01T12:00:00Z said STOPPED");
    }

    @ParameterizedTest
    @CsvSource({
        "MAINTENANCE, for the VM is in maintenance",
        "HOLD, for an operator holds the VM",
        "FENCE, for the host has changed the rows and its operation may still come true",
        "PROVISIONING, for the cloud has not come to an end with the VM",
        "START_GRACE, for a session that begins may take its time",
        "CONFIRMATION, for what was seen is to be confirmed",
        "MISSING, for a VM that is not found may be found again",
        "TRANSITION_UNDER_WAY, for the VM is on its way from one state to another",
        "HEARTBEAT, for the VM has given a sign of life",
        "QUARANTINE, for an orphan is reported before it is given back",
        "BRAKE, for too many would end at once",
        "FREEZE, for this process does not trust what it knows of the scope"
    })
    void everyWaitIsSaidInWords(Held.Reason reason, String words) {
        Held held = new Held(reason, Optional.empty(), Held.ReleasedBy.OPERATOR);

        assertThat(firstLine(List.of(record(NOW, "rule", Mode.ACT, List.of(), Optional.of(held)))))
                .endsWith(": it waits, " + words + ", released by OPERATOR.");
    }

    private static String firstLine(List<AuditRecord> history) {
        return explained(history).lines().findFirst().orElseThrow();
    }

    private static String explained(List<AuditRecord> history) {
        Session row = new Session(SESSION, VM, SessionStatus.TERMINATED, Optional.empty(), Optional.empty());
        return Explanation.of(SESSION, Optional.of(row), history);
    }

    private static AuditRecord record(Instant at, String rule, Mode mode, List<String> effects, Optional<Held> held) {
        return new AuditRecord(
                at,
                "cycle-1",
                VM,
                Optional.of(SESSION),
                SCOPE,
                rule,
                mode,
                "why",
                VmStatus.RUNNING,
                Optional.of(SessionStatus.ACTIVE),
                new Evidence(Samples.seen(PowerState.STOPPED), ReadKind.DIRECT, NOW, Optional.of("request-1")),
                effects,
                held);
    }
}
