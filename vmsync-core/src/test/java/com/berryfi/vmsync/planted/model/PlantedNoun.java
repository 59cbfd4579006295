package com.berryfi.vmsync.planted.model;

import com.berryfi.vmsync.planted.rule.PlantedRule;
import java.time.Instant;

/** A noun that asks for the time, and uses a rule. */
public final class PlantedNoun {

    private PlantedNoun() {}

    public static Instant moment() {
        return PlantedRule.applies() ? Instant.now() : Instant.EPOCH;
    }
}
