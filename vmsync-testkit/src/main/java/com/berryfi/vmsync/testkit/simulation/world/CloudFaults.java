package com.berryfi.vmsync.testkit.simulation.world;

import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.VmId;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is wrong with the cloud's answers, per scope and per machine, and until when. */
public final class CloudFaults {

    /** How long a machine is told the truth of after a lie, so that no two lies ever confirm one another. */
    private static final Duration BETWEEN_LIES = Duration.ofMinutes(45);

    /** Answers of a whole scope that no reader can take for a whole list. */
    private static final Set<FaultKind> UNREADABLE = EnumSet.of(
            FaultKind.LIST_EMPTY,
            FaultKind.LIST_SHRUNK,
            FaultKind.LIST_BROKEN,
            FaultKind.INDEX_ONLY,
            FaultKind.THROTTLED,
            FaultKind.SERVER_ERROR,
            FaultKind.UNAUTHENTICATED,
            FaultKind.FORBIDDEN,
            FaultKind.SUBSCRIPTION_GONE,
            FaultKind.SLOW,
            FaultKind.HANG,
            FaultKind.SCOPE_OUTAGE);

    /** What is said of one machine, as a script wants it. */
    @FunctionalInterface
    public interface Story {
        /**
         * {@return what is said instead of the truth} {@link Observation.Missing} leaves the machine out of a list.
         *
         * @param kind of which kind of read
         * @param now when
         * @param truth what would be said
         */
        Observation tell(ReadKind kind, Instant now, Observation truth);
    }

    /** A fault and how long it lasts. */
    static final class Active {
        final Instant until;
        final Duration amount;
        int told;
        Instant firstTold = Instant.MAX;

        Active(Instant until, Duration amount) {
            this.until = until;
            this.amount = amount;
        }
    }

    private final Map<Scope, EnumMap<FaultKind, Active>> ofScopes = new HashMap<>();
    private final Map<VmId, EnumMap<FaultKind, Active>> ofMachines = new HashMap<>();
    private final Map<Scope, Instant> unreadableUntil = new HashMap<>();
    private final Map<VmId, Instant> liedAt = new HashMap<>();
    private final Map<VmId, Story> stories = new HashMap<>();

    /**
     * Something is wrong with a scope's answers.
     *
     * @param scope of which scope
     * @param kind what is wrong
     * @param until when it ends, the instant itself not included
     * @param amount how far lists lag, or how long the cloud asks to be left alone
     */
    public void begin(Scope scope, FaultKind kind, Instant until, Duration amount) {
        ofScopes.computeIfAbsent(scope, same -> new EnumMap<>(FaultKind.class)).put(kind, new Active(until, amount));
        if (UNREADABLE.contains(kind)) {
            unreadableUntil.merge(scope, until, (one, other) -> one.isAfter(other) ? one : other);
        }
    }

    /**
     * Something is wrong with the answers about one machine.
     *
     * @param vm of which VM
     * @param kind what is wrong
     * @param until when it ends, the instant itself not included
     */
    public void begin(VmId vm, FaultKind kind, Instant until) {
        ofMachines
                .computeIfAbsent(vm, same -> new EnumMap<>(FaultKind.class))
                .put(kind, new Active(until, Duration.ZERO));
    }

    /**
     * From now on, answers about one machine follow a script.
     *
     * @param vm of which VM
     * @param story asked for each answer; it replaces one that was told before
     */
    public void script(VmId vm, Story story) {
        stories.put(vm, story);
    }

    /**
     * All of it is over.
     *
     * @param now when
     */
    public void heal(Instant now) {
        stories.clear();
        ofScopes.clear();
        ofMachines.clear();
        unreadableUntil.replaceAll((scope, until) -> until.isAfter(now) ? now : until);
    }

    /**
     * {@return until when a scope could not, or cannot, be read whole; {@link Instant#MIN} if it always could}
     *
     * @param scope of which scope
     */
    public Instant unreadableUntil(Scope scope) {
        return unreadableUntil.getOrDefault(scope, Instant.MIN);
    }

    Optional<Active> of(Scope scope, FaultKind kind, Instant now) {
        return active(ofScopes.get(scope), kind, now);
    }

    Optional<Active> of(VmId vm, FaultKind kind, Instant now) {
        return active(ofMachines.get(vm), kind, now);
    }

    Observation told(VmId vm, ReadKind kind, Instant now, Observation truth) {
        Story story = stories.get(vm);
        return story == null ? truth : story.tell(kind, now, truth);
    }

    boolean hasAny(Scope scope) {
        return ofScopes.containsKey(scope);
    }

    boolean hasAny(VmId vm) {
        return ofMachines.containsKey(vm);
    }

    private static Optional<Active> active(@Nullable EnumMap<FaultKind, Active> faults, FaultKind kind, Instant now) {
        Active fault = faults == null ? null : faults.get(kind);
        return fault == null || !now.isBefore(fault.until) ? Optional.empty() : Optional.of(fault);
    }

    /** Whether a machine may be lied about: the last lie was long ago, or it is still the same one. */
    boolean mayLie(VmId vm, Active fault, Instant now) {
        return fault.told > 0
                || !now.isBefore(liedAt.getOrDefault(vm, Instant.EPOCH).plus(BETWEEN_LIES));
    }

    void lied(VmId vm, Active fault, Instant now) {
        if (fault.told == 0) {
            fault.firstTold = now;
            liedAt.put(vm, now);
        }
        fault.told++;
    }
}
