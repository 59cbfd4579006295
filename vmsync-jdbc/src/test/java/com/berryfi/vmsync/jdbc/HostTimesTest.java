package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.inUse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.port.RejectedException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a start finds wrong with the host's times; they are set by the database's clock, whatever that says. */
class HostTimesTest {

    private static final String UTC = "(CURRENT_TIMESTAMP AT TIME ZONE 'UTC')";

    private final TestDatabase database = TestDatabase.create();
    private final JdbcHostRows host = new JdbcHostRows(database, ZoneOffset.UTC);

    @BeforeEach
    void aVmInUseSinceAnHour() {
        host.put(inUse("vm-1").vm());
        host.put(inUse("vm-1").session().orElseThrow());
        database.run("UPDATE vm_sessions SET start_time = DATEADD('MINUTE', -60, CAST(" + UTC + " AS TIMESTAMP))");
        database.run("UPDATE vm_instances SET last_started = DATEADD('MINUTE', -62, CAST(" + UTC + " AS TIMESTAMP))");
    }

    @Test
    void aZoneThatMovesTheHostsTimesIntoTheFutureIsRefused() {
        assertThatCode(() -> build("UTC")).doesNotThrowAnyException();
        assertThatCode(() -> build("Asia/Kolkata")).doesNotThrowAnyException();

        assertThatThrownBy(() -> build("-05:00"))
                .isInstanceOf(RejectedException.class)
                .hasMessageContainingAll(
                        "vm_sessions.start_time",
                        "-05:00",
                        String.valueOf(database.time("SELECT start_time FROM vm_sessions")),
                        "in the future",
                        "azure.status.sync.jdbc.zone");
    }

    @Test
    void onlySessionsThatHaveNotEndedCount() {
        database.run("UPDATE vm_sessions SET status = 'COMPLETED'");
        database.run("UPDATE vm_instances SET last_started = NULL");

        assertThatCode(() -> build("-05:00")).doesNotThrowAnyException();
    }

    @Test
    void theLastStartOfAVmCounts() {
        database.run("DELETE FROM vm_sessions");

        assertThatThrownBy(() -> build("-05:00"))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("vm_instances.last_started");
        assertThatCode(() -> JdbcSessionStore.builder(
                                database.dataSource(),
                                HostTables.berryFi(ZoneId.of("-05:00")).withoutColumn(VmColumn.LAST_STARTED))
                        .build())
                .doesNotThrowAnyException();
    }

    @Test
    void aClockThatIsAMinuteAheadIsForgiven() {
        database.run("UPDATE vm_sessions SET start_time = DATEADD('MINUTE', 1, CAST(" + UTC + " AS TIMESTAMP))");
        assertThatCode(() -> build("UTC")).doesNotThrowAnyException();

        database.run("UPDATE vm_sessions SET start_time = DATEADD('MINUTE', 4, CAST(" + UTC + " AS TIMESTAMP))");
        assertThatThrownBy(() -> build("UTC")).isInstanceOf(RejectedException.class);
    }

    @Test
    void aTimeThatCannotBeReadIsLeftToItsRow() {
        database.run("ALTER TABLE vm_instances ALTER COLUMN last_started VARCHAR(50)");
        database.run("UPDATE vm_instances SET last_started = 'yesterday'");

        assertThatCode(() -> build("UTC")).doesNotThrowAnyException();
    }

    @Test
    void aTimeWithAZoneOfItsOwnIsRefused() {
        List<HostColumn> times = Stream.concat(
                        Arrays.<HostColumn>stream(VmColumn.values()), Arrays.stream(SessionColumn.values()))
                .filter(column -> List.of(
                                "last_started",
                                "last_stopped",
                                "last_sync_time",
                                "updated_at",
                                "start_time",
                                "end_time")
                        .contains(column.defaultName()))
                .toList();
        assertThat(times).hasSize(7);
        for (HostColumn column : times) {
            String table = column instanceof VmColumn ? "vm_instances" : "vm_sessions";
            String alter = "ALTER TABLE " + table + " ALTER COLUMN " + column.defaultName() + " TIMESTAMP(6)";
            database.run(alter + " WITH TIME ZONE");

            assertThatThrownBy(() -> build("UTC"))
                    .isInstanceOf(RejectedException.class)
                    .hasMessageContainingAll(
                            table + "." + column.defaultName(),
                            HostTables.describe(column),
                            "TIMESTAMP WITHOUT TIME ZONE");

            database.run(alter);
        }
        database.run("ALTER TABLE vm_sessions ALTER COLUMN created_at TIMESTAMP(6) WITH TIME ZONE");
        assertThatCode(() -> build("UTC")).doesNotThrowAnyException();
    }

    private void build(String zone) {
        JdbcSessionStore.builder(database.dataSource(), HostTables.berryFi(ZoneId.of(zone)))
                .build();
    }
}
