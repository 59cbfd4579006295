package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.testkit.BerryFiSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** A host's database in memory, with BerryFi's tables; lasts as long as it is open. */
final class HostDatabase implements AutoCloseable {

    static final Scope SCOPE = new Scope("azure", "the-tenant", "the-client", "11111111-2222-3333-4444-555555555555");
    static final String SECRET = "the-secret";

    private final String url;
    private final JdbcDataSource source = new JdbcDataSource();

    private HostDatabase() {
        this("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    private HostDatabase(String url) {
        this.url = url;
        source.setURL(url);
        source.setUser("sa");
    }

    static HostDatabase empty() {
        return new HostDatabase();
    }

    static HostDatabase withTables() {
        return new HostDatabase().created();
    }

    /** With tables, which another process can reach too. */
    static HostDatabase inFile(Path file) {
        return new HostDatabase("jdbc:h2:file:" + file + ";AUTO_SERVER=TRUE;DB_CLOSE_DELAY=-1;USER=sa").created();
    }

    private HostDatabase created() {
        try {
            BerryFiSchema.create(source);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    String url() {
        return url;
    }

    DataSource source() {
        return source;
    }

    void putVm(String id, String status) {
        update(
                "INSERT INTO vm_instances (id, vm_name, status, azure_subscription_id, azure_tenant_id, azure_client_id,"
                        + " azure_client_secret, azure_resource_group, last_started) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                id,
                status,
                SCOPE.subscription(),
                SCOPE.tenant(),
                SCOPE.principal(),
                SECRET,
                "group",
                ago(Duration.ofHours(2)));
    }

    void putSession(String id, String vm, Duration age) {
        update(
                "INSERT INTO vm_sessions (id, vm_instance_id, status, start_time) VALUES (?, ?, 'ACTIVE', ?)",
                id,
                vm,
                ago(age));
        update("UPDATE vm_instances SET current_session_id = ? WHERE id = ?", id, vm);
    }

    void update(String sql, Object... values) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** All rows of a table, in words, in their order. */
    List<String> rows(String table) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT * FROM " + table + " ORDER BY 1");
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.append(found.getString(i)).append('|');
                }
                rows.add(row.toString());
            }
        } catch (SQLException e) {
            throw new IllegalStateException(table, e);
        }
        return rows;
    }

    private static LocalDateTime ago(Duration age) {
        return LocalDateTime.ofInstant(Instant.now().minus(age), ZoneOffset.UTC);
    }

    @Override
    public void close() {
        update("SHUTDOWN");
    }
}
