package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.jdbc.BrokenLink.Fault;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares heads that were handed out with the chains of today. */
final class KeptHeads {

    private static final String TODAY = "SELECT c.length, c.kept_from, c.base, a.hash FROM vmsync_audit_chain c"
            + " LEFT JOIN vmsync_audit a ON a.chain = c.chain AND a.link = ? WHERE c.chain = ?";

    private KeptHeads() {}

    /** Whether retention has deleted the link, and the one behind it, so that nothing speaks of it any more. */
    record Compared(boolean expired, List<BrokenLink> broken) {}

    /** In one statement, so that nobody deletes in between. */
    static Compared compare(Connection connection, AuditHead kept) throws SQLException {
        return Statements.query(connection, TODAY, List.of(kept.length(), kept.chain()), today -> compare(kept, today))
                .stream()
                .findFirst()
                .orElseGet(() -> broken(kept, 1, Fault.HEAD_MISSING, "its row in vmsync_audit_chain is gone"));
    }

    private static Compared compare(AuditHead kept, ResultSet today) throws SQLException {
        long length = today.getLong("length");
        long keptFrom = today.getLong("kept_from");
        @Nullable String hash = keptFrom == kept.length() + 1 ? today.getString("base") : today.getString("hash");
        if (length < kept.length()) {
            return broken(kept, length + 1, Fault.TRUNCATED, "there were " + kept.length() + " links");
        }
        if (keptFrom > kept.length() + 1) {
            return new Compared(true, List.of());
        }
        if (hash == null) {
            return broken(kept, kept.length(), Fault.MISSING, "link " + kept.length() + " is missing");
        }
        return Optional.of(hash)
                .filter(kept.hash()::equals)
                .map(same -> new Compared(false, List.of()))
                .orElseGet(
                        () -> broken(kept, kept.length(), Fault.REWRITTEN, "it has another hash than its kept head"));
    }

    private static Compared broken(AuditHead kept, long link, Fault fault, String detail) {
        return new Compared(false, List.of(new BrokenLink(kept.chain(), link, fault, detail)));
    }
}
