package com.berryfi.vmsync.spring;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Says once that nothing is synchronised.
 *
 * @param store whether there is a {@code SessionStore}
 * @param cloud whether there is a {@code CloudStatusPort}
 */
record MissingPorts(boolean store, boolean cloud) implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(MissingPorts.class);

    @Override
    public void afterSingletonsInstantiated() {
        LOG.warn("vmsync does nothing: {}", sentence());
    }

    String sentence() {
        String missing = store ? "" : "there is no SessionStore: give one as a bean, or a DataSource with vmsync-jdbc";
        if (cloud) {
            return missing;
        }
        return missing + (missing.isEmpty() ? "" : "; ")
                + "there is no CloudStatusPort: give one as a bean, or put vmsync-azure on the class path";
    }
}
