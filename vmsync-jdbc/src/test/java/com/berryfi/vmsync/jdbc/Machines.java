package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.testkit.SessionRow;
import com.berryfi.vmsync.testkit.contract.HostRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A host as unlike BerryFi as can be: one table of machines with the rental in the machine's row, numbers for keys and statuses, names
 * that are reserved words or of mixed case, and a version.
 */
final class Machines implements HostRows {

    static final int UNHEARD_OF = 99;

    /** Names in quotes, the database's own, are reserved words or of mixed case; {@code TIME} is its time without a zone. */
    private static final String DDL = """
            CREATE TABLE "Machines" (
                no BIGINT PRIMARY KEY, "Power" SMALLINT NOT NULL, account VARCHAR(80), directory VARCHAR(80),
                "user" VARCHAR(80), "group" VARCHAR(80), label VARCHAR(80), cloud_id VARCHAR(200), holder BIGINT,
                switched_on TIME, switched_off TIME, rental_no BIGINT, "order" INTEGER, rental_from TIME, rental_to TIME,
                alive_at TIME, seconds BIGINT, why VARCHAR(200), ip VARCHAR(45), port INTEGER, url VARCHAR(200),
                changed TIME, rev INTEGER DEFAULT 0 NOT NULL)
            """;

    private final TestDatabase database;
    private final String quote;
    private final Map<String, String> keys = new HashMap<>();

    private Machines(TestDatabase database) {
        this.database = database;
        this.quote = database.quoted("").substring(1);
    }

    /** Makes the tables, the host's and vmsync's. */
    static Machines in(TestDatabase database) {
        Machines machines = new Machines(database);
        String time = Transactions.of(database.dataSource()).dialect().plainTime();
        machines.run(DDL.replace("TIME", time).strip());
        VmsyncSchema.create(database.dataSource());
        return machines;
    }

    /** Runs a statement whose quotes are the database's own, and commits it. */
    int run(String sql, @Nullable Object... values) {
        return database.run(quoted(sql), values);
    }

    private String quoted(String sql) {
        return sql.replace("\"", quote);
    }

    @Override
    public String keyOf(String name) {
        if (name.matches("vm-\\d")) {
            return name.substring(3);
        }
        return keys.computeIfAbsent(name, known -> String.valueOf(1_000 + keys.size()));
    }

    @Override
    public String unknownStatus(String word) {
        return String.valueOf(UNHEARD_OF);
    }

    @Override
    public boolean sessionsHaveRows() {
        return false;
    }

    @Override
    public void put(Vm vm) {
        if ("0"
                .equals(database.text(
                        quoted("SELECT COUNT(*) FROM \"Machines\" WHERE no = ?"),
                        number(vm.id().value())))) {
            run(
                    "INSERT INTO \"Machines\" (no, \"Power\") VALUES (?, 1)",
                    number(vm.id().value()));
        }
        update(
                vm.id(),
                "\"Power\" = ?, account = ?, directory = ?, \"user\" = ?, \"group\" = ?, label = ?, cloud_id = ?,"
                        + " holder = ?, switched_on = ?",
                MachineTables.code(vm.believed()),
                vm.scope().subscription(),
                orNull(vm.scope().tenant()),
                orNull(vm.scope().principal()),
                orNull(vm.address().group()),
                orNull(vm.address().name()),
                orNull(vm.address().resourceId()),
                vm.currentSession().map(session -> number(session.value())).orElse(null),
                local(vm.lastStarted()));
    }

    @Override
    public void put(Session session) {
        update(
                session.vm(),
                "rental_no = ?, \"order\" = ?, rental_from = ?, rental_to = ?, alive_at = ?, ip = '10.0.0.4', port = 8080,"
                        + " url = 'wss://vm'",
                number(session.id().value()),
                MachineTables.code(session.status()),
                local(session.startTime()),
                local(session.endTime()),
                local(session.lastHeartbeat()));
    }

    @Override
    public void remove(VmId vm) {
        run("DELETE FROM \"Machines\" WHERE no = ?", number(vm.value()));
    }

    @Override
    public void remove(SessionId session) {
        run("UPDATE \"Machines\" SET rental_no = NULL, \"order\" = NULL WHERE rental_no = ?", number(session.value()));
    }

    @Override
    public void touch(VmId vm) {
        LocalDateTime now = LocalDateTime.of(2026, 11, 2, 3, 4);
        update(vm, "changed = ?, alive_at = ?", now, now);
    }

    @Override
    public Vm vm(VmId vm) {
        return read(
                "no",
                vm.value(),
                row -> new Vm(
                        vm,
                        new Scope(
                                "azure",
                                orEmpty(row.getString("directory")),
                                orEmpty(row.getString("user")),
                                row.getString("account")),
                        new CloudAddress(
                                orEmpty(row.getString("cloud_id")),
                                orEmpty(row.getString("group")),
                                orEmpty(row.getString("label"))),
                        MachineTables.POWERS.get(row.getInt("Power") - 1),
                        Optional.ofNullable(row.getString("holder")).map(SessionId::new),
                        instant(row, "switched_on")));
    }

    @Override
    public SessionRow session(SessionId session) {
        return read(
                "rental_no",
                session.value(),
                row -> new SessionRow(
                        new Session(
                                session,
                                new VmId(row.getString("no")),
                                MachineTables.ORDERS.get(row.getInt("order") / 10 - 1),
                                instant(row, "rental_from"),
                                instant(row, "rental_to"),
                                instant(row, "alive_at")),
                        Optional.ofNullable(row.getObject("seconds", Long.class))
                                .map(Duration::ofSeconds),
                        Optional.ofNullable(row.getString("why")),
                        row.getString("ip") != null && row.getObject("port") != null && row.getString("url") != null));
    }

    @Override
    public String spoil(VmId vm, String status) {
        update(vm, "\"Power\" = ?", number(status));
        return "power";
    }

    @Override
    public String spoil(SessionId session, String status) {
        run("UPDATE \"Machines\" SET \"order\" = ? WHERE rental_no = ?", number(status), number(session.value()));
        return "order";
    }

    @Override
    public String putWithoutSubscription(Vm vm) {
        put(vm);
        update(vm.id(), "account = ' '");
        return "account";
    }

    /** One cell of a machine's row. */
    @Nullable String cell(String vm, String column) {
        return database.text(quoted("SELECT " + column + " FROM \"Machines\" WHERE no = ?"), number(keyOf(vm)));
    }

    private void update(VmId vm, String set, @Nullable Object... values) {
        @Nullable Object[] all = Arrays.copyOf(values, values.length + 1);
        all[values.length] = number(vm.value());
        if (run("UPDATE \"Machines\" SET rev = rev + 1, " + set + " WHERE no = ?", all) != 1) {
            throw new IllegalStateException("there is no machine " + vm);
        }
    }

    private <T> T read(String key, String value, Statements.RowMapper<T> reader) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(quoted("SELECT * FROM \"Machines\" WHERE " + key + " = ?"))) {
            statement.setLong(1, number(value));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return reader.map(rows);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long number(String key) {
        return Long.parseLong(key);
    }

    private static @Nullable LocalDateTime local(Optional<Instant> instant) {
        return instant.map(at -> LocalDateTime.ofInstant(at, ZoneOffset.UTC)).orElse(null);
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, LocalDateTime.class))
                .map(time -> time.toInstant(ZoneOffset.UTC));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String orEmpty(@Nullable String text) {
        return Optional.ofNullable(text).orElse("");
    }
}
