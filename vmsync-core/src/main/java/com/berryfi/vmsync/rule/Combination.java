package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.Identity;
import com.berryfi.vmsync.model.Lapse;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Run;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncPolicy;
import com.berryfi.vmsync.model.Tombstone;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One state of VM and session, one answer of the cloud and what goes with them, to try rules on.
 *
 * @param believed what the VM's row says
 * @param session what the session's row says; empty if there is none
 * @param observation what the cloud says
 * @param kind how it was asked
 * @param circumstances what else is so
 */
record Combination(
        VmStatus believed,
        Optional<SessionStatus> session,
        Observation observation,
        ReadKind kind,
        Set<Circumstance> circumstances) {

    /** When the cloud was asked. */
    static final Instant ASKED = Instant.parse("2026-01-01T00:00:00Z");

    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final VmId VM = new VmId("vm");
    private static final SessionId SESSION = new SessionId("session");
    private static final Scope SCOPE = new Scope("cloud", "tenant", "principal", "subscription");
    private static final CloudAddress ADDRESS = CloudAddress.ofName("group", "name");

    Facts facts(SyncPolicy policy) {
        Evidence evidence = new Evidence(observation, kind, ASKED, Optional.empty());
        Instant since = is(Circumstance.LONG) ? ASKED.minus(longest(policy)) : ASKED;
        return new Facts(
                managed(since.minus(Duration.ofHours(1))),
                evidence,
                run(evidence, since),
                metering(since),
                is(Circumstance.REPLACED)
                        ? Optional.of(new Identity(VM, SCOPE, ADDRESS, Optional.of("uid"), sessionId(), since))
                        : Optional.empty(),
                provenRunning(since),
                is(Circumstance.LAPSED) ? Optional.of(new Lapse(since.minus(MOMENT), since)) : Optional.empty(),
                session.filter(SessionStatus.TERMINATING::equals).map(any -> since),
                is(Circumstance.FENCED) ? Optional.of(ASKED) : Optional.empty(),
                is(Circumstance.ON_HOLD) ? Optional.of(hold()) : Optional.empty(),
                is(Circumstance.OUR_ERROR),
                is(Circumstance.STALE) ? ASKED.plusMillis(1) : ASKED,
                ASKED.plusMillis(1),
                policy);
    }

    boolean is(Circumstance circumstance) {
        return circumstances.contains(circumstance);
    }

    private static Duration longest(SyncPolicy policy) {
        return policy.fence()
                .plus(policy.startGrace())
                .plus(policy.confirmationSpan())
                .plus(policy.missingSpan())
                .plus(policy.heartbeatDelay().orElse(Duration.ZERO))
                .plus(policy.stopTimeout())
                .plus(policy.quarantine().orElse(Duration.ZERO));
    }

    private ManagedVm managed(Instant start) {
        boolean named = is(Circumstance.OVERWRITTEN) || session.isPresent() != is(Circumstance.ROWS_DISAGREE);
        return new ManagedVm(
                new Vm(VM, SCOPE, ADDRESS, believed, named ? Optional.of(SESSION) : Optional.empty(), Optional.empty()),
                session.map(status -> new Session(SESSION, VM, status, Optional.of(start), Optional.empty())));
    }

    private Optional<SessionId> sessionId() {
        return session.map(any -> SESSION);
    }

    private Optional<Run> run(Evidence evidence, Instant since) {
        Optional<Run.Subject> subject =
                is(Circumstance.REPLACED) ? Optional.of(Run.Subject.REPLACED) : Run.Subject.of(observation);
        boolean settled = !(observation instanceof Observation.Seen seen)
                || seen.provisioning().isSettled();
        boolean proof = evidence.isDirect() && (settled || is(Circumstance.LONG));
        return subject.map(about -> is(Circumstance.LONG)
                ? new Run(about, since, ASKED, 5, proof ? Optional.of(since) : Optional.empty(), proof ? 5 : 0)
                : Run.of(about, evidence, proof ? Optional.of(ASKED) : Optional.empty()));
    }

    private Optional<Metering> metering(Instant since) {
        Metering untouched = Metering.untouched(SESSION, VM);
        if (is(Circumstance.OVERWRITTEN)) {
            return Optional.of(
                    untouched.buried(new Tombstone(SessionStatus.TERMINATED, since, "Auto-terminated", true)));
        }
        return is(Circumstance.SUSPENDED)
                ? Optional.of(untouched.instructed(List.of(new Gap(since, Optional.empty())), false))
                : Optional.empty();
    }

    private Optional<Instant> provenRunning(Instant since) {
        boolean now = evidencePower() == PowerState.RUNNING && !is(Circumstance.STALE) && !is(Circumstance.REPLACED);
        return now
                ? Optional.of(ASKED)
                : is(Circumstance.PROVEN_RUNNING) ? Optional.of(since.minus(MOMENT)) : Optional.empty();
    }

    private PowerState evidencePower() {
        return observation instanceof Observation.Seen seen ? seen.power() : PowerState.UNKNOWN;
    }

    private static Order hold() {
        return new Order(
                "hold", Order.Kind.HOLD, Optional.empty(), Optional.of(VM), ASKED, Optional.empty(), "on hold");
    }

    @Override
    public String toString() {
        return "VM " + believed + ", session " + session.map(Enum::name).orElse("none") + ", cloud " + observation
                + " by a " + kind + " read, " + circumstances;
    }
}
