package com.berryfi.vmsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.VmStatus;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostTablesTest {

    private static final HostTables BERRY_FI = HostTables.berryFi(ZoneOffset.UTC);

    @Test
    void namesThatAreNoPlainNamesAreRefused() {
        for (String name : List.of("", " ", "a b", "a;drop", "a\"b", "1a", "a.b", "ä", "x".repeat(64))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> BERRY_FI.withVmTable(name))
                    .withMessageContaining("vmTable: '" + name + "'");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> BERRY_FI.withSessionTable(name))
                    .withMessageContaining("sessionTable");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> BERRY_FI.withColumn(VmColumn.NAME, name))
                    .withMessageContaining("VmColumn.NAME");
        }
    }

    @Test
    void requiredColumnsAndValuesStay() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BERRY_FI.withoutColumn(SessionColumn.START_TIME))
                .withMessageContaining("SessionColumn.START_TIME");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BERRY_FI.withoutValue(SessionStatus.ACTIVE))
                .withMessageContaining("SessionStatus.ACTIVE");
    }

    @Test
    void oneValueStandsForOneStatus() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BERRY_FI.withValue(VmStatus.UNKNOWN, "ERROR"))
                .withMessageContainingAll("VmStatus.UNKNOWN", "ERROR");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BERRY_FI.withValue(SessionStatus.IDLE, " "))
                .withMessageContaining("SessionStatus.IDLE");
        assertThat(BERRY_FI.withValue(VmStatus.UNKNOWN, "?").vmValues()).containsEntry(VmStatus.UNKNOWN, "?");
        assertThat(BERRY_FI.withoutValue(VmStatus.ASSIGNED).vmValues()).doesNotContainKey(VmStatus.ASSIGNED);
        assertThat(BERRY_FI.vmValues()).containsEntry(VmStatus.ASSIGNED, "ASSIGNED");
    }

    @Test
    void zoneAndTablesAreSettingsOfThisModule() {
        HostTables tables = HostTables.from(Map.of(
                "azure.status.sync.jdbc.zone", "Asia/Kolkata",
                "azure.status.sync.jdbc.vm-table", "machines",
                "azure.status.sync.batch.size", "5"));

        assertThat(tables.zone()).isEqualTo(ZoneId.of("Asia/Kolkata"));
        assertThat(tables.vmTable()).isEqualTo("machines");
        assertThatThrownBy(() -> HostTables.from(Map.of())).hasMessageContaining("azure.status.sync.jdbc.zone");
        assertThatThrownBy(() -> HostTables.from(Map.of("azure.status.sync.jdbc.zone", "Moon/Base")))
                .hasMessageContaining("azure.status.sync.jdbc.zone: is no time zone: 'Moon/Base'");
        assertThatThrownBy(() -> HostTables.from(Map.of("azure.status.sync.jdbc.zon", "UTC")))
                .hasMessageContaining("azure.status.sync.jdbc.zon: unknown setting");
        assertThatThrownBy(() -> HostTables.from(
                        Map.of("azure.status.sync.jdbc.zone", "UTC", "azure.status.sync.jdbc.session-table", "a b")))
                .hasMessageStartingWith("azure.status.sync.jdbc.session-table: 'a b' is not a plain name");
    }

    @Test
    void schemaAndReplicasAreSettingsOfThisModule() {
        assertThat(JdbcSettings.from(Map.of())).isEqualTo(new JdbcSettings(false, false));
        assertThat(JdbcSettings.from(Map.of(
                        "azure.status.sync.jdbc.schema", "create",
                        "azure.status.sync.jdbc.replicas", "many",
                        "azure.status.sync.jdbc.zone", "UTC")))
                .isEqualTo(new JdbcSettings(true, true));
        assertThatThrownBy(() -> JdbcSettings.from(Map.of("azure.status.sync.jdbc.schema", "drop")))
                .hasMessage("azure.status.sync.jdbc.schema: must be one of [check, create], is 'drop'");
        assertThatThrownBy(() -> JdbcSettings.from(Map.of("azure.status.sync.jdbc.replica", "many")))
                .hasMessageContaining("azure.status.sync.jdbc.replica: unknown setting");
        assertThat(JdbcSettings.keys()).contains("azure.status.sync.jdbc.schema", "azure.status.sync.jdbc.zone");
    }
}
