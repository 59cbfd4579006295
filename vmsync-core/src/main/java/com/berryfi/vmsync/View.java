package com.berryfi.vmsync;

import com.berryfi.vmsync.model.Alert;
import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Metering;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.SyncStatus;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.plan.Alerts;
import com.berryfi.vmsync.plan.Explanation;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What may be looked at, changing nothing. Thread-safe; every method throws {@link com.berryfi.vmsync.port.UnavailableException} if
 * the database cannot be reached.
 */
public final class View {

    private final SyncContext context;
    private final Supplier<SyncReport> preview;
    private final Chronicle chronicle;

    View(SyncContext context, Supplier<SyncReport> preview, Chronicle chronicle) {
        this.context = context;
        this.preview = preview;
        this.chronicle = chronicle;
    }

    /**
     * Why a session was, or was not, ended: in plain words, from its audit records and its row.
     *
     * @return never empty; also of a session that nothing was ever said of, or that there is no row of
     */
    public String explain(SessionId session) {
        List<AuditRecord> history = context.store().journal().history(session);
        Optional<Session> row = context.store().session(session);
        return Explanation.of(session, row, history);
    }

    /**
     * The audit of a session.
     *
     * @param session whose
     * @return its records, oldest first; empty if nothing was ever said of it
     */
    public List<AuditRecord> history(SessionId session) {
        return context.store().journal().history(session);
    }

    /**
     * The bill of a session, whether it has ended or not.
     *
     * @param session whose
     * @return empty if nothing was ever said of it
     */
    public Optional<Metering> bill(SessionId session) {
        return context.store().journal().metering(session);
    }

    /**
     * The bills that are not closed and of which something is left out, or will be: those with gaps or a lapse.
     *
     * @return in no certain order
     */
    public List<Metering> bills() {
        return context.store().journal().openMeterings().stream()
                .filter(bill -> !bill.stopped())
                .filter(bill -> !bill.gaps().isEmpty() || bill.lapse().isPresent())
                .toList();
    }

    /**
     * What a full sync would do now: the same code path as acting, and nothing is written. It reads the cloud.
     *
     * @throws IllegalStateException if this is closed
     */
    public SyncReport preview() {
        return preview.get();
    }

    /**
     * How synchronisation fares, as of now: gathered at the end of each cycle, deadlines and freezes reckoned anew. Reads neither cloud
     * nor database.
     */
    public SyncStatus status() {
        return chronicle.status();
    }

    /**
     * The alerts that stand by {@link #status()}: of each kind at most {@value Alerts#MOST_OF_A_KIND}, the oldest, and one more that sums
     * up the rest. Reads neither cloud nor database.
     */
    public List<Alert> alerts() {
        return Alerts.standing(chronicle.status());
    }

    /**
     * What the cloud said of a VM last, and as of when ({@link Evidence#sentAt}), without asking it again: for the host's own pages.
     * An answer that said nothing does not count. Reads neither cloud nor database.
     *
     * @return empty if this process has not seen the VM, or has met more than 200,000 others since
     */
    public Optional<Evidence> lastKnown(VmId vm) {
        return context.sightings().lastKnown(vm);
    }
}
