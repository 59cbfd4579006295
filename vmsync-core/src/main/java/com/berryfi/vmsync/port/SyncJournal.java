package com.berryfi.vmsync.port;

import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Memory;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What vmsync remembers beside the host's rows. Survives a restart. Safe to call from several threads; throws
 * {@link UnavailableException} if its database cannot be reached. It is written by {@link SessionStore#commit}, but for passes
 * and the settling of billing.
 */
public interface SyncJournal {

    /** What became of the delivery of an instruction. */
    enum Settlement {
        DELIVERED,
        /** Refused for good; the later instructions of its session wait until an operator releases it. */
        PARKED
    }

    /**
     * What is remembered of VMs and their present sessions.
     *
     * @return an entry for each VM that was asked for, {@link Memory#EMPTY} where nothing is remembered. A VM whose memory cannot be read
     *     is left out, and core leaves it alone: taken for nothing, it could be billed twice
     * @throws RejectedException if one VM alone was asked for, and its memory cannot be read; the message names the record
     */
    Map<VmId, Memory> recall(Collection<ManagedVm> vms);

    /** The last complete pass of a scope; empty if there was none. */
    Optional<Pass> lastPass(Scope scope);

    /** Remembers a complete pass; one that is older than what is remembered changes nothing. */
    void recordPass(Pass pass);

    /**
     * Staged instructions that are neither delivered nor parked. Left out are those behind an earlier one of their session that is
     * parked or cannot be read. For one session they come in the order of their keys; every session's first one comes before any
     * session's second one, so that no session hides another, and otherwise they come in the order of their staging.
     *
     * @param limit the most, at least 1
     */
    List<BillingInstruction> undelivered(int limit);

    /** Says what became of an instruction; saying it twice, or of an unknown key, changes nothing. */
    void settle(BillingKey key, Settlement settlement, String note);

    /** All audit records of a session, oldest first. */
    List<AuditRecord> history(SessionId session);
}
