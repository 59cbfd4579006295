package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.port.ClientSecret;
import com.berryfi.vmsync.port.ClientSecretSource;
import com.berryfi.vmsync.port.RejectedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The client secrets in the host's table of VMs, read each time they are asked for. Holds none. Thread-safe.
 */
public final class JdbcClientSecrets implements ClientSecretSource {

    private static final int MOST_NAMED = 20;

    private final Transactions transactions;
    private final HostSchema schema;
    private final HostConditions conditions;

    private JdbcClientSecrets(Transactions transactions, HostSchema schema) {
        this.transactions = transactions;
        this.schema = schema;
        this.conditions = new HostConditions(schema);
    }

    /**
     * Over the host's table.
     *
     * @param database the host's own pool
     * @param tables how the host's tables are called; with a {@link VmColumn#CLIENT_SECRET}
     * @return a source that reads the table for every secret asked for, and keeps none
     * @throws RejectedException if a mapped table or column is missing
     * @throws com.berryfi.vmsync.port.UnavailableException if the database cannot be reached
     * @throws IllegalArgumentException if the tables are mapped without a {@link VmColumn#CLIENT_SECRET}
     */
    public static JdbcClientSecrets of(DataSource database, HostTables tables) {
        return of(UnitOfWork.of(database), tables);
    }

    /**
     * The same, in transactions that the host manages.
     *
     * @param unit how it comes to them
     * @param tables how the host's tables are called; with a {@link VmColumn#CLIENT_SECRET}
     * @return a source like that of {@link #of(DataSource, HostTables)}
     * @throws IllegalArgumentException if the tables are mapped without a {@link VmColumn#CLIENT_SECRET}
     * @throws RejectedException if a mapped table or column is missing
     * @throws com.berryfi.vmsync.port.UnavailableException if the database cannot be reached
     */
    public static JdbcClientSecrets of(UnitOfWork unit, HostTables tables) {
        if (tables.column(VmColumn.CLIENT_SECRET).isEmpty()) {
            throw new IllegalArgumentException("VmColumn.CLIENT_SECRET: HostTables leaves it out");
        }
        Transactions transactions = Transactions.of(unit);
        return new JdbcClientSecrets(
                transactions,
                transactions.run(
                        "checking the host's tables",
                        connection -> HostSchema.resolve(connection, tables, transactions.dialect())));
    }

    /**
     * {@inheritDoc}
     *
     * @throws RejectedException if rows of the scope hold different secrets: nobody can tell which is the present one; the
     *     message names rows, never values
     */
    @Override
    public Optional<ClientSecret> secretOf(Scope scope) {
        if (!scope.cloud().equals(schema.tables().cloud())) {
            return Optional.empty();
        }
        String column = schema.column(VmColumn.CLIENT_SECRET);
        Condition which = conditions.ofScope(scope).and(Condition.of("TRIM(v." + column + ") <> ''"));
        return transactions.run("reading the client secret of " + scope, connection -> {
            List<String> secrets = Statements.query(
                    connection,
                    "SELECT " + schema.distinct(List.of(VmColumn.CLIENT_SECRET)) + " FROM " + schema.vmTable()
                            + " v WHERE " + which.sql(),
                    which.values(),
                    row -> row.getString(VmColumn.CLIENT_SECRET.label()));
            List<String> different =
                    secrets.stream().filter(secret -> !secret.isBlank()).toList();
            if (different.size() > 1) {
                throw new RejectedException("the rows of scope " + scope + " in "
                        + schema.tables().vmTable() + " hold " + different.size() + " different values of "
                        + schema.tables().column(VmColumn.CLIENT_SECRET).orElseThrow()
                        + "; those that differ from the most frequent one: " + deviating(connection, which));
            }
            return different.stream().findFirst().map(ClientSecret::of);
        });
    }

    /** The ids of the rows that do not hold the most frequent secret. */
    private String deviating(Connection connection, Condition which) throws SQLException {
        Map<String, List<String>> idsBySecret = new LinkedHashMap<>();
        Statements.query(
                connection,
                "SELECT " + schema.list(List.of(VmColumn.ID, VmColumn.CLIENT_SECRET)) + " FROM " + schema.vmTable()
                        + " v WHERE " + which.sql() + " ORDER BY v." + schema.column(VmColumn.ID),
                which.values(),
                row -> idsBySecret
                        .computeIfAbsent(row.getString(VmColumn.CLIENT_SECRET.label()), secret -> new ArrayList<>())
                        .add(row.getString(VmColumn.ID.label())));
        List<String> ids = idsBySecret.values().stream()
                .sorted(Comparator.comparing((List<String> same) -> same.size()).reversed())
                .skip(1)
                .flatMap(List::stream)
                .sorted()
                .toList();
        return ids.size() <= MOST_NAMED
                ? ids.toString()
                : ids.subList(0, MOST_NAMED) + " and " + (ids.size() - MOST_NAMED) + " more";
    }
}
