package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.jdbc.BrokenLink.Fault;
import com.berryfi.vmsync.model.SessionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Verifies chains of the audit while others append to them: a chain is first read without a lock and, if anything seems wrong with it, once
 * more under the lock of its head, which all who append or delete must have. Thread-safe.
 */
final class ChainVerifier {

    /** How many heads, or links, are in memory at a time. */
    static final int PAGE = 500;

    private static final String HEADLESS =
            "NOT EXISTS (SELECT 1 FROM vmsync_audit_chain c WHERE c.chain = vmsync_audit.chain)";

    private static final String BEYOND =
            "link > (SELECT length FROM vmsync_audit_chain c WHERE c.chain = vmsync_audit.chain)";

    private final Transactions transactions;

    ChainVerifier(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Verifies one chain, if there is such a one. */
    void verify(String chain, AuditTally tally) {
        again(
                transactions.<List<Followed>>run("reading " + chain, connection -> {
                    Optional<ChainHead> head = ChainTable.one(connection, chain, false);
                    return head.isEmpty()
                            ? List.of()
                            : List.of(
                                    followed(connection, head.get(), head.get().length()));
                }),
                tally);
        headless(Condition.of("chain = ?", chain), tally);
    }

    /** Verifies the chain of a session, and that its records stand in no other. */
    void verify(SessionId session, AuditTally tally) {
        String chain = AuditChains.of(session);
        verify(chain, tally);
        Condition elsewhere = Condition.of("session_id = ? AND chain <> ?", session.value(), chain);
        strange(elsewhere).forEach(each -> each.add(tally, Fault.ADDED, "it holds records of session " + session));
    }

    /** Verifies all chains, those included of which only links are left. */
    void verifyAll(AuditTally tally) {
        Optional<String> after = Optional.empty();
        List<Followed> page;
        do {
            Optional<String> from = after;
            page = transactions.run("reading the audit", connection -> {
                List<Followed> followed = new ArrayList<>();
                for (ChainHead head : ChainTable.page(connection, from, PAGE)) {
                    followed.add(followed(connection, head, head.length()));
                }
                return followed;
            });
            again(page, tally);
            after = page.isEmpty()
                    ? after
                    : Optional.of(page.get(page.size() - 1).chain());
        } while (page.size() == PAGE);

        Optional<String> headless = headless(Condition.of("1 = 1"), tally);
        while (headless.isPresent()) {
            headless = headless(Condition.of("chain > ?", headless.get()), tally);
        }
    }

    /** Adds those that hold, and the others as they are when nobody appends or deletes. */
    private void again(List<Followed> page, AuditTally tally) {
        for (Followed each : page) {
            if (each.check().broken().isEmpty() && !(each.beyond() && isBeyondItsHead(each.chain()))) {
                tally.add(each.check());
            } else {
                locked(each.chain()).ifPresent(tally::add);
            }
        }
    }

    private boolean isBeyondItsHead(String chain) {
        return !strange(Condition.of("chain = ?", chain).and(Condition.of(BEYOND)))
                .isEmpty();
    }

    /** Empty if the head is gone by now. */
    private Optional<ChainCheck> locked(String chain) {
        String doing = "verifying " + chain;
        try {
            return transactions.attempt(doing, connection -> {
                Optional<ChainHead> head = ChainTable.one(connection, chain, true);
                return head.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                followed(connection, head.get(), Long.MAX_VALUE).check());
            });
        } catch (SQLException e) {
            throw SqlFailures.translate(doing, e);
        }
    }

    /** @param beyond whether there are links behind the last that was looked at, as there are when somebody has just appended */
    private record Followed(String chain, ChainCheck check, boolean beyond) {}

    private static Followed followed(Connection connection, ChainHead head, long upTo) throws SQLException {
        ChainCheck check = new ChainCheck(head);
        long after = Long.MIN_VALUE;
        List<AuditLink> page;
        do {
            page = AuditTable.links(connection, head.chain(), after, PAGE);
            page.stream().filter(link -> link.link() <= upTo).forEach(check::accept);
            after = page.isEmpty() ? after : page.get(page.size() - 1).link();
        } while (page.size() == PAGE && after <= upTo);
        return new Followed(head.chain(), check.end(), after > upTo);
    }

    /** Names chains of which only links are left, and the last of them, if there may be more. */
    private Optional<String> headless(Condition which, AuditTally tally) {
        List<Strange> found = strange(which.and(Condition.of(HEADLESS)));
        found.forEach(each -> each.add(tally, Fault.HEAD_MISSING, "its row in vmsync_audit_chain is gone"));
        return found.size() < PAGE
                ? Optional.empty()
                : Optional.of(found.get(PAGE - 1).chain());
    }

    /** Links of a chain where there should be none. */
    private record Strange(String chain, long first, long links) {
        void add(AuditTally tally, Fault fault, String detail) {
            tally.add(links, List.of(new BrokenLink(chain, first, fault, detail)));
        }
    }

    /** In one statement: links come together with their head, and it sees both or neither. */
    private List<Strange> strange(Condition which) {
        Condition page = which.then("GROUP BY chain ORDER BY chain LIMIT ?", PAGE);
        return transactions.run(
                "looking for links where there should be none",
                connection -> Statements.query(
                        connection,
                        "SELECT chain, MIN(link) AS first_link, COUNT(*) AS links FROM vmsync_audit WHERE "
                                + page.sql(),
                        page.values(),
                        row -> new Strange(row.getString("chain"), row.getLong("first_link"), row.getLong("links"))));
    }
}
