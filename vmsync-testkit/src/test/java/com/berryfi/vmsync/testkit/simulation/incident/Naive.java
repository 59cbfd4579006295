package com.berryfi.vmsync.testkit.simulation.incident;

import com.berryfi.vmsync.model.Budget;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.port.SessionStore.Page;
import com.berryfi.vmsync.testkit.simulation.world.HostDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Of each incident, somebody who does what was done there. */
final class Naive {

    /** The harm that each does, in the words of the incident. */
    private static final Map<Integer, String> HARM = Map.ofEntries(
            Map.entry(1, "its session was ended"),
            Map.entry(2, "was deallocated before both sides were read"),
            Map.entry(3, "was deallocated while frozen"),
            Map.entry(4, "its session was ended"),
            Map.entry(5, "ended 0 times, not once"),
            Map.entry(6, "its session was ended"),
            Map.entry(7, "its session was ended"),
            Map.entry(8, "its session was ended"),
            Map.entry(9, "the VM was taken from its next user"),
            Map.entry(10, "9 VMs were looked at"),
            Map.entry(11, "its session was ended by an event"),
            Map.entry(12, "ended 0 times, not once"),
            Map.entry(13, "its session was ended"),
            Map.entry(14, "ended 0 times, not once"),
            Map.entry(15, "whole cycles late"),
            Map.entry(16, "ended 0 times, not once"),
            Map.entry(17, "s, not 150 to 330"),
            Map.entry(18, "finds fault with the store: [rowsAreReadWhole]"),
            Map.entry(19, "were ended within minutes of the outage's end"),
            Map.entry(20, "by all paths together"),
            Map.entry(21, "did not say REMOVED_BUT_ALIVE"),
            Map.entry(22, "its bill was suspended"),
            Map.entry(23, "its maintenance was ended"),
            Map.entry(24, "did not say STOPPED_STILL_BILLED"),
            Map.entry(25, "its session was ended"));

    private Naive() {}

    /** Who does what was done in an incident. */
    static Contender of(Incident incident) {
        return Objects.requireNonNull(all().get(incident.number()), incident.toString());
    }

    /** The harm that it does, in the words of the incident. */
    static String harm(Incident incident) {
        return Objects.requireNonNull(HARM.get(incident.number()), incident.toString());
    }

    private static Map<Integer, Contender> all() {
        Map<Integer, Contender> naive = new TreeMap<>();
        Observation nothing = new Observation.Unknown(UnknownCause.NO_POWER_STATE, "nothing came");
        naive.put(
                1,
                Spoilt.cloud(cloud -> request -> Spoilt.wholeWhateverIsMissing(cloud.read(request), request, nothing)));
        Observation asItWas = new Observation.Seen(PowerState.RUNNING, ProvisioningState.SUCCEEDED, Optional.empty());
        naive.put(
                2,
                Spoilt.cloud(cloud -> request -> Spoilt.wholeWhateverIsMissing(cloud.read(request), request, asItWas)));
        naive.put(3, Spoilt.journal("orders", (journal, arguments) -> List.of()));
        naive.put(4, Spoilt.cloud(cloud -> request -> Spoilt.failureIsAbsence(cloud.read(request), request)));
        naive.put(
                5,
                Spoilt.seen(seen ->
                        new Observation.Seen(seen.power(), seen.provisioning(), Optional.empty(), seen.upSince())));
        naive.put(6, new Cached());
        naive.put(
                7,
                Spoilt.seen(seen ->
                        new Observation.Seen(seen.power(), ProvisioningState.SUCCEEDED, seen.uid(), seen.upSince())));
        naive.put(8, Spoilt.rules(book -> book.replace("end-when-gone", new Verdict("end-when-gone", Naive::atOnce))));
        naive.put(
                9,
                Spoilt.underneath(
                        store -> Spoilt.instead(SessionStore.class, store, "commit", Naive::whateverIsThere)));
        naive.put(10, Spoilt.underneath(OffsetPages::new));
        naive.put(11, new EventsAreFacts());
        naive.put(12, Spoilt.rules(book -> book.withMode("end-when-deallocated", Mode.OBSERVE)));
        naive.put(13, Spoilt.cloud(cloud -> request -> Spoilt.failureIsAbsence(cloud.read(request), request)));
        naive.put(14, Spoilt.store(store -> Spoilt.instead(SessionStore.class, store, "page", Naive::allOrNothing)));
        naive.put(15, Spoilt.cloud(cloud -> request -> cloud.read(Spoilt.lasting(request, Duration.ofHours(1)))));
        naive.put(16, Spoilt.setting("brake.release.seconds", Duration.ofDays(1)));
        naive.put(17, new Milliseconds());
        naive.put(
                18,
                Spoilt.underneath(store -> new DroppedColumn(
                        Scene.of(store, HostDatabase.inMemory().rows()),
                        DroppedColumn.Column.CURRENT_SESSION,
                        DroppedColumn.Path.BULK)));
        naive.put(19, Spoilt.brake(100, 1_000));
        naive.put(
                20,
                Spoilt.journal(
                        "budget",
                        (journal, arguments) ->
                                new Budget(journal.budget(Instant.EPOCH).version(), List.of())));
        naive.put(21, Spoilt.journal("identities", (journal, arguments) -> List.of()));
        naive.put(
                22,
                Spoilt.observation((kind, observation) -> observation instanceof Observation.Unknown unknown
                                && unknown.cause() == UnknownCause.NO_POWER_STATE
                        ? new Observation.Seen(PowerState.STOPPED, ProvisioningState.SUCCEEDED, Optional.empty())
                        : observation));
        naive.put(
                23,
                Spoilt.rules(book -> book.replace(
                        "leave-maintenance", new Verdict("leave-maintenance", Naive::followedAllTheSame))));
        naive.put(24, Spoilt.rules(book -> book.disable("watch-stopped")));
        naive.put(
                25,
                Spoilt.observation(
                        (kind, observation) -> kind == ReadKind.DIRECT && observation instanceof Observation.Unknown
                                ? new Observation.Missing("exists: false")
                                : observation));
        return naive;
    }

    private static Object allOrNothing(SessionStore store, Object[] arguments) {
        Page page = Spoilt.page(store, arguments);
        if (!page.problems().isEmpty()) {
            throw new RejectedException("a row is bad: " + page.problems());
        }
        return page;
    }

    /** What was decided of rows that are no more is written over those that are. */
    private static Object whateverIsThere(SessionStore store, Object[] arguments) {
        List<?> changes = (List<?>) arguments[0];
        return store.commit(changes.stream()
                .map(Change.class::cast)
                .map(change -> fresh(store, change))
                .toList());
    }

    private static Change fresh(SessionStore store, Change change) {
        ManagedVm now = store.find(change.expected().id()).orElse(change.expected());
        return now.session().isEmpty()
                ? change
                : new Change(
                        change.at(),
                        now,
                        change.transition(),
                        change.before(),
                        change.after(),
                        change.billing(),
                        change.audit());
    }

    private static Decision atOnce(Facts facts, Decision decision) {
        return facts.evidence().observation() instanceof Observation.Missing
                        && facts.evidence().isDirect()
                        && decision.held().isPresent()
                ? Decision.act(
                        decision.rule(),
                        decision.because(),
                        List.of(
                                new Effect.EndSession(SessionStatus.TERMINATED, facts.now(), "not found", true),
                                new Effect.StopMetering(facts.now(), "not found"),
                                new Effect.ReleaseVm(VmStatus.ERROR)))
                : decision;
    }

    private static Decision followedAllTheSame(Facts facts, Decision decision) {
        VmStatus status = facts.policy().mapping().statusOf(facts.power());
        return status == VmStatus.UNKNOWN
                ? decision
                : Decision.act(decision.rule(), decision.because(), List.of(new Effect.SetVmStatus(status)));
    }
}
