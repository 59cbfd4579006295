package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.SyncJournal.Settlement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code vmsync_billing}: the outbox of billing instructions. */
final class BillingTable {

    static final String COLUMNS = "session_id, counter, vm_id, kind, effective_at, billed, reason, staged_at, state";

    private static final String STAGED = "STAGED";
    private static final String UNDELIVERED = "SELECT " + COLUMNS + " FROM vmsync_billing b WHERE state = '" + STAGED
            + "' AND NOT EXISTS (SELECT 1 FROM vmsync_billing p WHERE p.session_id = b.session_id AND p.state = '"
            + Settlement.PARKED + "') ORDER BY seq LIMIT ?";
    private static final String SETTLE = "UPDATE vmsync_billing SET state = ?, note = ?"
            + " WHERE session_id = ? AND counter = ? AND state = '" + STAGED + "'";

    private enum Kind {
        SUSPEND,
        RESUME,
        STOP
    }

    private BillingTable() {}

    static List<RowWrite> writes(Change change) {
        return change.billing().stream()
                .map(instruction -> RowWrite.insert(
                        "vmsync_billing " + instruction.key(),
                        "vmsync_billing",
                        COLUMNS,
                        values(instruction, change.at())))
                .toList();
    }

    static List<BillingInstruction> undelivered(Connection connection, int limit) throws SQLException {
        return Statements.query(connection, UNDELIVERED, List.of(limit), BillingTable::instruction);
    }

    static void settle(Connection connection, BillingKey key, Settlement settlement, String note) throws SQLException {
        Statements.update(
                connection,
                SETTLE,
                List.of(settlement.name(), note, key.session().value(), key.counter()));
    }

    private static List<@Nullable Object> values(BillingInstruction instruction, Instant stagedAt) {
        Kind kind;
        Instant at;
        String billed = null;
        if (instruction instanceof BillingInstruction.Suspend suspend) {
            kind = Kind.SUSPEND;
            at = suspend.from();
        } else if (instruction instanceof BillingInstruction.Resume resume) {
            kind = Kind.RESUME;
            at = resume.at();
        } else {
            BillingInstruction.Stop stop = (BillingInstruction.Stop) instruction;
            kind = Kind.STOP;
            at = stop.at();
            billed = Lines.ofIntervals(stop.billed());
        }
        return Arrays.asList(
                instruction.session().value(),
                instruction.key().counter(),
                instruction.vm().value(),
                kind.name(),
                Times.utc(at),
                billed,
                instruction.reason(),
                Times.utc(stagedAt),
                STAGED);
    }

    private static BillingInstruction instruction(ResultSet cells) throws SQLException {
        BillingKey key = new BillingKey(new SessionId(cells.getString("session_id")), cells.getLong("counter"));
        OwnRow row = new OwnRow(cells, "vmsync_billing " + key);
        VmId vm = new VmId(row.text("vm_id"));
        Instant at = row.instant("effective_at");
        String reason = row.text("reason");
        return switch (row.constant(Kind.class, "kind")) {
            case SUSPEND -> new BillingInstruction.Suspend(key, vm, at, reason);
            case RESUME -> new BillingInstruction.Resume(key, vm, at, reason);
            case STOP -> new BillingInstruction.Stop(key, vm, at, row.lines("billed", Lines::interval), reason);
        };
    }
}
