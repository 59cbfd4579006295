package com.berryfi.vmsync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/** Deletes, once, the oldest links of chains that hold, so that what is left can still be verified. Not thread-safe. */
final class AuditRetention {

    private static final String EXPIRING = "SELECT c.chain FROM vmsync_audit_chain c"
            + " JOIN vmsync_audit a ON a.chain = c.chain AND a.link = c.kept_from WHERE a.decided_at < ?%s"
            + " ORDER BY c.chain LIMIT ?";
    private static final String DELETE = "DELETE FROM vmsync_audit WHERE chain = ? AND link < ?";

    private final Transactions transactions;
    private final LocalDateTime before;
    private final AuditTally tally = new AuditTally();
    private long deleted;

    AuditRetention(Transactions transactions, Instant before) {
        this.transactions = transactions;
        this.before = Times.utc(before);
    }

    /** What was found of the chains with something to delete, and how many links were deleted. */
    AuditExpiry expire() {
        Optional<String> after = Optional.empty();
        List<String> page;
        do {
            Optional<String> from = after;
            page = transactions.run("looking for expired audit", connection -> expiring(connection, from));
            page.forEach(this::expire);
            after = page.isEmpty() ? after : Optional.of(page.get(page.size() - 1));
        } while (page.size() == ChainVerifier.PAGE);
        return new AuditExpiry(deleted, tally.report());
    }

    private List<String> expiring(Connection connection, Optional<String> after) throws SQLException {
        return Statements.query(
                connection,
                EXPIRING.formatted(after.isPresent() ? " AND c.chain > ?" : ""),
                after.<List<Object>>map(chain -> List.of(before, chain, ChainVerifier.PAGE))
                        .orElse(List.of(before, ChainVerifier.PAGE)),
                row -> row.getString("chain"));
    }

    private void expire(String chain) {
        long links = 0;
        Slice slice;
        do {
            slice = slice(chain);
            links += slice.links();
            deleted += slice.deleted();
        } while (slice.deleted() == ChainVerifier.PAGE);
        tally.add(links, slice.broken());
    }

    /** @param links how many were looked at */
    private record Slice(long links, int deleted, List<BrokenLink> broken) {}

    /** Deletes as many links as a transaction may. */
    private Slice slice(String chain) {
        String doing = "deleting expired audit of " + chain;
        try {
            return transactions.attempt(doing, connection -> {
                Optional<ChainHead> head = ChainTable.one(connection, chain, true);
                return head.isEmpty() ? new Slice(0, 0, List.of()) : slice(connection, head.get());
            });
        } catch (SQLException e) {
            throw SqlFailures.translate(doing, e);
        }
    }

    /** Looks at one link more than it deletes: only that one tells whether the last to go is what it was. */
    private Slice slice(Connection connection, ChainHead head) throws SQLException {
        List<AuditLink> page = AuditTable.links(connection, head.chain(), Long.MIN_VALUE, ChainVerifier.PAGE + 1);
        ChainCheck check = new ChainCheck(head);
        page.forEach(check::accept);
        List<BrokenLink> broken = (page.size() > ChainVerifier.PAGE ? check : check.end()).broken();
        List<AuditLink> old = page.stream()
                .limit(ChainVerifier.PAGE)
                .takeWhile(link -> link.decidedAt().isBefore(before))
                .toList();
        if (!broken.isEmpty() || old.isEmpty()) {
            return new Slice(page.size(), 0, broken);
        }
        AuditLink last = old.get(old.size() - 1);
        int gone = Statements.update(connection, DELETE, List.of(head.chain(), last.link() + 1));
        if (gone != old.size() || !ChainTable.cut(connection, head, head.without(last))) {
            throw new IllegalStateException("vmsync_audit " + head.chain() + " was changed under the lock of its head");
        }
        return new Slice(page.size(), gone, List.of());
    }
}
