package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.port.ClientSecret;
import com.berryfi.vmsync.port.ClientSecretSource;
import com.berryfi.vmsync.port.RejectedException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The client secrets in the host's table of VMs, read each time they are asked for. Holds none. Thread-safe.
 */
public final class JdbcClientSecrets implements ClientSecretSource {

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
     * @throws RejectedException if a mapped table or column is missing
     * @throws com.berryfi.vmsync.port.UnavailableException if the database cannot be reached
     */
    public static JdbcClientSecrets of(DataSource database, HostTables tables) {
        if (tables.column(VmColumn.CLIENT_SECRET).isEmpty()) {
            throw new IllegalArgumentException("VmColumn.CLIENT_SECRET: HostTables leaves it out");
        }
        Transactions transactions = new Transactions(database);
        return new JdbcClientSecrets(
                transactions,
                transactions.run("checking the host's tables", connection -> HostSchema.resolve(connection, tables)));
    }

    /**
     * {@inheritDoc}
     *
     * @throws RejectedException if rows of the scope hold different secrets: nobody can tell which is the present one
     */
    @Override
    public Optional<ClientSecret> secretOf(Scope scope) {
        if (!scope.cloud().equals(schema.tables().cloud())) {
            return Optional.empty();
        }
        String column = schema.column(VmColumn.CLIENT_SECRET);
        Condition which = conditions.ofScope(scope).and(Condition.of("TRIM(v." + column + ") <> ''"));
        List<String> secrets = transactions.run(
                "reading the client secret of " + scope,
                connection -> Statements.query(
                        connection,
                        "SELECT " + schema.list(List.of(VmColumn.CLIENT_SECRET)) + " FROM " + schema.vmTable()
                                + " v WHERE " + which.sql(),
                        which.values(),
                        row -> row.getString(VmColumn.CLIENT_SECRET.label())));
        // Told apart here: some databases compare text without regard to case.
        Set<String> different =
                secrets.stream().filter(secret -> !secret.isBlank()).collect(Collectors.toSet());
        if (different.size() > 1) {
            throw new RejectedException(
                    "the rows of scope " + scope + " in " + schema.tables().vmTable() + " hold "
                            + different.size() + " different values of "
                            + schema.tables().column(VmColumn.CLIENT_SECRET).orElseThrow());
        }
        return different.stream().findFirst().map(ClientSecret::of);
    }
}
