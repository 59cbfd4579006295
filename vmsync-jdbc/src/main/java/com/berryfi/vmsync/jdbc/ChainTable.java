package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.port.RejectedException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** {@code vmsync_audit_chain}: the heads of the audit's chains. */
final class ChainTable {

    static final String COLUMNS = "chain, length, head, kept_from, base";

    private static final String SELECT = "SELECT " + COLUMNS + " FROM vmsync_audit_chain";
    private static final String MOVE_ON =
            "UPDATE vmsync_audit_chain SET length = ?, head = ? WHERE chain = ? AND length = ? AND head = ?";
    private static final String CUT =
            "UPDATE vmsync_audit_chain SET kept_from = ?, base = ? WHERE chain = ? AND kept_from = ? AND base = ?";

    private ChainTable() {}

    /** @param lock whether the heads stay locked until the end of the transaction; taken in the order of their names */
    static OwnRows<String, ChainHead> read(Connection connection, Collection<String> chains, boolean lock)
            throws SQLException {
        return OwnRows.read(connection, SELECT, "chain", chains, lock, ChainTable::add);
    }

    /**
     * A chain's head; empty if there is none.
     *
     * @throws RejectedException if it cannot be read; the message names it
     */
    static Optional<ChainHead> one(Connection connection, String chain, boolean lock) throws SQLException {
        OwnRows<String, ChainHead> heads = read(connection, List.of(chain), lock);
        heads.problem(chain).ifPresent(problem -> {
            throw new RejectedException(problem);
        });
        return heads.row(chain);
    }

    /** Heads in the order of their names. */
    static List<ChainHead> page(Connection connection, Optional<String> after, int limit) throws SQLException {
        return Statements.query(
                connection,
                SELECT + (after.isPresent() ? " WHERE chain > ?" : "") + " ORDER BY chain LIMIT ?",
                after.<List<Object>>map(chain -> List.of(chain, limit)).orElse(List.of(limit)),
                cells -> row(cells).whole(row -> head(cells.getString("chain"), row)));
    }

    /** The write that moves a chain's head on; a chain that has none yet gets its row. */
    static RowWrite write(Optional<ChainHead> before, ChainHead after) {
        String name = "vmsync_audit_chain " + after.chain();
        if (before.isEmpty()) {
            return RowWrite.insert(
                            name,
                            "vmsync_audit_chain",
                            COLUMNS,
                            List.of(after.chain(), after.length(), after.head(), after.keptFrom(), after.base()))
                    .unlessThere();
        }
        return new RowWrite(
                name,
                MOVE_ON,
                List.of(
                        after.length(),
                        after.head(),
                        after.chain(),
                        before.get().length(),
                        before.get().head()));
    }

    /** Whether the first links of a chain are given up. */
    static boolean cut(Connection connection, ChainHead before, ChainHead after) throws SQLException {
        return Statements.update(
                        connection,
                        CUT,
                        List.of(after.keptFrom(), after.base(), after.chain(), before.keptFrom(), before.base()))
                == 1;
    }

    private static void add(OwnRows<String, ChainHead> found, ResultSet cells) throws SQLException {
        String chain = cells.getString("chain");
        found.add(chain, row(cells), row -> head(chain, row));
    }

    private static OwnRow row(ResultSet cells) throws SQLException {
        return new OwnRow(cells, "vmsync_audit_chain " + cells.getString("chain"));
    }

    private static ChainHead head(String chain, OwnRow row) throws SQLException {
        return new ChainHead(chain, row.number("length"), row.text("head"), row.number("kept_from"), row.text("base"));
    }
}
