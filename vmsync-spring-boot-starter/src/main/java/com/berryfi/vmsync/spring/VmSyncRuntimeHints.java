package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.port.SyncJournal;
import com.berryfi.vmsync.port.VmPowerPort;
import com.berryfi.vmsync.port.WorkCoordinator;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** What a native image would leave out: the DDL, and the proxies of {@link Deferred}. */
final class VmSyncRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.resources()
                .registerPattern("com/berryfi/vmsync/jdbc/schema/*.sql")
                .registerPattern("com/berryfi/vmsync/spring/console/*");
        hints.proxies()
                .registerJdkProxy(SessionStore.class)
                .registerJdkProxy(SyncJournal.class)
                .registerJdkProxy(CloudStatusPort.class)
                .registerJdkProxy(VmPowerPort.class)
                .registerJdkProxy(WorkCoordinator.class);
    }
}
