package com.berryfi.vmsync.crash;

import java.sql.Connection;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The host's own SQL; each call may be done twice. For one thread. */
final class HostRows {

    private final Bookkeeping books;

    HostRows(Bookkeeping books) {
        this.books = books;
    }

    /** Gives a free VM to a new session that is to start; whether it was free. */
    boolean allot(String vm, String session) throws InterruptedException {
        Instant now = Instant.now();
        return books.insist(connection -> {
            boolean free = Bookkeeping.update(
                            connection,
                            "UPDATE vm_instances SET status = 'STARTING', current_session_id = ?, last_started = ?,"
                                    + " updated_at = ? WHERE id = ? AND (current_session_id = ? OR"
                                    + " (current_session_id IS NULL AND status IN ('AVAILABLE', 'STOPPED')))",
                            session,
                            Bookkeeping.utc(now),
                            Bookkeeping.utc(now),
                            vm,
                            session)
                    == 1;
            if (free && status(connection, session).isEmpty()) {
                Bookkeeping.update(
                        connection,
                        "INSERT INTO vm_sessions (id, vm_instance_id, user_id, status, vm_ip_address, vm_port,"
                                + " connection_url, created_at) VALUES (?, ?, 'user', 'STARTING', '10.0.0.4', 8080,"
                                + " 'wss://vm', ?)",
                        session,
                        vm,
                        Bookkeeping.utc(now));
            }
            return free;
        });
    }

    /** The machine of a session runs: it is in use from now on; whether it was still to start. */
    boolean activate(String vm, String session) throws InterruptedException {
        Instant now = Instant.now();
        return books.insist(connection -> {
            boolean active = Bookkeeping.update(
                                    connection,
                                    "UPDATE vm_sessions SET status = 'ACTIVE', start_time = ?, last_heartbeat = ?,"
                                            + " updated_at = ? WHERE id = ? AND status = 'STARTING'",
                                    Bookkeeping.utc(now),
                                    Bookkeeping.utc(now),
                                    Bookkeeping.utc(now),
                                    session)
                            == 1
                    || status(connection, session).equals(Optional.of("ACTIVE"));
            if (active) {
                Bookkeeping.update(
                        connection,
                        "UPDATE vm_instances SET status = 'RUNNING' WHERE id = ? AND current_session_id = ?",
                        vm,
                        session);
            }
            return active;
        });
    }

    /** Asks for the end of a session, as of an instant; whether it was in use. */
    boolean terminate(String vm, String session, Instant at) throws InterruptedException {
        return books.insist(connection -> {
            boolean asked = Bookkeeping.update(
                            connection,
                            "UPDATE vm_sessions SET status = 'TERMINATING', end_time = ? WHERE id = ?"
                                    + " AND status IN ('ACTIVE', 'TERMINATING')",
                            Bookkeeping.utc(at),
                            session)
                    == 1;
            if (asked) {
                Bookkeeping.update(
                        connection,
                        "UPDATE vm_instances SET status = 'STOPPING' WHERE id = ? AND current_session_id = ?",
                        vm,
                        session);
            }
            return asked;
        });
    }

    /** Ends a session whose end was asked for, without asking what not to bill. */
    void complete(String vm, String session) throws InterruptedException {
        books.insist(connection -> {
            Bookkeeping.update(
                    connection,
                    "UPDATE vm_sessions SET status = 'COMPLETED' WHERE id = ? AND status = 'TERMINATING'",
                    session);
            return Bookkeeping.update(
                    connection,
                    "UPDATE vm_instances SET status = 'AVAILABLE', current_session_id = NULL WHERE id = ?"
                            + " AND current_session_id = ?",
                    vm,
                    session);
        });
    }

    Optional<String> status(String session) throws InterruptedException {
        return books.insist(connection -> status(connection, session));
    }

    private static Optional<String> status(Connection connection, String session) throws SQLException {
        return Bookkeeping.query(
                        connection, "SELECT status FROM vm_sessions WHERE id = ?", row -> row.getString(1), session)
                .stream()
                .findFirst();
    }

    /** A whole row of a table, as it was read. */
    record Row(String table, List<String> columns, List<@Nullable Object> values) {}

    /** Reads the rows of a VM and its session, every column. */
    List<Row> read(String vm, String session) throws InterruptedException {
        return books.insist(connection -> {
            List<Row> rows = new ArrayList<>(read(connection, "vm_instances", vm));
            rows.addAll(read(connection, "vm_sessions", session));
            return rows;
        });
    }

    private static List<Row> read(Connection connection, String table, String id) throws SQLException {
        return Bookkeeping.query(
                connection,
                "SELECT * FROM " + table + " WHERE id = ?",
                row -> {
                    ResultSetMetaData meta = row.getMetaData();
                    List<String> columns = new ArrayList<>();
                    List<@Nullable Object> values = new ArrayList<>();
                    for (int i = 1; i <= meta.getColumnCount(); i++) {
                        columns.add(meta.getColumnName(i));
                        values.add(
                                meta.getColumnType(i) == Types.TIMESTAMP
                                        ? row.getObject(i, LocalDateTime.class)
                                        : row.getObject(i));
                    }
                    return new Row(table, columns, values);
                },
                id);
    }

    /** Writes every column back as it was read, as a host does that keeps no version. */
    void saveBlindly(List<Row> rows) throws InterruptedException {
        books.insist(connection -> {
            for (Row row : rows) {
                List<@Nullable Object> values = new ArrayList<>(row.values());
                values.add(row.values().get(row.columns().indexOf("id")));
                Bookkeeping.update(
                        connection,
                        "UPDATE " + row.table() + " SET " + String.join(" = ?, ", row.columns()) + " = ? WHERE id = ?",
                        values.toArray());
            }
            return rows.size();
        });
    }
}
