package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.port.UnavailableException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;

/** Keeps {@code vmsync_outbox} from growing for ever. Stateless. */
public final class OutboxRetention {

    private static final String FORGET = "DELETE FROM vmsync_outbox WHERE decided_at < ?"
            + " AND id NOT IN (SELECT event_id FROM vmsync_delivery WHERE state <> '" + DeliveryTable.TAKEN + "')";
    private static final String FORGET_NOTES = "DELETE FROM vmsync_delivery WHERE state = '" + DeliveryTable.TAKEN
            + "' AND NOT EXISTS (SELECT 1 FROM vmsync_outbox o WHERE o.id = event_id)";

    private OutboxRetention() {}

    /**
     * Deletes the events that were decided before an instant, but for those that are yet to be delivered; with them go the notes of
     * those that were taken for delivered by hand.
     *
     * @param database which has {@code vmsync_outbox}, see {@link VmsyncSchema}
     * @param before so far back that whoever reads the outbox has read them; if much has gathered, go forward in steps, for each call is
     *     one transaction
     * @return how many events were deleted
     * @throws UnavailableException if the database cannot be reached
     */
    public static int forget(DataSource database, Instant before) {
        return Transactions.of(database).<Integer>run("forgetting the outbox before " + before, connection -> {
            int forgotten = Statements.update(connection, FORGET, List.of(Times.utc(before)));
            Statements.update(connection, FORGET_NOTES, List.of());
            return forgotten;
        });
    }
}
