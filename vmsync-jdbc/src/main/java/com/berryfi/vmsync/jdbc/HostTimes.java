package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.port.RejectedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Whether the host's columns without a zone make sense in the zone that is mapped. A wrong zone moves every bill by hours; where it
 * moves them into the future it shows, by the clock of the database.
 */
final class HostTimes {

    private static final Duration TOLERANCE = Duration.ofMinutes(2);

    private HostTimes() {}

    /**
     * Checks the latest start of a session that has not ended, and the latest start of a VM.
     *
     * @throws RejectedException if one lies in the future; the message says what to do
     */
    static void check(Connection connection, HostSchema schema) throws SQLException {
        Condition open = new HostConditions(schema).isOpen();
        check(
                connection,
                schema,
                SessionColumn.START_TIME,
                schema.sessionTable() + " s WHERE " + open.sql(),
                open.values());
        check(connection, schema, VmColumn.LAST_STARTED, schema.vmTable() + " v", List.of());
    }

    private static void check(
            Connection connection, HostSchema schema, HostColumn column, String from, List<Object> values)
            throws SQLException {
        if (schema.optional(column).isEmpty()) {
            return;
        }
        HostTables tables = schema.tables();
        String table = column instanceof VmColumn ? tables.vmTable() : tables.sessionTable();
        Instant now = Statements.query(
                        connection,
                        "SELECT " + schema.dialect().utcNow(),
                        List.of(),
                        row -> row.getObject(1, LocalDateTime.class).toInstant(ZoneOffset.UTC))
                .get(0);
        Optional<Instant> latest = Statements.query(
                        connection,
                        "SELECT MAX(" + schema.column(column) + ") AS " + column.label() + " FROM " + from,
                        values,
                        row -> {
                            try {
                                return new HostCells(row, schema, table).time(column);
                            } catch (BadRow e) {
                                // Told of its row, and of that alone, when it is read.
                                return Optional.<Instant>empty();
                            }
                        })
                .get(0);
        if (latest.isPresent() && latest.get().isAfter(now.plus(TOLERANCE))) {
            throw new RejectedException(table + "." + tables.column(column).orElseThrow() + ": the latest value is "
                    + latest.get().atZone(tables.zone()).toLocalDateTime() + ", which in the zone " + tables.zone()
                    + " is " + latest.get() + " and lies in the future: the database's clock says " + now
                    + ". If the host writes its times in another zone, name that one (HostTables.berryFi, "
                    + HostTables.PREFIX + "zone); if the value itself is wrong, correct the row");
        }
    }
}
