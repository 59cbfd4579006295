package com.berryfi.vmsync.planted.report;

import com.berryfi.vmsync.planted.rule.PlantedRule;

/** A report that asks a rule. */
public final class PlantedReport {

    private PlantedReport() {}

    public static String text() {
        return String.valueOf(PlantedRule.applies());
    }
}
