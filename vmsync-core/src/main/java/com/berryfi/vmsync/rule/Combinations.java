package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The combinations that a rule book must decide: every VM status, session status or none, answer and kind of read, under the
 * circumstances that change who speaks. What speaks alone (a hold, a stale read, an overwritten end) is not combined with the rest.
 */
final class Combinations {

    private static final Observation RUNNING = seen(PowerState.RUNNING, ProvisioningState.SUCCEEDED);
    private static final Observation STOPPED = seen(PowerState.STOPPED, ProvisioningState.SUCCEEDED);
    private static final Observation NO_POWER = seen(PowerState.UNKNOWN, ProvisioningState.SUCCEEDED);
    private static final Observation THROTTLED = new Observation.Unknown(UnknownCause.THROTTLED, "");
    private static final List<Observation> OBSERVATIONS = List.of(
            RUNNING,
            STOPPED,
            NO_POWER,
            THROTTLED,
            seen(PowerState.STARTING, ProvisioningState.SUCCEEDED),
            seen(PowerState.STOPPING, ProvisioningState.SUCCEEDED),
            seen(PowerState.DEALLOCATING, ProvisioningState.SUCCEEDED),
            seen(PowerState.DEALLOCATED, ProvisioningState.SUCCEEDED),
            seen(PowerState.RUNNING, ProvisioningState.UPDATING),
            seen(PowerState.STARTING, ProvisioningState.CREATING),
            seen(PowerState.STOPPING, ProvisioningState.UPDATING),
            seen(PowerState.STOPPED, ProvisioningState.CREATING),
            seen(PowerState.DEALLOCATING, ProvisioningState.DELETING),
            seen(PowerState.DEALLOCATED, ProvisioningState.UPDATING),
            new Observation.Missing("NotFound"),
            new Observation.Unknown(UnknownCause.NOT_LISTED, ""));
    private static final List<Set<Circumstance>> WITH_A_SESSION = concat(
            product(Circumstance.LONG, Circumstance.SUSPENDED, Circumstance.LAPSED),
            List.of(
                    EnumSet.of(Circumstance.ROWS_DISAGREE),
                    EnumSet.of(Circumstance.PROVEN_RUNNING),
                    EnumSet.of(Circumstance.PROVEN_RUNNING, Circumstance.LONG),
                    EnumSet.of(Circumstance.PROVEN_RUNNING, Circumstance.SUSPENDED),
                    EnumSet.of(Circumstance.FENCED),
                    EnumSet.of(Circumstance.FENCED, Circumstance.LONG),
                    EnumSet.of(Circumstance.FENCED, Circumstance.PROVEN_RUNNING),
                    EnumSet.of(Circumstance.FENCED, Circumstance.SUSPENDED)));
    private static final List<Set<Circumstance>> WITHOUT_A_SESSION =
            product(Circumstance.LONG, Circumstance.FENCED, Circumstance.ROWS_DISAGREE);
    private static final List<Set<Circumstance>> IN_SHORT = product(Circumstance.LONG);
    private static final List<Set<Circumstance>> ALONE = List.of(
            EnumSet.of(Circumstance.ON_HOLD), EnumSet.of(Circumstance.STALE), EnumSet.of(Circumstance.OVERWRITTEN));

    private Combinations() {}

    static Stream<Combination> all() {
        return Arrays.stream(VmStatus.values())
                .flatMap(believed -> sessions().stream()
                        .flatMap(session -> OBSERVATIONS.stream()
                                .flatMap(observation -> Arrays.stream(ReadKind.values())
                                        .flatMap(kind -> circumstances(believed, session, observation).stream()
                                                .map(circumstances -> new Combination(
                                                        believed, session, observation, kind, circumstances))))));
    }

    private static List<Optional<SessionStatus>> sessions() {
        return Stream.concat(
                        Stream.of(Optional.<SessionStatus>empty()),
                        Arrays.stream(SessionStatus.values()).map(Optional::of))
                .toList();
    }

    private static Observation seen(PowerState power, ProvisioningState provisioning) {
        return new Observation.Seen(power, provisioning, Optional.empty());
    }

    private static List<Set<Circumstance>> circumstances(
            VmStatus believed, Optional<SessionStatus> session, Observation observation) {
        List<Set<Circumstance>> all = new ArrayList<>(usual(session, observation));
        if (believed == VmStatus.ERROR) {
            all.addAll(with(Circumstance.OUR_ERROR, all));
        }
        if (observation.equals(RUNNING) || observation.equals(STOPPED)) {
            all.addAll(with(Circumstance.REPLACED, all));
        }
        all.addAll(ALONE);
        return all;
    }

    /** Statuses that mean the same use, and answers that mean nothing, are not each tried with everything. */
    private static List<Set<Circumstance>> usual(Optional<SessionStatus> session, Observation observation) {
        if (observation.equals(NO_POWER) || observation.equals(THROTTLED)) {
            return IN_SHORT;
        }
        if (session.isEmpty()) {
            return WITHOUT_A_SESSION;
        }
        return switch (session.get()) {
            case STARTING, ACTIVE, TERMINATING -> WITH_A_SESSION;
            case REQUESTED, IDLE, COMPLETED, TERMINATED, FAILED -> IN_SHORT;
        };
    }

    private static List<Set<Circumstance>> product(Circumstance... circumstances) {
        List<Set<Circumstance>> all = new ArrayList<>();
        all.add(EnumSet.noneOf(Circumstance.class));
        for (Circumstance circumstance : circumstances) {
            all.addAll(with(circumstance, all));
        }
        all.removeIf(set -> set.contains(Circumstance.SUSPENDED) && set.contains(Circumstance.LAPSED));
        return List.copyOf(all);
    }

    private static List<Set<Circumstance>> concat(List<Set<Circumstance>> some, List<Set<Circumstance>> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static List<Set<Circumstance>> with(Circumstance circumstance, List<Set<Circumstance>> sets) {
        return sets.stream()
                .<Set<Circumstance>>map(set -> {
                    Set<Circumstance> more = EnumSet.copyOf(set);
                    more.add(circumstance);
                    return more;
                })
                .toList();
    }
}
