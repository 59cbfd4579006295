package com.berryfi.vmsync.planted.rule;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A rule that logs. */
public final class PlantedLogger {

    private static final Logger LOG = LoggerFactory.getLogger(PlantedLogger.class);

    private PlantedLogger() {}

    public static void decide() {
        LOG.info("decided");
    }
}
