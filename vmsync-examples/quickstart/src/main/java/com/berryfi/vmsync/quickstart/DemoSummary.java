package com.berryfi.vmsync.quickstart;

import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.port.SyncJournal;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** What it all came to: the bill before and after, and one session's story from the audit. */
final class DemoSummary {

    private final PrintStream out;
    private final DemoDatabase database;
    private final DemoFleet fleet;
    private final DemoBilling billing;
    private final SyncJournal journal;

    DemoSummary(PrintStream out, DemoDatabase database, DemoFleet fleet, DemoBilling billing, SyncJournal journal) {
        this.out = out;
        this.database = database;
        this.fleet = fleet;
        this.billing = billing;
        this.journal = journal;
    }

    void printBill(Instant now) {
        out.println();
        out.println("== The bill, had nobody looked, and as it is");
        TextTable table = new TextTable("session", "status", "unwatched, to now", "billed", "instructions");
        for (int number : new int[] {
            Demo.KILLED, Demo.KILLED_IN_LAB, Demo.STOPPED, Demo.RESTARTED, Demo.LEFT_ENDING, DemoPlan.UPDATING
        }) {
            String session = DemoFleet.session(number);
            Duration unwatched = Duration.between(fleet.startOf(number), now);
            String seconds = database.text("SELECT duration_seconds FROM vm_sessions WHERE id = ?", session);
            table.row(
                    session,
                    database.sessionStatus(session),
                    minutes(unwatched),
                    seconds.equals("null") ? "goes on" : minutes(Duration.ofSeconds(Long.parseLong(seconds))),
                    billing.of(new SessionId(session)).stream()
                            .map(DemoSummary::brief)
                            .toList());
        }
        table.print(out);
    }

    private static String brief(BillingInstruction instruction) {
        String what =
                instruction.getClass().getSimpleName() + " " + instruction.key().counter();
        return instruction instanceof BillingInstruction.Stop stop ? what + " " + stop.billed() : what;
    }

    private static String minutes(Duration duration) {
        return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }

    void printAudit() {
        SessionId session = new SessionId(DemoFleet.session(Demo.STOPPED));
        out.println();
        out.println("== Why session " + session + " ended, from the audit alone");
        for (AuditRecord record : journal.history(session)) {
            out.println("  " + record.at() + "  The database said " + record.believed() + "/"
                    + record.sessionStatus().map(Object::toString).orElse("no session") + ". Azure, asked "
                    + (record.evidence().isDirect() ? "directly" : "by list") + " at "
                    + record.evidence().sentAt()
                    + ", said " + record.evidence().observation() + ": " + record.because() + ".");
            out.println("      Rule " + record.rule() + ": " + record.effects()
                    + record.held().map(held -> ", held: " + held).orElse("") + "  [request "
                    + record.evidence().requestId().orElse("unknown") + "]");
        }
    }
}
