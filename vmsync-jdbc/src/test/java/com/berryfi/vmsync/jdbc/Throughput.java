package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * How fast sessions are ended on one database, by the store and by hand-written JDBC that sends the same statements. Each time on tables
 * of their own.
 */
final class Throughput {

    /** So many changes are committed in a transaction. */
    static final int BATCH = SyncSettings.defaults().batchSize();

    private static final HostTables TABLES = HostTables.berryFi(ZoneOffset.UTC);

    /**
     * What came of it.
     *
     * @param database its name
     * @param transitions how many there were each time
     * @param storeNanos how long the store took for all, the median of the rounds
     * @param plainNanos how long plain JDBC took
     * @param statementsEach single statements for a transition
     * @param callsEach calls that are waited for, for a transition
     */
    record Result(
            String database,
            int transitions,
            long storeNanos,
            long plainNanos,
            double statementsEach,
            double callsEach) {

        /** How much of the hand-written program's throughput the store reaches. */
        double ratio() {
            return (double) plainNanos / storeNanos;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "throughput %s: %,d transitions in batches of %d, %,.0f a second by the store, %,.0f by plain JDBC:"
                            + " ratio %.2f; %.1f statements and %.1f round trips a transition",
                    database,
                    transitions,
                    BATCH,
                    perSecond(storeNanos),
                    perSecond(plainNanos),
                    ratio(),
                    statementsEach,
                    callsEach);
        }

        private double perSecond(long nanos) {
            return transitions * (double) TimeUnit.SECONDS.toNanos(1) / nanos;
        }
    }

    private final Connecting on;
    private final int transitions;
    private final StatementTape tape = new StatementTape();

    Throughput(Connecting on, int transitions) {
        this.on = on;
        this.transitions = transitions;
    }

    /**
     * Measures both in turn.
     *
     * @param warmUp how many rounds go before, for the sake of the compiler
     */
    Result measured(int warmUp, int rounds) throws SQLException {
        record();
        List<Long> store = new ArrayList<>();
        List<Long> plain = new ArrayList<>();
        for (int round = 0; round < warmUp + rounds; round++) {
            long byStore = byStore();
            long byHand = byHand();
            if (round >= warmUp) {
                store.add(byStore);
                plain.add(byHand);
            }
        }
        return new Result(
                on.name().toLowerCase(Locale.ROOT).replaceAll("_.*", ""),
                transitions,
                median(store),
                median(plain),
                (double) tape.statements() / transitions,
                (double) tape.calls() / transitions);
    }

    /** Ends all sessions once, for the tape. */
    private void record() throws SQLException {
        try (TestDatabase database = filled()) {
            JdbcSessionStore store = store(tape.recording(database.dataSource()));
            List<Change> changes = ThroughputFleet.endings(store);
            // What a start and the reading have sent belongs to nobody's commit.
            tape.clear();
            commit(store, changes);
            requireAll(database);
        }
    }

    private long byStore() throws SQLException {
        try (TestDatabase database = filled()) {
            JdbcSessionStore store = store(database.dataSource());
            List<Change> changes = ThroughputFleet.endings(store);
            System.gc();
            long begin = System.nanoTime();
            commit(store, changes);
            long nanos = System.nanoTime() - begin;
            requireAll(database);
            return nanos;
        }
    }

    private long byHand() throws SQLException {
        try (TestDatabase database = filled()) {
            System.gc();
            long begin = System.nanoTime();
            tape.play(database.dataSource());
            long nanos = System.nanoTime() - begin;
            requireAll(database);
            return nanos;
        }
    }

    private TestDatabase filled() throws SQLException {
        TestDatabase database = on.empty().fill();
        ThroughputFleet.put(database, transitions);
        return database;
    }

    private static JdbcSessionStore store(DataSource database) {
        return JdbcSessionStore.builder(database, TABLES).build();
    }

    private void commit(JdbcSessionStore store, List<Change> changes) {
        for (int from = 0; from < changes.size(); from += BATCH) {
            List<Change> batch = changes.subList(from, Math.min(changes.size(), from + BATCH));
            for (CommitOutcome outcome : store.commit(batch)) {
                if (!(outcome instanceof CommitOutcome.Committed)) {
                    throw new IllegalStateException(on + ": " + outcome);
                }
            }
        }
    }

    /** That a row of each kind has come of every transition. */
    private void requireAll(TestDatabase database) {
        List<String> contents = Stream.of(
                        "vm_sessions WHERE status = 'TERMINATED' AND connection_url IS NULL",
                        "vm_instances WHERE status = 'AVAILABLE' AND current_session_id IS NULL",
                        "vmsync_metering WHERE stopped = TRUE",
                        "vmsync_outbox WHERE type = 'STOP'",
                        "vmsync_delivery",
                        "vmsync_audit")
                .map(what -> database.text("SELECT COUNT(*) FROM " + what) + " of " + what)
                .toList();
        if (!contents.stream().allMatch(count -> count.startsWith(transitions + " "))) {
            throw new IllegalStateException(on + ": of " + transitions + " transitions there are " + contents);
        }
    }

    private static long median(List<Long> nanos) {
        return nanos.stream().sorted().toList().get(nanos.size() / 2);
    }
}
