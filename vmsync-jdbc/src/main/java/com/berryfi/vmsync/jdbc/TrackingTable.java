package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.Run;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Tracking;
import com.berryfi.vmsync.model.VmId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code vmsync_tracking}: what is remembered of VMs out of step. */
final class TrackingTable {

    static final String COLUMNS =
            "vm_id, version, fingerprint, session_id, changed_at, run_subject, run_first, run_last, run_count,"
                    + " run_first_direct, run_directs, proven_running_at, end_requested_at, our_error, verdict";

    private static final String UPDATE =
            "UPDATE vmsync_tracking SET version = ?, fingerprint = ?, session_id = ?, changed_at = ?,"
                    + " run_subject = ?, run_first = ?, run_last = ?, run_count = ?, run_first_direct = ?, run_directs = ?,"
                    + " proven_running_at = ?, end_requested_at = ?, our_error = ?, verdict = ? WHERE vm_id = ? AND version = ?";
    private static final String DELETE = "DELETE FROM vmsync_tracking WHERE vm_id = ? AND version = ?";

    private TrackingTable() {}

    /** @param lock whether the rows stay locked until the end of the transaction */
    static OwnRows<VmId, Tracking> read(Connection connection, Collection<VmId> vms, boolean lock) throws SQLException {
        return OwnRows.read(
                connection,
                "SELECT " + COLUMNS + " FROM vmsync_tracking",
                "vm_id",
                vms.stream().map(VmId::value).toList(),
                lock,
                (found, cells) -> {
                    VmId vm = new VmId(cells.getString("vm_id"));
                    found.add(vm, new OwnRow(cells, "vmsync_tracking " + vm), row -> tracking(vm, row));
                });
    }

    /** The write that leads from what was remembered to what is now; empty if that is the same. */
    static Optional<RowWrite> write(VmId id, Optional<Tracking> before, Optional<Tracking> after) {
        String vm = id.value();
        String row = "vmsync_tracking " + vm;
        if (before.equals(after)) {
            return Optional.empty();
        }
        if (after.isEmpty()) {
            return before.map(old -> new RowWrite(row, DELETE, Arrays.asList(vm, old.version())));
        }
        List<@Nullable Object> values = new ArrayList<>(values(after.get()));
        if (before.isEmpty()) {
            values.add(0, vm);
            return Optional.of(
                    RowWrite.insert(row, "vmsync_tracking", COLUMNS, values).unlessThere());
        }
        values.add(vm);
        values.add(before.get().version());
        return Optional.of(new RowWrite(row, UPDATE, values));
    }

    private static List<@Nullable Object> values(Tracking tracking) {
        Optional<Run> run = tracking.run();
        return Arrays.asList(
                tracking.version(),
                tracking.fingerprint(),
                tracking.session().map(SessionId::value).orElse(null),
                Times.utc(tracking.changedAt()),
                run.map(r -> r.subject().name()).orElse(null),
                Times.utc(run.map(Run::first)),
                Times.utc(run.map(Run::last)),
                run.map(Run::count).orElse(null),
                Times.utc(run.flatMap(Run::firstDirect)),
                run.map(Run::directs).orElse(null),
                Times.utc(tracking.provenRunningAt()),
                Times.utc(tracking.endRequestedAt()),
                tracking.ourError(),
                tracking.verdict());
    }

    private static Tracking tracking(VmId vm, OwnRow row) throws SQLException {
        Optional<Run.Subject> subject = row.optionalConstant(Run.Subject.class, "run_subject");
        Optional<Run> run = subject.isEmpty()
                ? Optional.empty()
                : Optional.of(new Run(
                        subject.get(),
                        row.instant("run_first"),
                        row.instant("run_last"),
                        (int) row.number("run_count"),
                        row.optionalInstant("run_first_direct"),
                        (int) row.number("run_directs")));
        return new Tracking(
                vm,
                row.number("version"),
                row.text("fingerprint"),
                row.optionalText("session_id").map(SessionId::new),
                row.optionalInstant("changed_at"),
                run,
                row.optionalInstant("proven_running_at"),
                row.optionalInstant("end_requested_at"),
                row.flag("our_error"),
                row.text("verdict"));
    }
}
