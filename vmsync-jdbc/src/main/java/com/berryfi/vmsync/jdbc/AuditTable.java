package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code vmsync_audit}: every verdict, each field in a column of its own, for people who ask with plain SQL. Times are cut to what their
 * columns hold before they are written, for databases differ in how they round, and the hash speaks of what can be read back.
 */
final class AuditTable {

    /** What the hash of a row covers, in its order; to change it is to change the format of {@link AuditHash}. */
    static final String COLUMNS = "decided_at, cycle_id, vm_id, session_id, " + ScopeColumns.COLUMNS + ", rule_id,"
            + " rule_mode, because, believed, session_status, observed, power_state, provisioning, machine_uid,"
            + " up_since, missing_code, unknown_cause, unknown_detail, read_kind, sent_at, request_id, effects, held_reason,"
            + " held_until, held_released_by";

    static final String LINK_COLUMNS = "chain, link, hash";

    private static final Set<String> TIMES = Set.of("decided_at", "up_since", "sent_at", "held_until");

    private static final String INSERT = RowWrite.insert("vmsync_audit", COLUMNS + ", " + LINK_COLUMNS);

    private enum Kind {
        SEEN,
        MISSING,
        UNKNOWN
    }

    private AuditTable() {}

    /**
     * The row of a record.
     *
     * @param values its own
     * @param head that of its chain once it is appended
     */
    static RowWrite write(AuditRecord record, List<@Nullable Object> values, ChainHead head) {
        List<@Nullable Object> all = new ArrayList<>(values);
        all.addAll(List.of(head.chain(), head.length(), head.head()));
        return new RowWrite("vmsync_audit of VM " + record.vm(), INSERT, all);
    }

    static List<AuditRecord> ofSession(Connection connection, SessionId session) throws SQLException {
        return Statements.query(
                connection,
                "SELECT " + COLUMNS + ", seq FROM vmsync_audit WHERE session_id = ? ORDER BY seq",
                List.of(session.value()),
                AuditTable::record);
    }

    /** The links of a chain behind one, in their order. */
    static List<AuditLink> links(Connection connection, String chain, long after, int limit) throws SQLException {
        return Statements.query(
                connection,
                "SELECT " + COLUMNS + ", " + LINK_COLUMNS + ", seq FROM vmsync_audit WHERE chain = ? AND link > ?"
                        + " ORDER BY link LIMIT ?",
                List.of(chain, after, limit),
                AuditTable::link);
    }

    private static AuditLink link(ResultSet cells) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        for (String column : COLUMNS.split(", ", -1)) {
            values.add(TIMES.contains(column) ? cells.getObject(column, LocalDateTime.class) : cells.getString(column));
        }
        return new AuditLink(
                cells.getLong("link"),
                cells.getString("hash"),
                AuditChains.of(cells.getString("vm_id"), cells.getString("session_id")),
                AuditHash.content(values),
                cells.getLong("seq"),
                cells.getObject("decided_at", LocalDateTime.class));
    }

    /** The values of {@link #COLUMNS}, as they can be read back. */
    static List<@Nullable Object> values(AuditRecord record) {
        Evidence evidence = record.evidence();
        List<@Nullable Object> values = new ArrayList<>(Arrays.asList(
                Times.millis(record.at()),
                record.cycle(),
                record.vm().value(),
                record.session().map(SessionId::value).orElse(null)));
        values.addAll(ScopeColumns.values(record.scope()));
        values.addAll(Arrays.asList(
                record.rule(),
                record.mode().name(),
                record.because(),
                record.believed().name(),
                record.sessionStatus().map(SessionStatus::name).orElse(null)));
        values.addAll(values(evidence.observation()));
        values.addAll(Arrays.asList(
                evidence.kind().name(),
                Times.millis(evidence.sentAt()),
                evidence.requestId().orElse(null),
                Lines.ofTexts(record.effects()),
                record.held().map(held -> held.reason().name()).orElse(null),
                record.held().flatMap(Held::until).map(Times::millis).orElse(null),
                record.held().map(held -> held.releasedBy().name()).orElse(null)));
        return values;
    }

    private static List<@Nullable Object> values(Observation observation) {
        if (observation instanceof Observation.Seen seen) {
            return Arrays.asList(
                    Kind.SEEN.name(),
                    seen.power().name(),
                    seen.provisioning().name(),
                    seen.uid().orElse(null),
                    seen.upSince().map(Times::micros).orElse(null),
                    null,
                    null,
                    null);
        }
        if (observation instanceof Observation.Missing missing) {
            return Arrays.asList(Kind.MISSING.name(), null, null, null, null, missing.code(), null, null);
        }
        Observation.Unknown unknown = (Observation.Unknown) observation;
        return Arrays.asList(
                Kind.UNKNOWN.name(),
                null,
                null,
                null,
                null,
                null,
                unknown.cause().name(),
                unknown.detail());
    }

    private static AuditRecord record(ResultSet cells) throws SQLException {
        OwnRow row = new OwnRow(cells, "vmsync_audit seq " + cells.getLong("seq"));
        return new AuditRecord(
                row.instant("decided_at"),
                row.text("cycle_id"),
                new VmId(row.text("vm_id")),
                row.optionalText("session_id").map(SessionId::new),
                ScopeColumns.scope(row),
                row.text("rule_id"),
                row.constant(Mode.class, "rule_mode"),
                row.text("because"),
                row.constant(VmStatus.class, "believed"),
                row.optionalConstant(SessionStatus.class, "session_status"),
                new Evidence(
                        observation(row),
                        row.constant(ReadKind.class, "read_kind"),
                        row.instant("sent_at"),
                        row.optionalText("request_id")),
                row.lines("effects", Lines::text),
                held(row));
    }

    private static Observation observation(OwnRow row) throws SQLException {
        return switch (row.constant(Kind.class, "observed")) {
            case SEEN ->
                new Observation.Seen(
                        row.constant(PowerState.class, "power_state"),
                        row.constant(ProvisioningState.class, "provisioning"),
                        row.optionalText("machine_uid"),
                        row.optionalInstant("up_since"));
            case MISSING -> new Observation.Missing(row.text("missing_code"));
            case UNKNOWN ->
                new Observation.Unknown(row.constant(UnknownCause.class, "unknown_cause"), row.text("unknown_detail"));
        };
    }

    private static Optional<Held> held(OwnRow row) throws SQLException {
        Optional<Held.Reason> reason = row.optionalConstant(Held.Reason.class, "held_reason");
        return reason.isEmpty()
                ? Optional.empty()
                : Optional.of(new Held(
                        reason.get(),
                        row.optionalInstant("held_until"),
                        row.constant(Held.ReleasedBy.class, "held_released_by")));
    }
}
