package com.berryfi.vmsync.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.jdbc.VmsyncSchema;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.port.SyncJournal;
import com.berryfi.vmsync.port.VmPowerPort;
import com.berryfi.vmsync.port.WorkCoordinator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

class RuntimeHintsTest {

    private final RuntimeHints hints = new RuntimeHints();

    @Test
    void aNativeImageHoldsTheDdlTheConsoleAndTheProxies() {
        new VmSyncRuntimeHints().registerHints(hints, getClass().getClassLoader());

        assertThat(List.of("h2.sql", "mysql.sql", "postgresql.sql")).allSatisfy(file -> {
            assertThat(getClass().getClassLoader().getResource(VmsyncSchema.FOLDER + file))
                    .isNotNull();
            assertThat(RuntimeHintsPredicates.resource().forResource(VmsyncSchema.FOLDER + file))
                    .accepts(hints);
        });
        assertThat(RuntimeHintsPredicates.resource().forResource("com/berryfi/vmsync/spring/console/console.html"))
                .accepts(hints);
        assertThat(List.of(
                        SessionStore.class,
                        SyncJournal.class,
                        CloudStatusPort.class,
                        VmPowerPort.class,
                        WorkCoordinator.class))
                .allSatisfy(port -> assertThat(RuntimeHintsPredicates.proxies().forInterfaces(port))
                        .accepts(hints));
    }
}
