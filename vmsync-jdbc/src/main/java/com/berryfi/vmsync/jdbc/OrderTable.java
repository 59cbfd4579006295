package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.VmId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code vmsync_order}: what operators have ordered, until it is withdrawn. */
final class OrderTable {

    static final String COLUMNS = "id, kind, " + ScopeColumns.COLUMNS + ", vm_id, valid_from, valid_until, reason";

    private OrderTable() {}

    /** All orders; one that cannot be read fails the whole, for it may be the one that forbids. */
    static List<Order> read(Connection connection) throws SQLException {
        return Statements.query(
                connection, "SELECT " + COLUMNS + " FROM vmsync_order ORDER BY id", List.of(), OrderTable::order);
    }

    /** Fails with a duplicate key if there is one of this id. */
    static void insert(Connection connection, Order order) throws SQLException {
        List<@Nullable Object> values = Arrays.asList(
                order.id(),
                order.kind().name(),
                order.scope().map(Scope::cloud).orElse(null),
                order.scope().map(Scope::tenant).orElse(null),
                order.scope().map(Scope::principal).orElse(null),
                order.scope().map(Scope::subscription).orElse(null),
                order.vm().map(VmId::value).orElse(null),
                Times.utc(order.from()),
                Times.utc(order.until()),
                order.reason());
        RowWrite write = RowWrite.insert("vmsync_order " + order.id(), "vmsync_order", COLUMNS, values);
        Statements.update(connection, write.sql(), write.values());
    }

    static boolean delete(Connection connection, String id) throws SQLException {
        return Statements.update(connection, "DELETE FROM vmsync_order WHERE id = ?", List.of(id)) > 0;
    }

    private static Order order(ResultSet cells) throws SQLException {
        return new OwnRow(cells, "vmsync_order " + cells.getString("id"))
                .whole(row -> new Order(
                        row.text("id"),
                        row.constant(Order.Kind.class, "kind"),
                        scope(row),
                        row.optionalText("vm_id").map(VmId::new),
                        row.instant("valid_from"),
                        row.optionalInstant("valid_until"),
                        row.text("reason")));
    }

    /** An order for all scopes names no part of one; to take half a scope for all of them would widen an order. */
    private static Optional<Scope> scope(OwnRow row) throws SQLException {
        for (String column : ScopeColumns.COLUMNS.split(", ", -1)) {
            if (row.optionalText(column).isPresent()) {
                return Optional.of(ScopeColumns.scope(row));
            }
        }
        return Optional.empty();
    }
}
