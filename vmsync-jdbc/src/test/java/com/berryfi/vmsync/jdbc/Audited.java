package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.ProvisioningState;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Transition;
import com.berryfi.vmsync.testkit.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** A store whose audit grows by real commits, and the eyes that verify it. */
final class Audited {

    private final TestDatabase database;
    private final JdbcHostRows host;
    private final JdbcSessionStore store;
    private final JdbcAudit audit;

    Audited(TestDatabase database) {
        this.database = database;
        this.host = new JdbcHostRows(database, ZoneOffset.UTC);
        this.store = store(database.dataSource());
        this.audit = JdbcAudit.of(database.dataSource());
    }

    static JdbcSessionStore store(DataSource database) {
        return JdbcSessionStore.builder(database, HostTables.berryFi(ZoneOffset.UTC))
                .build();
    }

    JdbcSessionStore store() {
        return store;
    }

    JdbcAudit audit() {
        return audit;
    }

    /** A VM with a session {@code s-<id>}. */
    ManagedVm inUse(String id) {
        ManagedVm vm = Samples.inUse(id);
        host.put(vm.vm());
        host.put(vm.session().orElseThrow());
        return store.find(vm.id()).orElseThrow();
    }

    /** Appends so many different links to the chain of a VM or its session, one a commit, decided an hour apart from NOON on. */
    void append(ManagedVm vm, int links) {
        IntStream.range(0, links).forEach(i -> {
            AuditRecord record = whole(vm, "rule-" + i, NOON.plus(Duration.ofHours(i)));
            assertThat(store.commit(List.of(change(vm, record)))).containsExactly(new CommitOutcome.Committed());
        });
    }

    /** Appends many links in one amendment. */
    void appendAtOnce(ManagedVm vm, int links) {
        AuditRecord[] records = IntStream.range(0, links)
                .mapToObj(i -> whole(vm, "rule-" + i, NOON.plusSeconds(i)))
                .toArray(AuditRecord[]::new);
        assertThat(store.journal().amend(amendment(vm, records))).isEqualTo(new CommitOutcome.Committed());
    }

    static Change change(ManagedVm vm, AuditRecord... records) {
        return new Change(NOON, vm, Transition.NONE, Memory.EMPTY, Memory.EMPTY, List.of(), List.of(records));
    }

    static Amendment amendment(ManagedVm vm, AuditRecord... records) {
        return new Amendment(NOON, vm.id(), Memory.EMPTY, Memory.EMPTY, List.of(), List.of(records));
    }

    /** A record with something in as many columns as one can have. */
    static AuditRecord whole(ManagedVm vm, String rule, Instant at) {
        AuditRecord sample = Samples.audit(vm, rule);
        return new AuditRecord(
                at,
                sample.cycle(),
                sample.vm(),
                sample.session(),
                sample.scope(),
                rule,
                sample.mode(),
                sample.because(),
                sample.believed(),
                sample.sessionStatus(),
                new Evidence(
                        new Observation.Seen(
                                PowerState.STOPPED,
                                ProvisioningState.SUCCEEDED,
                                Optional.of("uid-1"),
                                Optional.of(NOON.minusSeconds(60))),
                        ReadKind.DIRECT,
                        at,
                        Optional.of("request-1")),
                List.of("end the session", "stop its bill"),
                Optional.of(new Held(Held.Reason.FENCE, Optional.of(at.plusSeconds(300)), Held.ReleasedBy.TIME)));
    }

    /** The same record of another session. */
    static AuditRecord of(AuditRecord record, SessionId session) {
        return new AuditRecord(
                record.at(),
                record.cycle(),
                record.vm(),
                Optional.of(session),
                record.scope(),
                record.rule(),
                record.mode(),
                record.because(),
                record.believed(),
                record.sessionStatus(),
                record.evidence(),
                record.effects(),
                record.held());
    }

    /** Changes rows of the audit behind vmsync's back. */
    void tamper(String sql, Object... values) {
        database.run(sql, values);
    }

    /** What the verifier says of all, in short: {@code <chain> <link> <fault>}. */
    List<String> faults() {
        return faults(audit.verifyAll());
    }

    static List<String> faults(AuditReport report) {
        List<String> faults = report.broken().stream()
                .map(link -> link.chain() + " " + link.link() + " " + link.fault())
                .toList();
        assertThat(report.isIntact()).isEqualTo(faults.isEmpty());
        return faults;
    }

    /** Writes a chain and its head anew from the rows as they stand, as somebody would who knows how. */
    void forge(String chain) {
        List<AuditLink> links = Transactions.of(database.dataSource())
                .run("reading", connection -> AuditTable.links(connection, chain, 0, 100));
        String[] hash = {AuditHash.NONE};
        long[] number = {0};
        for (AuditLink link : links) {
            hash[0] = AuditHash.link(hash[0], chain, ++number[0], link.content());
            tamper("UPDATE vmsync_audit SET link = ?, hash = ? WHERE seq = ?", number[0], hash[0], link.seq());
        }
        List<Object> head = Arrays.asList(number[0], hash[0], chain);
        tamper("UPDATE vmsync_audit_chain SET length = ?, head = ? WHERE chain = ?", head.toArray());
    }
}
