package com.berryfi.vmsync.quickstart;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.StatusMapping;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.VmOutcome.Result;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.report.DriftReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What must hold at each turn of the story. */
final class DemoChecks {

    /** Whose rows or answers nobody can work with: each is reported by name, and left as it is. */
    private static final Set<Integer> BAD = Set.of(
            DemoPlan.UNKNOWN_STATUS,
            DemoPlan.NO_SUBSCRIPTION,
            DemoPlan.TWO_SESSIONS,
            DemoPlan.MALFORMED_ID,
            DemoPlan.TWIN,
            DemoPlan.TWIN_OF);

    /** Out of step at the end, each by a name: unknown, missing, maintenance, orphan. */
    private static final Set<Integer> STANDING = Set.of(
            DemoPlan.UNKNOWN_IN_USE, DemoPlan.UNKNOWN_FREE, DemoPlan.GONE, DemoPlan.MAINTENANCE, DemoPlan.ORPHAN);

    private final Checks checks;
    private final DemoDatabase database;
    private final DemoFleet fleet;
    private final DemoBilling billing;

    DemoChecks(Checks checks, DemoDatabase database, DemoFleet fleet, DemoBilling billing) {
        this.checks = checks;
        this.database = database;
        this.fleet = fleet;
        this.billing = billing;
    }

    /** All that vmsync could have written. */
    String snapshot() {
        return String.valueOf(List.of(
                database.texts("SELECT id || status || COALESCE(current_session_id, '') FROM vm_instances ORDER BY id"),
                database.texts("SELECT id || status || COALESCE(termination_reason, '') FROM vm_sessions ORDER BY id"),
                database.texts("SELECT COUNT(*) FROM vmsync_tracking"),
                database.texts("SELECT COUNT(*) FROM vmsync_pass"),
                database.texts("SELECT COUNT(*) FROM vmsync_audit"),
                billing.all()));
    }

    void unchanged(String before) {
        checks.that("a dry run writes nothing", snapshot().equals(before));
    }

    void sameNumbers(SyncReport preview, DriftReport report) {
        checks.same(
                "VMs of the drift report", preview.checked(), report.totals().checked());
        checks.same("corrections of the drift report", preview.count(Result.WOULD_DO), (long)
                report.corrections().size());
        checks.same(
                "findings of the drift report",
                preview.findings().size(),
                report.findings().size());
        checks.that("the drift report says that not everything was read", !report.isWhole());
    }

    void firstFullSync() {
        for (int number : DemoPlan.DEAD_UNNOTICED) {
            vm(number, "STOPPED");
        }
        vm(DemoPlan.STOPPED_UNNOTICED, "STOPPED");
        for (int number : DemoPlan.ALIVE_UNNOTICED) {
            vm(number, "RUNNING");
        }
        for (int number : DemoPlan.RESUMED) {
            vm(number, "RUNNING");
            session(number, "ACTIVE");
            instructions(number, "Resume");
        }
        untouched();
        session(DemoPlan.BEGINNING, "STARTING");
        vm(DemoPlan.BEGINNING, "STARTING");
        session(DemoPlan.UPDATING, "ACTIVE");
        vm(DemoPlan.ORPHAN, "AVAILABLE");
        vm(DemoPlan.STILL_BILLED, "AVAILABLE");
        vm(1, "AVAILABLE");
    }

    void fewCalls(long calls, long naive) {
        checks.that(calls + " ARM calls are at most a twentieth of the naive " + naive, calls * 20 <= naive);
    }

    void firstQuickSync() {
        ended(Demo.KILLED);
        ended(Demo.KILLED_IN_LAB);
        instructions(Demo.KILLED, "Stop");
        session(Demo.STOPPED, "ACTIVE");
        instructions(Demo.STOPPED, "Suspend");
        session(Demo.RESTARTED, "ACTIVE");
        instructions(Demo.RESTARTED, "Suspend");
        session(Demo.LEFT_ENDING, "TERMINATING");
    }

    void secondQuickSync() {
        ended(Demo.STOPPED);
        instructions(Demo.STOPPED, "Suspend", "Stop");
        session(Demo.RESTARTED, "ACTIVE");
        session(DemoPlan.BEGINNING, "STARTING");
        untouched();
    }

    void atTheEnd() {
        ended(Demo.LEFT_ENDING);
        ended(DemoPlan.UPDATING);
        instructions(Demo.RESTARTED, "Suspend", "Resume");
        session(DemoPlan.BEGINNING, "STARTING");
        vm(DemoPlan.BEGINNING, "RUNNING");
        untouched();
        bothSidesAgree();
        theBillIsExact();
    }

    private int ended;
    private int instructions;

    /** What the brown-out finds. */
    void inStepBefore() {
        ended = endedSessions();
        instructions = billing.all().size();
        for (int number : Demo.LOST_IN_THE_DARK) {
            session(number, "ACTIVE");
        }
    }

    /** While nothing is known, nobody is ended and no bill is moved. */
    void inTheDark() {
        checks.same("sessions ended during the brown-out", 0, endedSessions() - ended);
        checks.same(
                "billing instructions during the brown-out", 0, billing.all().size() - instructions);
    }

    /** What was lost in the dark is ended as of the last proof before it, and nothing else is. */
    void afterTheDark(Instant lastGood) {
        checks.same("sessions ended after it", Demo.LOST_IN_THE_DARK.length, endedSessions() - ended);
        for (int number : Demo.LOST_IN_THE_DARK) {
            ended(number);
            billed(number, Duration.between(fleet.startOf(number), lastGood));
        }
        bothSidesAgree();
    }

    private int endedSessions() {
        return database.texts("SELECT id FROM vm_sessions WHERE status IN ('TERMINATED', 'COMPLETED', 'FAILED')")
                .size();
    }

    /** A fact of the story: 30 s after the start was the last time these four were proven running. */
    private void theBillIsExact() {
        Instant proven = Demo.START.plusSeconds(30);
        for (int number : List.of(Demo.KILLED, Demo.KILLED_IN_LAB, Demo.STOPPED)) {
            billed(number, Duration.between(fleet.startOf(number), proven));
        }
        billed(Demo.LEFT_ENDING, Duration.between(fleet.startOf(Demo.LEFT_ENDING), proven));
        billed(DemoPlan.UPDATING, Duration.ZERO);
        for (BillingInstruction instruction : billing.of(new SessionId(DemoFleet.session(Demo.RESTARTED)))) {
            if (instruction instanceof BillingInstruction.Suspend suspend) {
                checks.same("suspended from", proven, suspend.from());
            }
        }
    }

    private void billed(int number, Duration expected) {
        String seconds =
                database.text("SELECT duration_seconds FROM vm_sessions WHERE id = ?", DemoFleet.session(number));
        checks.same(DemoFleet.session(number) + " seconds billed", String.valueOf(expected.toSeconds()), seconds);
    }

    private void untouched() {
        session(DemoPlan.UNKNOWN_IN_USE, "ACTIVE");
        vm(DemoPlan.UNKNOWN_IN_USE, "RUNNING");
        vm(DemoPlan.UNKNOWN_FREE, "STOPPED");
        vm(DemoPlan.MAINTENANCE, "MAINTENANCE");
        vm(DemoPlan.GONE, "STOPPED");
        vm(DemoPlan.UNKNOWN_STATUS, "REBOOTING");
        session(DemoPlan.TWO_SESSIONS, "ACTIVE");
    }

    private void bothSidesAgree() {
        StatusMapping mapping = StatusMapping.standard();
        int agreeing = 0;
        for (int number = 1; number <= DemoFleet.SIZE; number++) {
            if (BAD.contains(number) || STANDING.contains(number)) {
                continue;
            }
            VmStatus believed = VmStatus.valueOf(database.vmStatus(DemoFleet.vm(number)));
            PowerState power = fleet.machine(number).power();
            boolean agrees = mapping.agrees(believed, power);
            checks.that(DemoFleet.vm(number) + " is believed " + believed + " and is " + power, agrees);
            agreeing += agrees ? 1 : 0;
        }
        checks.same("VMs in step", DemoFleet.SIZE - BAD.size() - STANDING.size(), agreeing);
    }

    private void ended(int number) {
        session(number, "TERMINATED");
        vm(number, "AVAILABLE");
        checks.same(
                DemoFleet.vm(number) + " is released",
                "null",
                database.text("SELECT current_session_id FROM vm_instances WHERE id = ?", DemoFleet.vm(number)));
    }

    private void vm(int number, String status) {
        checks.same(DemoFleet.vm(number), status, database.vmStatus(DemoFleet.vm(number)));
    }

    private void session(int number, String status) {
        checks.same(DemoFleet.session(number), status, database.sessionStatus(DemoFleet.session(number)));
    }

    private void instructions(int number, String... kinds) {
        checks.same(
                DemoFleet.session(number) + " billing instructions",
                List.of(kinds),
                billing.of(new SessionId(DemoFleet.session(number))).stream()
                        .map(instruction -> instruction.getClass().getSimpleName())
                        .toList());
    }

    String verdict() {
        return "QUICKSTART " + (allHold() ? "OK " : "FAILED ") + checks.checked() + " checks, "
                + billing.all().size() + " billing instructions";
    }

    boolean allHold() {
        return checks.allHold();
    }
}
