package com.berryfi.vmsync.testkit.sync;

import static com.berryfi.vmsync.testkit.sync.Backend.SCOPE;
import static com.berryfi.vmsync.testkit.sync.Backend.address;
import static com.berryfi.vmsync.testkit.sync.Backend.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.event.Correction;
import com.berryfi.vmsync.event.Proposal;
import com.berryfi.vmsync.event.SyncListener;
import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome.Result;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.rule.Rule;
import com.berryfi.vmsync.rule.StandardRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rules and listeners of the host's that throw, or ask for too much. */
class HostCodeTest {

    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final Backend backend = new Backend();

    @Test
    void aListenerThatThrowsBreaksNothing() {
        backend.start(builder -> builder.withListener(new SyncListener() {
                    @Override
                    public void onCorrection(Correction event) {
                        throw new IllegalStateException("a bad listener");
                    }
                }))
                .start();
        backend.vm("a", VmStatus.RUNNING, PowerState.STOPPED).vm("b", VmStatus.RUNNING, PowerState.STOPPED);

        assertThat(backend.full().count(Result.DONE)).isEqualTo(2);
    }

    @Test
    void aRuleThatThrowsCostsItsVmItsVerdictAndNoOther() {
        Rule poisoned = new Rule() {
            @Override
            public String id() {
                return "poisoned";
            }

            @Override
            public String sentence() {
                return "Throws for one VM.";
            }

            @Override
            public Optional<Decision> decide(Facts facts) {
                if (facts.managed().id().equals(new VmId("a"))) {
                    throw new IllegalStateException("a bad rule");
                }
                return Optional.empty();
            }
        };
        backend.start(
                builder -> builder.withRules(StandardRules.book().insertBefore("leave-unknown", poisoned, Mode.ACT)));
        backend.vm("a", VmStatus.RUNNING, PowerState.STOPPED).vm("b", VmStatus.RUNNING, PowerState.STOPPED);

        SyncReport report = backend.full();

        assertThat(outcome(report, "a").result()).isEqualTo(Result.FAILED);
        assertThat(backend.believed("a")).isEqualTo(VmStatus.RUNNING);
        assertThat(backend.believed("b")).isEqualTo(VmStatus.STOPPED);
    }

    @Test
    void aRuleThatIsOnlyObservedIsAuditedAndNotCarriedOut() {
        backend.start(
                builder -> builder.withRules(StandardRules.book().withMode("end-when-deallocated", Mode.OBSERVE)));
        backend.inUse("a");
        backend.quick();
        backend.cloud.deallocate(SCOPE, address("a"));

        assertThat(outcome(backend.quickAfter(HALF_A_MINUTE), "a").result()).isEqualTo(Result.WOULD_DO);
        backend.quickAfter(HALF_A_MINUTE);

        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
        assertThat(backend.store.audit())
                .singleElement()
                .satisfies(record -> assertThat(record.mode()).isEqualTo(Mode.OBSERVE));
        assertThatThrownBy(() -> StandardRules.book().withMode("end-when-tired", Mode.ACT))
                .hasMessageContaining("end-when-tired");
    }

    @Test
    void aRuleThatWouldEndASessionWithoutProofIsNotObeyed() {
        backend.start(builder ->
                builder.withRules(StandardRules.book().insertBefore("leave-unknown", new EndAtOnce(), Mode.ACT)));
        backend.inUse("a");

        SyncReport report = backend.quick();

        assertThat(outcome(report, "a").result()).isEqualTo(Result.FAILED);
        assertThat(outcome(report, "a").evidence().observation().toString())
                .contains("end-at-once", "without the proof");
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
    }

    @Test
    void aRuleThatOnlyAlertsTellsPeopleAndDoesNothing() {
        List<Proposal> proposals = new ArrayList<>();
        backend.start(builder -> builder.withRules(StandardRules.book().withMode("end-when-deallocated", Mode.ALERT))
                .withListener(new SyncListener() {
                    @Override
                    public void onProposal(Proposal event) {
                        proposals.add(event);
                    }
                }));
        backend.inUse("a");
        backend.cloud.deallocate(SCOPE, address("a"));
        backend.quick();
        backend.quickAfter(HALF_A_MINUTE);

        assertThat(proposals)
                .singleElement()
                .satisfies(proposal -> assertThat(proposal.decision().rule()).isEqualTo("end-when-deallocated"));
        assertThat(backend.status("a")).isEqualTo(SessionStatus.ACTIVE);
    }

    /** Ends whatever it sees, by a list. */
    private static final class EndAtOnce implements Rule {
        @Override
        public String id() {
            return "end-at-once";
        }

        @Override
        public String sentence() {
            return "Ends every session.";
        }

        @Override
        public Optional<Decision> decide(Facts facts) {
            return Optional.of(Decision.act(
                    id(),
                    "it may",
                    List.of(new Effect.EndSession(SessionStatus.TERMINATED, facts.now(), "it may", true))));
        }
    }
}
