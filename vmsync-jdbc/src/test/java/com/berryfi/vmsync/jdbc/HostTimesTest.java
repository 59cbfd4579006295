package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.inUse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.port.RejectedException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a start finds wrong with the host's times; they are set by the database's clock, whatever that says. */
@OnEachDatabase
class HostTimesTest {

    @AutoClose
    private final TestDatabase database;

    private final JdbcHostRows host;

    HostTimesTest(Connecting on) {
        database = on.filled();
        host = new JdbcHostRows(database, ZoneOffset.UTC);
    }

    @BeforeEach
    void aVmInUseSinceAnHour() {
        host.put(inUse("vm-1").vm());
        host.put(inUse("vm-1").session().orElseThrow());
        started("vm_sessions SET start_time", -60);
        started("vm_instances SET last_started", -62);
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
        started("vm_sessions SET start_time", 1);
        assertThatCode(() -> build("UTC")).doesNotThrowAnyException();

        started("vm_sessions SET start_time", 4);
        assertThatThrownBy(() -> build("UTC")).isInstanceOf(RejectedException.class);
    }

    @Test
    void aTimeThatCannotBeReadIsLeftToItsRow() {
        database.retype("vm_instances", "last_started", "VARCHAR(50)");
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
        String plain = Transactions.of(database.dataSource()).dialect().plainTime();
        String zoned = database.server() == TestServer.MARIADB ? "TIMESTAMP(6) NULL" : "TIMESTAMP(6) WITH TIME ZONE";
        for (HostColumn column : times) {
            String table = column instanceof VmColumn ? "vm_instances" : "vm_sessions";
            database.retype(table, column.defaultName(), zoned);

            assertThatThrownBy(() -> build("UTC"))
                    .isInstanceOf(RejectedException.class)
                    .hasMessageContainingAll(
                            table + "." + column.defaultName(), HostTables.describe(column), "make it a " + plain);

            database.retype(table, column.defaultName(), plain);
        }
        database.retype("vm_sessions", "created_at", zoned);
        assertThatCode(() -> build("UTC")).doesNotThrowAnyException();
    }

    private void started(String column, int minutesFromNow) {
        database.run(
                "UPDATE " + column + " = ?",
                database.utcNow().plusMinutes(minutesFromNow).truncatedTo(ChronoUnit.MICROS));
    }

    private void build(String zone) {
        JdbcSessionStore.builder(database.dataSource(), HostTables.berryFi(ZoneId.of(zone)))
                .build();
    }
}
