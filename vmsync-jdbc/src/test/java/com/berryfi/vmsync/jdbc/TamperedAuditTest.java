package com.berryfi.vmsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.testkit.Samples;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody has been at the audit's rows: the verifier names the chain, the link and what is wrong with it. */
@OnEachDatabase
class TamperedAuditTest {

    private static final String CHAIN = "session/s-vm-1";
    private static final String OTHER = "vm/vm-2";
    private static final Set<String> TIMES = Set.of("decided_at", "sent_at", "held_until", "up_since");
    private static final SessionId SESSION = new SessionId("s-vm-1");

    @AutoClose
    private final TestDatabase database;

    private final Audited audited;

    TamperedAuditTest(Connecting on) {
        database = on.filled();
        audited = new Audited(database);
    }

    @BeforeEach
    void twoChainsOfFiveAndThreeLinks() {
        audited.append(audited.inUse("vm-1"), 5);
        audited.appendAtOnce(new ManagedVm(Samples.freeVm("vm-2"), Optional.empty()), 3);
    }

    @Test
    void nothingIsFoundWhereNothingIsWrong() {
        assertThat(audited.audit().verifyAll()).isEqualTo(new AuditReport(2, 8, 0, List.of()));
        assertThat(audited.audit().verify(SESSION)).isEqualTo(new AuditReport(1, 5, 0, List.of()));
        assertThat(audited.audit().verify(new VmId("vm-2"))).isEqualTo(new AuditReport(1, 3, 0, List.of()));
        assertThat(audited.audit().verify(new VmId("vm-3"))).isEqualTo(new AuditReport(0, 0, 0, List.of()));
        assertThat(audited.store().journal().history(SESSION)).hasSize(5);
    }

    @Test
    void aColumnThatWasChanged() {
        assertChanged(Arrays.stream((AuditTable.COLUMNS + ", hash").split(", ", -1))
                .map(column ->
                        column + " = " + (TIMES.contains(column) ? "TIMESTAMP '2026-11-01 03:04:05'" : "'other'"))
                .toList());
    }

    @Test
    void aLittleThatWasChanged() {
        assertChanged(List.of(
                "request_id = NULL",
                "request_id = ''",
                "missing_code = ''",
                "unknown_detail = ''",
                "effects = ''",
                "because = 'because of a tesT'",
                "because = 'because of a test '",
                "cycle_id = 'cycle-', vm_id = CONCAT('1', vm_id)"));
    }

    /** Makes each change in a chain of its own, and finds each. */
    private void assertChanged(List<String> changes) {
        List<String> chains = new ArrayList<>();
        for (String change : changes) {
            ManagedVm vm = Samples.inUse("changed-" + (100 + chains.size()));
            audited.appendAtOnce(vm, 3);
            audited.tamper(
                    "UPDATE vmsync_audit SET " + change + " WHERE vm_id = ? AND link = 2",
                    vm.id().value());
            chains.add("session/" + vm.sessionId().orElseThrow());
            assertThat(Audited.faults(audited.audit().verify(vm.sessionId().orElseThrow())))
                    .as(change)
                    .containsExactly(chains.get(chains.size() - 1) + " 2 CHANGED");
        }
        assertThat(audited.faults())
                .containsExactlyElementsOf(
                        chains.stream().map(chain -> chain + " 2 CHANGED").toList());
    }

    @Test
    void everyColumnOfTheTableIsHashedOrPartOfTheChain() throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection()) {
            String name =
                    Transactions.of(database.dataSource()).dialect() == Dialect.H2 ? "VMSYNC_AUDIT" : "vmsync_audit";
            try (ResultSet rows =
                    connection.getMetaData().getColumns(connection.getCatalog(), connection.getSchema(), name, null)) {
                while (rows.next()) {
                    columns.add(rows.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
                }
            }
        }

        assertThat(columns)
                .containsExactlyInAnyOrder(
                        (AuditTable.COLUMNS + ", " + AuditTable.LINK_COLUMNS + ", seq").split(", ", -1));
    }

    @Test
    void theFirstAndTheLastThatWereChanged() {
        audited.tamper("UPDATE vmsync_audit SET because = 'other' WHERE chain = ? AND link IN (1, 5)", CHAIN);

        assertThat(audited.faults()).containsExactly(CHAIN + " 1 CHANGED", CHAIN + " 5 CHANGED");
    }

    @Test
    void oneThatWasChangedTogetherWithItsHash() {
        rehash(3);
        assertThat(audited.faults()).containsExactly(CHAIN + " 4 CHANGED");
    }

    @Test
    void theLastThatWasChangedTogetherWithItsHash() {
        rehash(5);
        assertThat(audited.faults()).containsExactly(CHAIN + " 5 HEAD_CHANGED");
    }

    @Test
    void someThatWereDeletedInTheMiddle() {
        audited.tamper("DELETE FROM vmsync_audit WHERE chain = ? AND link IN (2, 3)", CHAIN);

        assertThat(audited.audit().verifyAll())
                .isEqualTo(new AuditReport(
                        2,
                        6,
                        1,
                        List.of(new BrokenLink(CHAIN, 2, BrokenLink.Fault.MISSING, "links 2 to 3 are missing"))));
    }

    @Test
    void theEndThatWasCutOff() {
        audited.tamper("DELETE FROM vmsync_audit WHERE chain = ? AND link >= 4", CHAIN);

        assertThat(audited.audit().verify(SESSION).broken())
                .containsExactly(
                        new BrokenLink(CHAIN, 4, BrokenLink.Fault.TRUNCATED, "links 4 to 5 are missing at the end"));
        assertThat(audited.faults()).containsExactly(CHAIN + " 4 TRUNCATED");
    }

    @Test
    void theBeginningThatWasCutOff() {
        audited.tamper("DELETE FROM vmsync_audit WHERE chain = ? AND link = 1", CHAIN);

        assertThat(audited.faults()).containsExactly(CHAIN + " 1 MISSING");
    }

    @Test
    void allThatWereDeleted() {
        audited.tamper("DELETE FROM vmsync_audit");

        assertThat(audited.faults()).containsExactly(CHAIN + " 1 TRUNCATED", OTHER + " 1 TRUNCATED");
    }

    @ParameterizedTest
    @CsvSource({
        "length = 9, 5 HEAD_CHANGED",
        "length = 4, 4 HEAD_CHANGED; 5 ADDED",
        "length = 0, 0 HEAD_CHANGED; 1 ADDED; 2 ADDED; 3 ADDED; 4 ADDED; 5 ADDED",
        "head = 'other', 5 HEAD_CHANGED",
        "base = 'other', 1 CHANGED",
        "kept_from = 3, 1 ADDED; 2 ADDED; 3 CHANGED",
        "kept_from = 0, 0 MISSING"
    })
    void aHeadThatWasChanged(String head, String faults) {
        audited.tamper("UPDATE vmsync_audit_chain SET " + head + " WHERE chain = ?", CHAIN);

        assertThat(audited.faults())
                .containsExactlyElementsOf(Arrays.stream(faults.split("; ", -1))
                        .map(fault -> CHAIN + " " + fault)
                        .toList());
    }

    @Test
    void aHeadThatIsGone() {
        audited.tamper("DELETE FROM vmsync_audit_chain");

        assertThat(audited.faults()).containsExactly(CHAIN + " 1 HEAD_MISSING", OTHER + " 1 HEAD_MISSING");
        assertThat(Audited.faults(audited.audit().verify(SESSION))).containsExactly(CHAIN + " 1 HEAD_MISSING");
    }

    @Test
    void aChainThatGoesOnAfterItWasBrokenStaysBroken() {
        audited.tamper("UPDATE vmsync_audit SET because = 'other' WHERE chain = ? AND link = 5", CHAIN);
        audited.tamper("UPDATE vmsync_audit_chain SET head = 'other' WHERE chain = ?", OTHER);
        ManagedVm first = audited.inUse("vm-1");
        audited.append(first, 2);
        audited.appendAtOnce(new ManagedVm(Samples.freeVm("vm-2"), Optional.empty()), 2);

        assertThat(audited.faults()).containsExactly(CHAIN + " 5 CHANGED", OTHER + " 4 CHANGED");
    }

    @Test
    void noMoreIsNamedThanAReaderBears() {
        ManagedVm third = audited.inUse("vm-3");
        audited.appendAtOnce(third, 60);
        audited.tamper("UPDATE vmsync_audit SET because = 'other' WHERE session_id = 's-vm-3'");

        AuditReport report = audited.audit().verifyAll();
        assertThat(report.broken()).hasSize(ChainCheck.MOST).allMatch(link -> link.fault() == BrokenLink.Fault.CHANGED);
        assertThat(report.brokenChains()).isOne();
        assertThat(report.links()).isEqualTo(68);
    }

    /** Changes a link and makes its own hash fit again. */
    private void rehash(int link) {
        audited.tamper("UPDATE vmsync_audit SET because = 'other' WHERE chain = ? AND link = ?", CHAIN, link);
        List<AuditLink> links = Transactions.of(database.dataSource())
                .run("reading", connection -> AuditTable.links(connection, CHAIN, 0, 10));
        String before = links.get(link - 2).hash();
        audited.tamper(
                "UPDATE vmsync_audit SET hash = ? WHERE chain = ? AND link = ?",
                AuditHash.link(before, CHAIN, link, links.get(link - 1).content()),
                CHAIN,
                link);
    }
}
