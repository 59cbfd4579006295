package com.berryfi.vmsync.plan;

import static com.berryfi.vmsync.Samples.NOW;
import static com.berryfi.vmsync.Samples.SESSION;
import static com.berryfi.vmsync.Samples.SESSION_START;
import static com.berryfi.vmsync.Samples.VM;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.Interval;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettlementTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Instant END = NOW.minus(PATIENCE);
    private static final Instant OFF = SESSION_START.plusSeconds(600);
    private static final Metering SUSPENDED =
            Metering.untouched(SESSION, VM).instructed(List.of(new Gap(OFF, Optional.empty())), false);

    @Test
    void aSessionThatTheHostEndedWithoutAskingIsAdjustedOnce() {
        Amendment amendment = settled(SUSPENDED, ended(END)).orElseThrow();

        Interval unbilled = new Interval(OFF, END);
        BillingInstruction adjust = new BillingInstruction.Adjust(
                new BillingKey(SESSION, 2),
                VM,
                List.of(unbilled),
                "the host ended the session and did not ask for its gaps");
        assertThat(amendment.at()).isEqualTo(NOW);
        assertThat(amendment.vm()).isEqualTo(VM);
        assertThat(amendment.billing()).containsExactly(adjust);
        assertThat(amendment.before())
                .isEqualTo(new Memory(Optional.empty(), Optional.of(SUSPENDED), Optional.empty()));
        Metering after = amendment.after().metering().orElseThrow();
        assertThat(after.stopped()).isTrue();
        assertThat(after.counter()).isEqualTo(2);
        assertThat(after.gaps()).containsExactly(new Gap(OFF, Optional.of(END)));
        assertThat(amendment.after().tracking()).isEmpty();
        assertThat(amendment.after().identity()).isEmpty();
        assertThat(settled(after, ended(END))).as("once").isEmpty();
    }

    @Test
    void theAdjustmentIsAuditedWithTheRowThatSaysSo() {
        AuditRecord record =
                settled(SUSPENDED, ended(END)).orElseThrow().audit().get(0);

        assertThat(record.rule()).isEqualTo(Settlement.ID);
        assertThat(record.at()).isEqualTo(NOW);
        assertThat(record.cycle()).isEqualTo("cycle-1");
        assertThat(record.vm()).isEqualTo(VM);
        assertThat(record.session()).contains(SESSION);
        assertThat(record.mode()).isEqualTo(Mode.ACT);
        assertThat(record.because()).isEqualTo("the host ended the session and did not ask for its gaps");
        assertThat(record.believed()).isEqualTo(VmStatus.UNKNOWN);
        assertThat(record.sessionStatus()).contains(SessionStatus.COMPLETED);
        assertThat(record.evidence().observation())
                .isEqualTo(new Observation.Unknown(UnknownCause.NOT_ASKED, "the session's own row says that it ended"));
        assertThat(record.evidence().sentAt()).isEqualTo(NOW);
        assertThat(record.effects()).singleElement().asString().startsWith("Adjust[key=s-1#2");
        assertThat(record.held()).isEmpty();
    }

    @Test
    void theHostHasTimeToAsk() {
        assertThat(settled(SUSPENDED, ended(END.plusMillis(1)))).isEmpty();
        assertThat(settled(SUSPENDED, ended(END))).isPresent();
    }

    @Test
    void aHostThatAskedIsNotAdjustedNorWaitedFor() {
        Amendment amendment = settled(SUSPENDED.askedFor(), ended(NOW)).orElseThrow();

        assertThat(amendment.billing()).isEmpty();
        assertThat(amendment.audit()).isEmpty();
        assertThat(amendment.after().metering()).contains(SUSPENDED.askedFor().closed());
    }

    @Test
    void aBillWithoutGapsIsClosedInSilence() {
        Metering resumed = Metering.untouched(SESSION, VM).instructed(List.of(), false);

        Amendment amendment = settled(resumed, ended(END)).orElseThrow();

        assertThat(amendment.billing()).isEmpty();
        assertThat(amendment.audit()).isEmpty();
        assertThat(amendment.after().metering()).contains(resumed.closed());
    }

    @Test
    void whatEndedAtNoTimeEndedNow() {
        Amendment amendment = settled(
                        SUSPENDED,
                        new Session(SESSION, VM, SessionStatus.FAILED, Optional.of(SESSION_START), Optional.empty()))
                .orElseThrow();

        assertThat(amendment.billing())
                .singleElement()
                .isInstanceOfSatisfying(
                        BillingInstruction.Adjust.class,
                        adjust -> assertThat(adjust.unbilled()).containsExactly(new Interval(OFF, NOW)));
    }

    @Test
    void whatNeverStartedIsBilledNothingAndAdjustedNothing() {
        Amendment amendment = settled(
                        SUSPENDED, new Session(SESSION, VM, SessionStatus.FAILED, Optional.empty(), Optional.of(END)))
                .orElseThrow();

        assertThat(amendment.billing()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(SessionStatus.class)
    void onlyAnEndedSessionIsSettled(SessionStatus status) {
        Session session = new Session(SESSION, VM, status, Optional.of(SESSION_START), Optional.of(END));

        assertThat(settled(SUSPENDED.askedFor(), session).isPresent()).isEqualTo(status.isEnded());
    }

    @Test
    void thatTheHostHasAskedIsNoted() {
        Amendment amendment = Settlement.asked(SUSPENDED, NOW);

        assertThat(amendment)
                .isEqualTo(new Amendment(
                        NOW,
                        VM,
                        new Memory(Optional.empty(), Optional.of(SUSPENDED), Optional.empty()),
                        new Memory(Optional.empty(), Optional.of(SUSPENDED.askedFor()), Optional.empty()),
                        List.of(),
                        List.of()));
    }

    private static Session ended(Instant end) {
        return new Session(SESSION, VM, SessionStatus.COMPLETED, Optional.of(SESSION_START), Optional.of(end));
    }

    private static Optional<Amendment> settled(Metering metering, Session session) {
        return Settlement.of(metering, session, "cycle-1", NOW, PATIENCE);
    }
}
