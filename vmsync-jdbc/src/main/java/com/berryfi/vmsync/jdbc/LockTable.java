package com.berryfi.vmsync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.provider.sql.DatabaseProduct;
import net.javacrumbs.shedlock.provider.sql.SqlConfiguration;
import net.javacrumbs.shedlock.provider.sql.SqlStatementsSource;
import net.javacrumbs.shedlock.support.StorageAccessor;

/** {@code vmsync_lock}: ShedLock's own statements on its own kind of table, by the database's clock. Thread-safe. */
final class LockTable implements StorageAccessor {

    static final String COLUMNS = "name, lock_until, locked_at, locked_by";

    private static final String TABLE = "vmsync_lock";
    private static final Pattern PARAMETER = Pattern.compile(":(\\w+)");

    private final Transactions transactions;
    private final DatabaseProduct product;
    private final SqlStatementsSource statements;

    /** @param holder what stands in the table of who holds a lock, to be unique among all processes */
    LockTable(Transactions transactions, String holder) {
        this.transactions = transactions;
        this.product = transactions.run(
                "looking at the database",
                connection -> DatabaseProduct.matchProductName(
                        connection.getMetaData().getDatabaseProductName()));
        this.statements = SqlStatementsSource.create(new Configuration(product, holder));
    }

    @Override
    public boolean insertRecord(LockConfiguration lock) {
        return changes("claiming", statements.getInsertStatement(), lock);
    }

    @Override
    public boolean updateRecord(LockConfiguration lock) {
        return changes("claiming", statements.getUpdateStatement(), lock);
    }

    @Override
    public boolean extend(LockConfiguration lock) {
        return changes("extending", statements.getExtendStatement(), lock);
    }

    @Override
    public void unlock(LockConfiguration lock) {
        changes("giving back", statements.getUnlockStatement(), lock);
    }

    /** The names of the locks that are held now, of those that begin so. */
    Set<String> held(String prefix) {
        List<String> names = transactions.run(
                "reading " + TABLE,
                connection -> Statements.query(
                        connection,
                        "SELECT name FROM " + TABLE + " WHERE name LIKE ? AND lock_until > " + now(),
                        List.of(prefix + "%"),
                        row -> row.getString(1)));
        return Set.copyOf(names);
    }

    private boolean changes(String doing, String sql, LockConfiguration lock) {
        Map<String, Object> parameters = statements.params(lock);
        List<Object> values = PARAMETER
                .matcher(sql)
                .results()
                .map(match -> Objects.requireNonNull(parameters.get(match.group(1)), match::group))
                .toList();
        String what = doing + " " + TABLE + " " + lock.getName();
        try {
            return transactions.attempt(what, connection -> update(connection, sql, values)) > 0;
        } catch (SQLException e) {
            if (SqlFailures.isDuplicate(e) || SqlFailures.isOfLock(e)) {
                // Another replica is at the same row, and was first.
                return false;
            }
            throw SqlFailures.translate(what, e);
        }
    }

    private static int update(Connection connection, String sql, List<Object> values) throws SQLException {
        return Statements.update(connection, PARAMETER.matcher(sql).replaceAll("?"), values);
    }

    /** The present as the locks' statements write it. */
    private String now() {
        return switch (product) {
            case MY_SQL, MARIA_DB -> "UTC_TIMESTAMP(3)";
            case POSTGRES_SQL -> "timezone('utc', CURRENT_TIMESTAMP)";
            default -> "CURRENT_TIMESTAMP(3)";
        };
    }

    private static final class Configuration extends SqlConfiguration {
        Configuration(DatabaseProduct product, String holder) {
            super(
                    product,
                    false,
                    TABLE,
                    null,
                    new ColumnNames("name", "lock_until", "locked_at", "locked_by"),
                    holder,
                    true);
        }
    }
}
