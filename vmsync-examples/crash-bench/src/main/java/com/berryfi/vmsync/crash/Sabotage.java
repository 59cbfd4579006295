package com.berryfi.vmsync.crash;

import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.port.SyncJournal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A fault that is planted into every replica, to see that the judge finds it. */
enum Sabotage {
    NONE,
    /** The billing books what it has booked before. */
    BOOKS_TWICE,
    /** The store's commit leaves out what is to be billed. */
    FORGETS_THE_OUTBOX,
    /** The journal gives out what waits in the wrong order. */
    DELIVERS_BACKWARDS,
    /** Each replica goes by its own clock. */
    OWN_CLOCKS,
    /** The cloud says of one running machine that it is deallocated. */
    LYING_CLOUD;

    /** The machine whose power the lying cloud lies about. */
    private static final String SLANDERED = "-0-0";

    /** By its name in small letters with dashes; none if that is empty. */
    static Sabotage of(String name) {
        return name.isEmpty() ? NONE : valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** The store with this fault. */
    SessionStore in(SessionStore store) {
        return switch (this) {
            case FORGETS_THE_OUTBOX ->
                Traps.proxy(
                        SessionStore.class,
                        (method, arguments) -> method.getName().equals("commit") && arguments != null
                                ? store.commit(unbilled((List<?>) arguments[0]))
                                : Traps.call(store, method, arguments));
            case DELIVERS_BACKWARDS -> {
                SyncJournal journal = backwards(store.journal());
                yield Traps.proxy(
                        SessionStore.class,
                        (method, arguments) ->
                                method.getName().equals("journal") ? journal : Traps.call(store, method, arguments));
            }
            default -> store;
        };
    }

    /** The cloud with this fault. */
    CloudStatusPort in(CloudStatusPort cloud) {
        if (this != LYING_CLOUD) {
            return cloud;
        }
        return new CloudStatusPort() {
            @Override
            public Reading read(Request request) {
                return slandering(cloud.read(request));
            }

            @Override
            public boolean keepsLimits() {
                return cloud.keepsLimits();
            }
        };
    }

    private static List<Change> unbilled(List<?> changes) {
        return changes.stream()
                .map(Change.class::cast)
                .map(change -> new Change(
                        change.at(),
                        change.expected(),
                        change.transition(),
                        change.before(),
                        change.after(),
                        List.of(),
                        change.audit()))
                .toList();
    }

    private static SyncJournal backwards(SyncJournal journal) {
        return Traps.proxy(SyncJournal.class, (method, arguments) -> {
            Object result = Traps.call(journal, method, arguments);
            if (!method.getName().equals("undelivered") || !(result instanceof List<?> waiting)) {
                return result;
            }
            List<Object> reversed = new ArrayList<>(waiting);
            Collections.reverse(reversed);
            return reversed;
        });
    }

    private static Reading slandering(Reading reading) {
        Map<CloudAddress, Evidence> evidence = new HashMap<>(reading.evidence());
        evidence.replaceAll((address, told) ->
                address.resourceId().endsWith(SLANDERED) && told.observation() instanceof Observation.Seen seen
                        ? new Evidence(
                                new Observation.Seen(PowerState.DEALLOCATED, ProvisioningState.SUCCEEDED, seen.uid()),
                                told.kind(),
                                told.sentAt(),
                                Optional.empty())
                        : told);
        return new Reading(
                evidence,
                reading.complete(),
                reading.listed(),
                reading.failure(),
                reading.retryAfter(),
                reading.quotaLeft(),
                reading.notices());
    }
}
