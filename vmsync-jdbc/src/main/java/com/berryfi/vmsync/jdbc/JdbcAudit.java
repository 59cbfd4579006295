package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.RejectedException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Verifies the audit, and deletes what is old of it. The records of a session are a chain, those without a session one for each VM: the hash
 * of each link covers its record and the hash of the link before it, and {@code vmsync_audit_chain} holds how long a chain is and the hash
 * of its last link. Thread-safe.
 *
 * <p>A record that was changed, deleted, cut off or moved is found. What no look at the database alone can find is a chain that was
 * written anew with its head, deleted with its head, or cut at its beginning as retention cuts it: for that, keep {@link #heads} where
 * nobody who writes the database can write, and {@link #compare} them.
 *
 * <p>All of it may run while vmsync works: what is appended or deleted meanwhile is no fault. Chains are read one by one, {@value
 * ChainVerifier#PAGE} links at a time; only a chain that seems broken is locked, while it is read again. Each method throws {@link
 * com.berryfi.vmsync.port.UnavailableException} if the database cannot be reached or a lock is not to be had in its time, and {@link
 * RejectedException} if a head cannot be read.
 */
public final class JdbcAudit {

    private final Transactions transactions;
    private final ChainVerifier verifier;

    private JdbcAudit(Transactions transactions) {
        this.transactions = transactions;
        this.verifier = new ChainVerifier(transactions);
    }

    /**
     * Over the database that {@link JdbcSessionStore} works on.
     *
     * @param database the host's own pool
     * @return an audit that has checked vmsync's tables, and read nothing else yet
     * @throws RejectedException if tables of vmsync are missing or of another version
     * @throws com.berryfi.vmsync.port.UnavailableException if the database cannot be reached
     */
    public static JdbcAudit of(DataSource database) {
        return of(UnitOfWork.of(database));
    }

    /**
     * The same, in transactions that the host manages.
     *
     * @param unit how it comes to them
     * @return an audit like that of {@link #of(DataSource)}
     * @throws RejectedException if tables of vmsync are missing or of another version
     * @throws com.berryfi.vmsync.port.UnavailableException if the database cannot be reached
     */
    public static JdbcAudit of(UnitOfWork unit) {
        Transactions transactions = Transactions.of(unit);
        VmsyncSchema.check(transactions);
        return new JdbcAudit(transactions);
    }

    /**
     * Verifies all records of a session; nothing is found of one that has none.
     *
     * @param session the host's id of it, ended or not
     * @return what was found; of a session without records, no chain at all
     */
    public AuditReport verify(SessionId session) {
        AuditTally tally = new AuditTally();
        verifier.verify(session, tally);
        return tally.report();
    }

    /**
     * Verifies the records of a VM that were written while it had no session.
     *
     * @param vm the host's id of it
     * @return what was found; of a VM without such records, no chain at all
     */
    public AuditReport verify(VmId vm) {
        AuditTally tally = new AuditTally();
        verifier.verify(AuditChains.of(vm), tally);
        return tally.report();
    }

    /**
     * Verifies all records. Reads the whole audit, a transaction for every {@value ChainVerifier#PAGE} chains.
     *
     * @return what was found
     */
    public AuditReport verifyAll() {
        AuditTally tally = new AuditTally();
        verifier.verifyAll(tally);
        return tally.report();
    }

    /**
     * Hands out how far each chain has come, in the order of their names.
     *
     * @param keeper is given each head, outside any transaction
     */
    public void heads(Consumer<AuditHead> keeper) {
        Optional<String> after = Optional.empty();
        List<ChainHead> page;
        do {
            Optional<String> from = after;
            page = transactions.run(
                    "reading vmsync_audit_chain", connection -> ChainTable.page(connection, from, ChainVerifier.PAGE));
            page.forEach(head -> keeper.accept(new AuditHead(head.chain(), head.length(), head.head())));
            after = page.isEmpty()
                    ? after
                    : Optional.of(page.get(page.size() - 1).chain());
        } while (page.size() == ChainVerifier.PAGE);
    }

    /**
     * Compares heads that were handed out with the chains of today. If it finds nothing, and {@link #verifyAll} neither, every record up to
     * the kept heads that has not expired is the one that it was then.
     *
     * @param kept heads of any age, read once
     * @return how many chains were compared; as links count those that still say something: not those of heads before which, and behind
     *     which, retention has deleted all
     */
    public AuditReport compare(Iterable<AuditHead> kept) {
        AuditTally tally = new AuditTally();
        for (AuditHead head : kept) {
            KeptHeads.Compared compared = transactions.run(
                    "comparing vmsync_audit_chain " + head.chain(), connection -> KeptHeads.compare(connection, head));
            tally.add(compared.expired() ? 0 : 1, compared.broken());
        }
        return tally.report();
    }

    /**
     * Deletes the records that were decided before an instant, from the beginning of each chain up to the first that was not. The rest stays
     * verifiable, and the length and the hash of the last link are kept for ever. A chain that does not hold is left as it is: it is
     * evidence. Each transaction deletes at most {@value ChainVerifier#PAGE} records of one chain, under the lock of its head.
     *
     * @param before the first instant whose records are kept
     * @return how much was deleted, and which chains were left because they do not hold
     */
    public AuditExpiry expire(Instant before) {
        return new AuditRetention(transactions, before).expire();
    }
}
