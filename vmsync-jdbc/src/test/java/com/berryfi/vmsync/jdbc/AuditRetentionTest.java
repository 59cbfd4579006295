package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.testkit.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is old goes, the rest of each chain can still be verified; heads that were handed out tell what the database alone cannot. */
@OnEachDatabase
class AuditRetentionTest {

    private static final String CHAIN = "session/s-vm-1";

    @AutoClose
    private final TestDatabase database;

    private final Audited audited;
    private final ManagedVm vm;

    AuditRetentionTest(Connecting on) {
        database = on.filled();
        audited = new Audited(database);
        vm = audited.inUse("vm-1");
    }

    @Test
    void theBeginningGoesAndTheRestHolds() {
        audited.append(vm, 5);
        audited.appendAtOnce(new ManagedVm(Samples.freeVm("vm-2"), Optional.empty()), 3);

        assertThat(audited.audit().expire(NOON)).isEqualTo(new AuditExpiry(0, none(0, 0)));
        assertThat(audited.audit().expire(hours(2))).isEqualTo(new AuditExpiry(5, none(2, 8)));

        assertThat(links()).containsExactly(3L, 4L, 5L);
        assertThat(audited.audit().verifyAll()).isEqualTo(none(2, 3));
        assertThat(audited.audit().expire(hours(2))).isEqualTo(new AuditExpiry(0, none(0, 0)));
        audited.append(vm, 1);
        assertThat(audited.audit().verifyAll()).isEqualTo(none(2, 4));
        assertThat(audited.audit().expire(hours(3)))
                .as("up to the first that is not old")
                .isEqualTo(new AuditExpiry(1, none(1, 4)));
        assertThat(links()).containsExactly(4L, 5L, 6L);
    }

    @Test
    void whatIsLeftIsStillGuarded() {
        audited.append(vm, 5);
        assertThat(audited.audit().expire(hours(2)).deleted()).isEqualTo(2);

        audited.tamper("UPDATE vmsync_audit SET because = 'other' WHERE link = 3");
        assertThat(audited.faults()).containsExactly(CHAIN + " 3 CHANGED");
        audited.tamper("DELETE FROM vmsync_audit WHERE link = 3");
        assertThat(audited.faults()).containsExactly(CHAIN + " 3 MISSING");
        audited.tamper("DELETE FROM vmsync_audit");
        assertThat(audited.faults()).containsExactly(CHAIN + " 3 TRUNCATED");
    }

    @Test
    void aChainOfWhichAllIsOldKeepsItsHead() {
        audited.append(vm, 3);
        String head = database.text("SELECT head FROM vmsync_audit_chain");

        assertThat(audited.audit().expire(hours(9))).isEqualTo(new AuditExpiry(3, none(1, 3)));

        assertThat(links()).isEmpty();
        assertThat(database.text("SELECT head FROM vmsync_audit_chain")).isEqualTo(head);
        assertThat(database.text("SELECT base FROM vmsync_audit_chain")).isEqualTo(head);
        assertThat(database.text("SELECT length FROM vmsync_audit_chain")).isEqualTo("3");
        assertThat(audited.audit().verifyAll()).isEqualTo(none(1, 0));
        audited.append(vm, 1);
        assertThat(links()).containsExactly(4L);
        assertThat(audited.faults()).isEmpty();
    }

    @Test
    void aChainThatDoesNotHoldIsLeftAsItIs() {
        ManagedVm second = audited.inUse("vm-2");
        audited.append(vm, 4);
        audited.append(second, 4);
        audited.tamper("UPDATE vmsync_audit SET because = 'other' WHERE chain = ? AND link = 2", CHAIN);

        AuditExpiry expiry = audited.audit().expire(hours(2));

        assertThat(expiry.deleted()).isEqualTo(2);
        assertThat(Audited.faults(expiry.report())).containsExactly(CHAIN + " 2 CHANGED");
        assertThat(links()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(audited.faults()).containsExactly(CHAIN + " 2 CHANGED");
    }

    @Test
    void theLastToGoIsWhatTheNextOneSaysItIs() {
        int old = ChainVerifier.PAGE;
        audited.appendAtOnce(vm, old + 2);
        List<AuditLink> all = read(0, old + 2);
        audited.tamper("UPDATE vmsync_audit SET because = 'other' WHERE link = ?", old);
        AuditLink changed = read(old - 1L, 1).get(0);
        audited.tamper(
                "UPDATE vmsync_audit SET hash = ? WHERE link = ?",
                AuditHash.link(all.get(old - 2).hash(), CHAIN, old, changed.content()),
                old);

        AuditExpiry expiry = audited.audit().expire(NOON.plusSeconds(old));

        assertThat(expiry.deleted()).isZero();
        assertThat(Audited.faults(expiry.report())).containsExactly(CHAIN + " " + (old + 1) + " CHANGED");
    }

    @Test
    void manyGoInSlices() {
        int all = 2 * ChainVerifier.PAGE + 7;
        audited.appendAtOnce(vm, all);

        assertThat(audited.audit().verifyAll()).isEqualTo(none(1, all));
        assertThat(audited.audit().expire(NOON.plusSeconds(all - 3)).deleted()).isEqualTo(all - 3);
        assertThat(links()).containsExactly(all - 2L, all - 1L, (long) all);
        assertThat(audited.faults()).isEmpty();
    }

    @Test
    void whatIsAddedBehindAFullPageIsFound() {
        audited.appendAtOnce(vm, ChainVerifier.PAGE + 1);
        audited.tamper("UPDATE vmsync_audit_chain SET length = ?", ChainVerifier.PAGE);
        audited.tamper(
                "UPDATE vmsync_audit_chain SET head = ?",
                read(ChainVerifier.PAGE - 1L, 1).get(0).hash());

        assertThat(audited.faults()).containsExactly(CHAIN + " " + (ChainVerifier.PAGE + 1) + " ADDED");
    }

    @Test
    void whatIsOlderThanTheOneBeforeItWaitsForIt() {
        for (int hour : List.of(5, 1, 6)) {
            AuditRecord record = Audited.whole(vm, "rule-1", hours(hour));
            assertThat(audited.store().commit(List.of(Audited.change(vm, record))))
                    .containsExactly(new CommitOutcome.Committed());
        }

        assertThat(audited.audit().expire(hours(2)).deleted()).isZero();
        assertThat(audited.audit().expire(hours(6)).deleted()).isEqualTo(2);
        assertThat(audited.faults()).isEmpty();
    }

    @Test
    void headsThatWereKeptHoldWhateverIsAppendedOrExpires() {
        audited.append(vm, 3);
        List<AuditHead> kept = heads();
        assertThat(kept)
                .containsExactly(new AuditHead(CHAIN, 3, read(2, 1).get(0).hash()));

        assertThat(audited.audit().compare(kept)).isEqualTo(none(1, 1));
        audited.append(vm, 3);
        assertThat(audited.audit().compare(kept)).isEqualTo(none(1, 1));
        assertThat(audited.audit().expire(hours(3)).deleted())
                .as("up to the kept one, by its base")
                .isEqualTo(6);
        audited.append(vm, 1);
        assertThat(audited.audit().compare(kept))
                .as("nothing speaks of it any more")
                .isEqualTo(none(1, 0));
    }

    @Test
    void theBaseSpeaksForTheLastThatHasExpired() {
        audited.append(vm, 3);
        List<AuditHead> kept = heads();
        assertThat(audited.audit().expire(hours(3)).deleted()).isEqualTo(3);
        assertThat(audited.audit().compare(kept)).isEqualTo(none(1, 1));

        audited.tamper("UPDATE vmsync_audit_chain SET base = 'other'");
        assertThat(Audited.faults(audited.audit().compare(kept))).containsExactly(CHAIN + " 3 REWRITTEN");
    }

    @Test
    void aChainThatWasWrittenAnewIsSeenByItsKeptHeadAlone() {
        audited.append(vm, 3);
        List<AuditHead> kept = heads();
        audited.tamper("UPDATE vmsync_audit SET because = 'other' WHERE link = 2");
        audited.forge(CHAIN);

        assertThat(audited.faults()).isEmpty();
        assertThat(Audited.faults(audited.audit().compare(kept))).containsExactly(CHAIN + " 3 REWRITTEN");
    }

    @Test
    void aChainThatWasDeletedWithItsHeadIsSeenByItsKeptHeadAlone() {
        audited.append(vm, 3);
        List<AuditHead> kept = heads();
        audited.tamper("DELETE FROM vmsync_audit");
        audited.tamper("DELETE FROM vmsync_audit_chain");

        assertThat(audited.faults()).isEmpty();
        assertThat(Audited.faults(audited.audit().compare(kept))).containsExactly(CHAIN + " 1 HEAD_MISSING");
    }

    @Test
    void anEndThatWasCutOffWithItsHeadIsSeenByItsKeptHeadAlone() {
        audited.append(vm, 3);
        List<AuditHead> kept = heads();
        audited.tamper("DELETE FROM vmsync_audit WHERE link = 3");
        audited.forge(CHAIN);

        assertThat(audited.faults()).isEmpty();
        assertThat(Audited.faults(audited.audit().compare(kept))).containsExactly(CHAIN + " 3 TRUNCATED");
    }

    @Test
    void aLinkThatIsGoneIsMissedByItsKeptHeadToo() {
        audited.append(vm, 3);
        List<AuditHead> kept = heads();
        audited.append(vm, 1);
        audited.tamper("DELETE FROM vmsync_audit WHERE link = 3");

        assertThat(Audited.faults(audited.audit().compare(kept))).containsExactly(CHAIN + " 3 MISSING");
    }

    @Test
    void aBeginningThatWasCutOffAsRetentionCutsItLooksLikeRetention() {
        audited.append(vm, 3);
        String base = read(1, 1).get(0).hash();
        audited.tamper("DELETE FROM vmsync_audit WHERE link <= 2");
        audited.tamper("UPDATE vmsync_audit_chain SET kept_from = 3, base = ?", base);

        assertThat(audited.faults()).isEmpty();
    }

    private List<AuditHead> heads() {
        List<AuditHead> heads = new ArrayList<>();
        audited.audit().heads(heads::add);
        return heads;
    }

    private List<Long> links() {
        return read(0, 5_000).stream().map(AuditLink::link).toList();
    }

    private List<AuditLink> read(long after, int limit) {
        return Transactions.of(database.dataSource())
                .run("reading", connection -> AuditTable.links(connection, CHAIN, after, limit));
    }

    private static Instant hours(int hours) {
        return NOON.plus(Duration.ofHours(hours));
    }

    private static AuditReport none(long chains, long links) {
        return new AuditReport(chains, links, 0, List.of());
    }
}
