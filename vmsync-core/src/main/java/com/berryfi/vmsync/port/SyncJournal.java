package com.berryfi.vmsync.port;

import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.Budget;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.Identity;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.Spending;
import com.berryfi.vmsync.model.VmId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What vmsync remembers beside the host's rows. Survives a restart. Safe to call from several threads; throws
 * {@link UnavailableException} if its database cannot be reached. It is written by {@link SessionStore#commit} and {@link #amend},
 * but for passes, the settling of billing, the brakes and orders.
 */
public interface SyncJournal {

    /** What became of the delivery of an instruction. */
    enum Settlement {
        /** Taken by the host: never delivered again. */
        DELIVERED,
        /** Refused for good; the later instructions of its session wait until an operator releases it. */
        PARKED
    }

    /**
     * What is remembered of VMs and of {@link ManagedVm#meteredSession} of each.
     *
     * @param vms the host's rows as they were read, each VM once; may be empty
     * @return an entry for each VM that was asked for, {@link Memory#EMPTY} where nothing is remembered. A VM whose memory cannot be read
     *     is left out, and core leaves it alone: taken for nothing, it could be billed twice
     * @throws RejectedException if one VM alone was asked for, and its memory cannot be read; the message names the record
     */
    Map<VmId, Memory> recall(Collection<ManagedVm> vms);

    /**
     * The last complete pass of a scope.
     *
     * @param scope which
     * @return empty if there was none
     */
    Optional<Pass> lastPass(Scope scope);

    /**
     * Remembers a complete pass; one that is older than what is remembered changes nothing.
     *
     * @param pass which scope was read, and when
     */
    void recordPass(Pass pass);

    /**
     * Staged instructions that are neither delivered nor parked. Left out are those behind an earlier one of their session that is
     * parked or cannot be read. For one session they come in the order of their keys; every session's first one comes before any
     * session's second one, so that no session hides another, and otherwise they come in the order of their staging.
     *
     * @param limit the most, at least 1
     * @return empty if nothing waits to be delivered
     */
    List<BillingInstruction> undelivered(int limit);

    /**
     * Says what became of an instruction; saying it twice, or of an unknown key, changes nothing.
     *
     * @param key which instruction
     * @param settlement what became of it
     * @param note why, for people who look at the outbox; may be empty
     */
    void settle(BillingKey key, Settlement settlement, String note);

    /**
     * Counts a delivery that failed, of an instruction that is neither delivered nor parked.
     *
     * @param key which instruction
     * @param why for people who look at the outbox
     * @return how often it has failed by now; 0 if it waits no more
     */
    int noteFailure(BillingKey key, String why);

    /** {@return the instructions that are parked and can be read, oldest first; empty if there are none} */
    List<BillingInstruction> parked();

    /**
     * Ends the parking of an instruction: it is delivered again, with its failures forgotten, or is taken for delivered.
     *
     * @param key which instruction
     * @param again whether it is delivered again
     * @param note for people who look at the outbox
     * @return whether it was parked
     */
    boolean release(BillingKey key, boolean again, String note);

    /**
     * What was said of a session's bill, whether it has ended or not.
     *
     * @param session whose bill
     * @return empty if nothing was
     */
    Optional<Metering> metering(SessionId session);

    /** {@return the bills that are not closed, of sessions that may have ended; empty if there are none} */
    List<Metering> openMeterings();

    /**
     * Which machines the addresses of all VMs led to, those of rows that are gone included.
     *
     * @return one for each VM of which it was learned; may be empty
     */
    List<Identity> identities();

    /**
     * Writes to the journal alone, in one transaction, by compare-and-set on what is remembered.
     *
     * @param amendment what was remembered, and what is from now on
     * @return {@link CommitOutcome.Conflict} if that has changed since, {@link CommitOutcome.Refused} if it cannot be written
     */
    CommitOutcome amend(Amendment amendment);

    /**
     * What was spent under the brakes at an instant or later.
     *
     * @param since the instant; what was spent just then counts
     * @return without spendings if there were none; its version is to be named by {@link #spend}
     */
    Budget budget(Instant since);

    /**
     * Spends, unless somebody else has since the budget was read.
     *
     * @param version of the budget that was read
     * @param spent what is spent; none twice
     * @param forgetBefore what was spent earlier may be forgotten
     * @return whether it was spent; if not, read the budget again
     */
    boolean spend(long version, List<Spending> spent, Instant forgetBefore);

    /** {@return all orders that have not been withdrawn, those that are over or yet to come included; may be empty} */
    List<Order> orders();

    /**
     * Keeps an order.
     *
     * @param order what an operator has told vmsync
     * @throws RejectedException if there is one of this id
     */
    void place(Order order);

    /**
     * Withdraws an order.
     *
     * @param id its name
     * @return whether there was one
     */
    boolean withdraw(String id);

    /**
     * All audit records of a session.
     *
     * @param session whose; it may have ended
     * @return oldest first; empty if nothing was ever said of it
     */
    List<AuditRecord> history(SessionId session);
}
