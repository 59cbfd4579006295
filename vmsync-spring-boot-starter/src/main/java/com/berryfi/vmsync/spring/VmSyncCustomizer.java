package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.VmSyncBuilder;

/** A bean of this type has the last word on how {@code VmSync} is put together; of several, in their order. */
@FunctionalInterface
public interface VmSyncCustomizer {

    /**
     * Changes the builder; called once, before it builds.
     *
     * @param builder with the ports and settings of the application; building is left to the caller
     */
    void customize(VmSyncBuilder builder);
}
