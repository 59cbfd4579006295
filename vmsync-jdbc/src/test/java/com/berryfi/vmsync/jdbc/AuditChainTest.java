package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.ReadKind;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.testkit.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The audit's chains grow without holes, whoever writes them at the same time and whatever is refused, and verify. */
@OnEachDatabase
class AuditChainTest {

    @AutoClose
    private final TestDatabase database;

    private final Audited audited;
    private final ManagedVm vm;

    AuditChainTest(Connecting on) {
        database = on.filled();
        audited = new Audited(database);
        vm = audited.inUse("vm-1");
    }

    @Test
    void whateverARecordHoldsIsReadBackAsItWasHashed() {
        List<String> texts = List.of(
                "",
                " ",
                "two\nlines\r\n",
                "back\\slash, 'quote' \"double\" 5:abc null",
                "Zürich 東京 \u202E",
                "😀𝄞",
                "e\u0301 is not é",
                "long ".repeat(5_000));
        List<Instant> times = List.of(
                NOON,
                NOON.plusNanos(1),
                NOON.plusNanos(999_999_999),
                NOON.plusNanos(123_456_789),
                NOON.plusNanos(500_500_500),
                Instant.parse("2026-10-25T01:30:00.0005Z"),
                Instant.parse("2026-03-29T02:30:00.0006Z"));
        List<AuditRecord> records = new ArrayList<>();
        texts.forEach(text -> {
            records.add(saying(text, NOON, new Observation.Unknown(UnknownCause.OTHER, text)));
            records.add(saying(text, NOON, new Observation.Missing(text.substring(0, Math.min(text.length(), 1000)))));
        });
        times.forEach(time -> records.add(Audited.whole(vm, "rule-1", time)));
        records.forEach(record -> assertThat(audited.store().commit(List.of(Audited.change(vm, record))))
                .containsExactly(new CommitOutcome.Committed()));

        assertThat(audited.faults()).isEmpty();
        assertThat(audited.audit().verifyAll().links()).isEqualTo(records.size());
        assertThat(audited.store().journal().history(new SessionId("s-vm-1")))
                .extracting(AuditRecord::because)
                .startsWith("", "", " ", " ", "two\nlines\r\n");
    }

    @Test
    void recordsOfABatchFollowOneAnother() {
        ManagedVm second = audited.inUse("vm-2");
        AuditRecord withoutSession = Samples.audit(new ManagedVm(Samples.freeVm("vm-2"), Optional.empty()), "rule-3");

        assertThat(audited.store()
                        .commit(List.of(
                                Audited.change(vm, Samples.audit(vm, "rule-1"), Samples.audit(vm, "rule-2")),
                                Audited.change(
                                        second,
                                        Samples.audit(second, "rule-1"),
                                        withoutSession,
                                        Samples.audit(vm, "rule-3")))))
                .containsOnly(new CommitOutcome.Committed());

        assertThat(audited.audit().verifyAll()).isEqualTo(new AuditReport(3, 5, 0, List.of()));
        assertThat(lengthOf("session/s-vm-1")).isEqualTo("3");
        assertThat(lengthOf("session/s-vm-2")).isEqualTo("1");
        assertThat(lengthOf("vm/vm-2")).isEqualTo("1");
        assertThat(audited.store().journal().history(new SessionId("s-vm-1")))
                .extracting(AuditRecord::rule)
                .containsExactly("rule-1", "rule-2", "rule-3");
    }

    @Test
    void whatIsRefusedOfABatchLeavesNoHoleInAChainThatOthersShare() {
        database.run("ALTER TABLE vmsync_audit ADD CONSTRAINT not_rule_1 CHECK (rule_id <> 'rule-1')");
        SessionId shared = new SessionId("shared");
        List<Change> changes = IntStream.range(0, 3)
                .mapToObj(i -> audited.inUse("vm-" + i))
                .map(each -> Audited.change(
                        each,
                        Audited.of(
                                Samples.audit(each, "rule-" + each.id().value().charAt(3)), shared)))
                .toList();
        assertThat(audited.store().commit(changes).stream().map(Object::getClass))
                .as("the chain is new")
                .isEqualTo(List.of(
                        CommitOutcome.Committed.class, CommitOutcome.Refused.class, CommitOutcome.Committed.class));
        assertThat(audited.store().commit(changes).stream().map(Object::getClass))
                .as("the chain is there")
                .isEqualTo(List.of(
                        CommitOutcome.Committed.class, CommitOutcome.Refused.class, CommitOutcome.Committed.class));

        assertThat(audited.audit().verifyAll()).isEqualTo(new AuditReport(1, 4, 0, List.of()));
        assertThat(audited.store().journal().history(shared))
                .extracting(AuditRecord::rule)
                .containsExactly("rule-0", "rule-2", "rule-0", "rule-2");
    }

    @Test
    void aLinkThatSomebodyHasAddedStopsItsOwnSessionByName() {
        ManagedVm second = audited.inUse("vm-2");
        audited.append(vm, 2);
        audited.tamper("UPDATE vmsync_audit SET link = 3 WHERE link = 2");

        List<CommitOutcome> outcomes = audited.store()
                .commit(List.of(
                        Audited.change(vm, Samples.audit(vm, "rule-1")),
                        Audited.change(second, Samples.audit(second, "rule-1"))));
        assertThat(outcomes.get(0))
                .isInstanceOfSatisfying(
                        CommitOutcome.Refused.class,
                        refused -> assertThat(refused.why()).startsWith("vmsync_audit of VM vm-1: "));
        assertThat(outcomes.get(1)).isEqualTo(new CommitOutcome.Committed());
    }

    @Test
    void aHeadThatCannotBeReadStopsItsOwnSessionByName() {
        ManagedVm second = audited.inUse("vm-2");
        audited.append(vm, 1);
        database.run("ALTER TABLE vmsync_audit_chain "
                + (database.server() == TestServer.MARIADB
                        ? "MODIFY COLUMN head VARCHAR(80)"
                        : "ALTER COLUMN head DROP NOT NULL"));
        audited.tamper("UPDATE vmsync_audit_chain SET head = NULL");

        assertThat(audited.store()
                        .commit(List.of(
                                Audited.change(vm, Samples.audit(vm, "rule-1")),
                                Audited.change(second, Samples.audit(second, "rule-1")))))
                .containsExactly(
                        new CommitOutcome.Refused("vmsync_audit_chain session/s-vm-1: head: is missing"),
                        new CommitOutcome.Committed());
        assertThat(audited.store().journal().amend(Audited.amendment(vm, Samples.audit(vm, "rule-1"))))
                .isEqualTo(new CommitOutcome.Refused("vmsync_audit_chain session/s-vm-1: head: is missing"));
    }

    private String lengthOf(String chain) {
        return String.valueOf(database.text("SELECT length FROM vmsync_audit_chain WHERE chain = ?", chain));
    }

    private AuditRecord saying(String text, Instant at, Observation observation) {
        AuditRecord sample = Samples.audit(vm, "rule-1");
        return new AuditRecord(
                at,
                sample.cycle(),
                sample.vm(),
                sample.session(),
                sample.scope(),
                sample.rule(),
                sample.mode(),
                text,
                sample.believed(),
                Optional.empty(),
                new Evidence(
                        observation, ReadKind.LIST, at, text.length() > 1000 ? Optional.empty() : Optional.of(text)),
                List.of(text, "", text),
                Optional.empty());
    }
}
