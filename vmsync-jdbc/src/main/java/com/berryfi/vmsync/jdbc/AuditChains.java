package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The heads of some chains of the audit within a transaction, and what is appended to them. Immutable. */
final class AuditChains {

    private final OwnRows<String, ChainHead> found;
    private final Map<String, ChainHead> moved;

    private AuditChains(OwnRows<String, ChainHead> found, Map<String, ChainHead> moved) {
        this.found = found;
        this.moved = Map.copyOf(moved);
    }

    /** Reads and locks the heads of the chains that records belong to; the last locks that a transaction takes before it writes. */
    static AuditChains lockedFor(Connection connection, List<AuditRecord> records) throws SQLException {
        List<String> chains = records.stream().map(AuditChains::of).toList();
        return new AuditChains(ChainTable.read(connection, chains, true), Map.of());
    }

    static String of(AuditRecord record) {
        return of(record.vm().value(), record.session().map(SessionId::value).orElse(null));
    }

    static String of(SessionId session) {
        return "session/" + session;
    }

    static String of(VmId vm) {
        return "vm/" + vm;
    }

    /** The chain of a row. */
    static String of(String vm, @Nullable String session) {
        return session == null ? "vm/" + vm : "session/" + session;
    }

    /** Why nothing can be appended, naming the head; empty if it can. */
    Optional<String> problem(List<AuditRecord> records) {
        return records.stream()
                .flatMap(record -> found.problem(of(record)).stream())
                .findFirst();
    }

    /**
     * What appends records, and what the chains are then.
     *
     * @param writes the heads in the order of their names, one for each chain, and then the rows in the order of the records: whoever is
     *     late finds the head moved, and the numbers of a chain's rows rise
     */
    record Appended(List<RowWrite> writes, AuditChains chains) {}

    Appended append(List<AuditRecord> records) {
        List<RowWrite> rows = new ArrayList<>();
        Map<String, ChainHead> heads = new TreeMap<>();
        for (AuditRecord record : records) {
            String chain = of(record);
            ChainHead before = heads.getOrDefault(chain, head(chain).orElse(ChainHead.none(chain)));
            List<@Nullable Object> values = AuditTable.values(record);
            String hash = AuditHash.link(before.head(), chain, before.length() + 1, AuditHash.content(values));
            ChainHead after = before.followedBy(hash);
            rows.add(AuditTable.write(record, values, after));
            heads.put(chain, after);
        }
        List<RowWrite> writes = new ArrayList<>();
        heads.forEach((chain, after) -> writes.add(ChainTable.write(head(chain), after)));
        writes.addAll(rows);
        Map<String, ChainHead> all = new HashMap<>(moved);
        all.putAll(heads);
        return new Appended(writes, new AuditChains(found, all));
    }

    private Optional<ChainHead> head(String chain) {
        return Optional.ofNullable(moved.get(chain)).or(() -> found.row(chain));
    }
}
