package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Tombstone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A session that we have ended is never revived: old values saved over its end are mended. */
final class EndAgain implements Rule {

    private static final String ID = "end-again";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String sentence() {
        return "A session that we have ended is never revived: old values saved over its end are mended.";
    }

    @Override
    public Optional<Decision> decide(Facts facts) {
        if (!facts.isOverwritten()) {
            return Optional.empty();
        }
        ManagedVm managed = facts.managed();
        Tombstone tombstone = facts.metering().flatMap(Metering::tombstone).orElseThrow();
        SessionId session = managed.meteredSession().orElseThrow();
        String because = "session " + session + " was ended as of " + tombstone.at()
                + ", and the host has saved old values over it";
        List<Effect> effects = new ArrayList<>();
        managed.session()
                .ifPresent(alive -> effects.add(new Effect.EndSession(
                        tombstone.endedAs(), tombstone.at(), tombstone.reason(), tombstone.cleanup())));
        if (managed.vm().currentSession().equals(Optional.of(session))) {
            effects.add(Bill.release(facts));
        }
        effects.add(new Effect.Report(FindingKind.OVERWRITTEN, facts.changedAt().orElse(facts.readAt()), because));
        return Optional.of(Decision.act(ID, because, effects));
    }
}
