package com.berryfi.vmsync.crash;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** All that is known of the sessions with a fault, for people who look for its cause. */
final class CaseFile {

    private CaseFile() {}

    /** Writes a chapter for each fault: the fault, the audit of its VM, and the passes that speak of it. */
    static void write(Path file, List<Fault> faults, List<Machine> machines, PassWatch passes, Bookkeeping books)
            throws IOException, InterruptedException {
        try (PrintStream out = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
            for (Fault fault : faults) {
                out.println(fault);
                for (Machine machine : machines) {
                    if (fault.session().startsWith(machine.id() + "-")) {
                        List<String> lines =
                                new ArrayList<>(books.insist(connection -> audit(connection, machine.id())));
                        lines.addAll(passes.describe(machine));
                        machine.on(Instant.now()).stream()
                                .map(on -> on.from() + " truly on until " + on.to())
                                .forEach(lines::add);
                        lines.stream().sorted().forEach(line -> out.println("    " + line));
                    }
                }
            }
        }
    }

    private static List<String> audit(Connection connection, String vm) throws SQLException {
        return Bookkeeping.query(
                connection,
                "SELECT decided_at, cycle_id, session_id, rule_id, because, believed, session_status, observed,"
                        + " power_state, read_kind, sent_at, effects, held_reason FROM vmsync_audit WHERE vm_id = ?"
                        + " ORDER BY seq",
                row -> {
                    List<String> cells = new ArrayList<>();
                    cells.add(
                            Bookkeeping.instant(row, "decided_at").orElseThrow().toString());
                    for (int i = 2; i <= row.getMetaData().getColumnCount(); i++) {
                        cells.add(String.valueOf(row.getString(i)).replace('\n', ';'));
                    }
                    return String.join(" | ", cells);
                },
                vm);
    }
}
