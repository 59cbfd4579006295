package com.berryfi.vmsync.planted.rule;

import com.berryfi.vmsync.planted.model.PlantedNoun;

/** A rule that uses a noun: with {@link PlantedNoun} a circle. */
public final class PlantedRule {

    private PlantedRule() {}

    public static boolean applies() {
        return PlantedNoun.class.getName().isEmpty();
    }
}
