package com.berryfi.vmsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody has moved the audit's rows: the verifier names them where they are now. */
@OnEachDatabase
class ReorderedAuditTest {

    private static final String CHAIN = "session/s-vm-1";
    private static final String OTHER = "vm/vm-2";
    private static final Set<String> TIMES = Set.of("decided_at", "sent_at", "held_until", "up_since");
    private static final SessionId SESSION = new SessionId("s-vm-1");

    @AutoClose
    private final TestDatabase database;

    private final Audited audited;

    ReorderedAuditTest(Connecting on) {
        database = on.filled();
        audited = new Audited(database);
    }

    @BeforeEach
    void twoChainsOfFiveAndThreeLinks() {
        audited.append(audited.inUse("vm-1"), 5);
        audited.appendAtOnce(new ManagedVm(Samples.freeVm("vm-2"), Optional.empty()), 3);
    }

    @Test
    void someThatWereDeletedAndTheRestRenumbered() {
        audited.tamper("DELETE FROM vmsync_audit WHERE chain = ? AND link = 2", CHAIN);
        for (int link : List.of(3, 4, 5)) {
            audited.tamper("UPDATE vmsync_audit SET link = ? WHERE chain = ? AND link = ?", link - 1, CHAIN, link);
        }

        assertThat(audited.faults())
                .containsExactly(
                        CHAIN + " 2 CHANGED", CHAIN + " 3 REORDERED", CHAIN + " 4 REORDERED", CHAIN + " 5 TRUNCATED");
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 3", "2, 4", "4, 5", "1, 5"})
    void twoThatWereSwapped(int one, int two) {
        swap("link", one, two);

        assertThat(audited.faults())
                .containsExactly(CHAIN + " " + one + " REORDERED", CHAIN + " " + two + " REORDERED");
    }

    @Test
    void twoWhoseOrderWasSwapped() {
        swap("seq", 2, 3);

        assertThat(audited.faults()).containsExactly(CHAIN + " 3 REORDERED");
    }

    @Test
    void twoWhoseContentWasSwapped() {
        swap("cycle_id", 2, 3);
        assertThat(audited.faults()).as("equal values").isEmpty();
        swap("rule_id", 2, 3);
        swap("decided_at", 2, 3);
        swap("sent_at", 2, 3);
        swap("held_until", 2, 3);

        assertThat(audited.faults()).containsExactly(CHAIN + " 2 REORDERED", CHAIN + " 3 REORDERED");
    }

    @Test
    void oneThatWasMovedToAnotherChain() {
        audited.tamper("UPDATE vmsync_audit SET chain = ?, link = 4 WHERE chain = ? AND link = 3", OTHER, CHAIN);

        assertThat(audited.faults()).containsExactly(CHAIN + " 3 MISSING", OTHER + " 4 ADDED");
        assertThat(Audited.faults(audited.audit().verify(SESSION)))
                .containsExactly(CHAIN + " 3 MISSING", OTHER + " 4 ADDED");
    }

    @Test
    void oneThatWasPutInThePlaceOfAnother() {
        audited.tamper("DELETE FROM vmsync_audit WHERE chain = ? AND link = 2", OTHER);
        audited.tamper("UPDATE vmsync_audit SET chain = ?, link = 2 WHERE chain = ? AND link = 3", OTHER, CHAIN);

        assertThat(audited.faults()).containsExactly(CHAIN + " 3 MISSING", OTHER + " 2 CHANGED", OTHER + " 3 CHANGED");
    }

    @Test
    void oneThatVmsyncHasNotWritten() {
        audited.tamper("UPDATE vmsync_audit SET link = 6 WHERE chain = ? AND link = 2", CHAIN);
        audited.tamper("UPDATE vmsync_audit SET link = 0 WHERE chain = ? AND link = 1", OTHER);

        assertThat(audited.faults())
                .containsExactly(CHAIN + " 2 MISSING", CHAIN + " 6 ADDED", OTHER + " 0 ADDED", OTHER + " 1 MISSING");
    }

    private void swap(String column, int one, int two) {
        String select = "SELECT " + column + " FROM vmsync_audit WHERE chain = ? AND link = ?";
        boolean number = Set.of("link", "seq").contains(column);
        List<Object> values = new ArrayList<>();
        List<String> seqs = new ArrayList<>();
        for (int link : List.of(one, two)) {
            String text = String.valueOf(database.text(select, CHAIN, link));
            values.add(
                    TIMES.contains(column)
                            ? Objects.requireNonNull(database.time(select, CHAIN, link))
                            : number ? (Object) Long.parseLong(text) : text);
            seqs.add(String.valueOf(
                    database.text("SELECT seq FROM vmsync_audit WHERE chain = ? AND link = ?", CHAIN, link)));
        }
        String where = " WHERE seq = ?";
        if (number) {
            audited.tamper("UPDATE vmsync_audit SET " + column + " = -1" + where, Long.parseLong(seqs.get(0)));
        }
        audited.tamper(
                "UPDATE vmsync_audit SET " + column + " = ?" + where, values.get(0), Long.parseLong(seqs.get(1)));
        audited.tamper(
                "UPDATE vmsync_audit SET " + column + " = ?" + where,
                values.get(1),
                column.equals("seq") ? -1L : Long.parseLong(seqs.get(0)));
    }
}
