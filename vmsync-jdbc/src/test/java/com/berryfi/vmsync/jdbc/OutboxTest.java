package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static com.berryfi.vmsync.testkit.Samples.change;
import static com.berryfi.vmsync.testkit.Samples.inUse;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.Interval;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.port.SyncJournal;
import com.berryfi.vmsync.port.SyncJournal.Settlement;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The outbox as its readers find it. */
@OnEachDatabase
class OutboxTest {

    private static final String REASON = "\"found\" off\n\tby a Grüße-\uD83D\uDE00 \\ rule";

    @AutoClose
    private final TestDatabase database;

    private final JdbcSessionStore store;
    private final SyncJournal journal;
    private final ManagedVm vm = inUse("vm-1");

    OutboxTest(Connecting on) {
        database = on.filled();
        store = builder().build();
        journal = store.journal();
    }

    private JdbcSessionStore.Builder builder() {
        return JdbcSessionStore.builder(database.dataSource(), HostTables.berryFi(ZoneOffset.UTC));
    }

    @BeforeEach
    void oneInUse() {
        JdbcHostRows host = new JdbcHostRows(database, ZoneOffset.UTC);
        host.put(vm.vm());
        host.put(vm.session().orElseThrow());
    }

    @Test
    void itsColumnsAreThoseThatDebeziumExpectsAndTwoMore() {
        commit(store, suspend(1));

        assertThat(events())
                .singleElement()
                .satisfies(event -> assertThat(event.keySet())
                        .containsExactly("seq", "id", "aggregatetype", "aggregateid", "type", "payload", "decided_at"))
                .satisfies(event -> assertThat(event)
                        .contains(
                                entry("aggregatetype", "session"),
                                entry("aggregateid", "s-vm-1"),
                                entry("type", "SUSPEND")));
        assertThat(database.time("SELECT decided_at FROM vmsync_outbox")).isEqualTo(Times.utc(NOON));
    }

    @Test
    void theIdOfAnInstructionIsTheSameEverywhere() {
        commit(store, suspend(1), suspend(2));

        assertThat(events().stream().map(event -> event.get("id")))
                .containsExactly("4b99c930-cbb9-346e-bc9c-56746750623d", "45a416aa-9dc9-3811-8c8a-c791f737ece7");
    }

    @Test
    void thePayloadHoldsTheWholeInstruction() throws IOException {
        commit(store, suspend(1), resume(2), stop(3), adjust(4));

        assertThat(payloads())
                .containsExactly(
                        expected(1, "SUSPEND", "2026-11-01T12:00:00.123456789Z", Map.of()),
                        expected(2, "RESUME", "2026-11-01T12:00:00Z", Map.of()),
                        expected(
                                3,
                                "STOP",
                                "2026-11-01T12:00:00Z",
                                Map.of(
                                        "billed",
                                        List.of(
                                                Map.of("from", "2026-11-01T11:00:00Z", "to", "2026-11-01T11:20:00Z"),
                                                Map.of(
                                                        "from",
                                                        "2026-11-01T11:30:00Z",
                                                        "to",
                                                        "2026-11-01T11:50:00.000000001Z")))),
                        expected(4, "ADJUST", "", Map.of("unbilled", List.of())));
        assertThat(journal.undelivered(10)).containsExactly(suspend(1), resume(2), stop(3), adjust(4));
    }

    @Test
    void noRowOfItChangesWhateverBecomesOfTheDelivery() {
        commit(store, suspend(1), resume(2), suspend(3), stop(4));
        List<Map<String, String>> before = events();
        assertThat(before).hasSize(4);

        journal.settle(key(1), Settlement.DELIVERED, "");
        assertThat(journal.noteFailure(key(2), "broke off")).isOne();
        journal.settle(key(2), Settlement.PARKED, "refused");
        assertThat(journal.release(key(2), true, "mended")).isTrue();
        journal.settle(key(2), Settlement.DELIVERED, "");
        journal.settle(key(3), Settlement.PARKED, "refused");
        assertThat(journal.parked()).containsExactly(suspend(3));
        assertThat(journal.release(key(3), false, "booked by hand")).isTrue();
        assertThat(journal.undelivered(10)).containsExactly(stop(4));

        assertThat(events()).isEqualTo(before);
        assertThat(database.text("SELECT note FROM vmsync_delivery WHERE state = 'TAKEN'"))
                .isEqualTo("booked by hand");
        assertThat(database.text("SELECT COUNT(*) FROM vmsync_delivery")).isEqualTo("2");
    }

    @Test
    void whatIsPublishedIsQueuedForNobody() {
        JdbcSessionStore published = builder().withBillingPublished().build();
        commit(store, suspend(1));
        commit(published, resume(2), stop(3));

        assertThat(database.text("SELECT COUNT(*) FROM vmsync_outbox")).isEqualTo("3");
        assertThat(published.journal().undelivered(10)).containsExactly(suspend(1));
    }

    @Test
    void whatIsForgottenIsOldAndWaitsNoMore() {
        commit(store, suspend(1), resume(2), suspend(3));
        journal.settle(key(1), Settlement.DELIVERED, "");
        journal.settle(key(2), Settlement.PARKED, "refused");

        assertThat(OutboxRetention.forget(database.dataSource(), NOON)).isZero();
        assertThat(OutboxRetention.forget(database.dataSource(), NOON.plusMillis(1)))
                .isOne();
        assertThat(journal.parked()).containsExactly(resume(2));

        assertThat(journal.release(key(2), false, "booked by hand")).isTrue();
        assertThat(OutboxRetention.forget(database.dataSource(), NOON.plusMillis(1)))
                .isOne();
        assertThat(journal.undelivered(10)).containsExactly(suspend(3));
        assertThat(database.text("SELECT COUNT(*) FROM vmsync_delivery")).isEqualTo("1");
    }

    private void commit(JdbcSessionStore by, BillingInstruction... billing) {
        assertThat(by.commit(List.of(change(vm, billing)))).containsExactly(new CommitOutcome.Committed());
    }

    private BillingKey key(long counter) {
        return new BillingKey(vm.sessionId().orElseThrow(), counter);
    }

    private BillingInstruction suspend(long counter) {
        return new BillingInstruction.Suspend(key(counter), vm.id(), NOON.plusNanos(123_456_789), REASON);
    }

    private BillingInstruction resume(long counter) {
        return new BillingInstruction.Resume(key(counter), vm.id(), NOON, REASON);
    }

    private BillingInstruction stop(long counter) {
        return new BillingInstruction.Stop(
                key(counter),
                vm.id(),
                NOON,
                List.of(
                        new Interval(NOON.minusSeconds(3600), NOON.minusSeconds(2400)),
                        new Interval(
                                NOON.minusSeconds(1800), NOON.minusSeconds(600).plusNanos(1))),
                REASON);
    }

    private BillingInstruction adjust(long counter) {
        return new BillingInstruction.Adjust(key(counter), vm.id(), List.of(), REASON);
    }

    private static Map<String, Object> expected(long counter, String kind, String at, Map<String, ?> more) {
        Map<String, Object> expected = new HashMap<>(more);
        expected.put("id", OutboxTable.id(new BillingKey(new SessionId("s-vm-1"), counter)));
        expected.put("session", "s-vm-1");
        expected.put("counter", (int) counter);
        expected.put("vm", "vm-1");
        expected.put("kind", kind);
        expected.put("reason", REASON);
        if (!at.isEmpty()) {
            expected.put("effectiveAt", at);
        }
        return expected;
    }

    /** All rows, as texts by the names of their columns. */
    private List<Map<String, String>> events() {
        return Transactions.of(database.dataSource())
                .<List<Map<String, String>>>run(
                        "reading the outbox",
                        connection -> Statements.query(
                                connection, "SELECT * FROM vmsync_outbox ORDER BY seq", List.of(), OutboxTest::cells));
    }

    private static Map<String, String> cells(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        Map<String, String> cells = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            cells.put(columns.getColumnName(i).toLowerCase(Locale.ROOT), row.getString(i));
        }
        return cells;
    }

    private List<Object> payloads() throws IOException {
        List<Object> payloads = new ArrayList<>();
        for (Map<String, String> event : events()) {
            try (JsonReader reader = JsonProviders.createReader(event.get("payload"))) {
                payloads.add(reader.readUntyped());
            }
        }
        return payloads;
    }
}
