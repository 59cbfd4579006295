package com.berryfi.vmsync.azure.planted;

import com.berryfi.vmsync.SyncSettings;

/** An adapter that reaches into the shell. */
public final class PlantedAdapter {

    private PlantedAdapter() {}

    public static boolean isEnabled() {
        return SyncSettings.defaults().enabled();
    }
}
