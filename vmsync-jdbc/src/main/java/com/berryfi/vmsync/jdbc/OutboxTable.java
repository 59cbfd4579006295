package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code vmsync_outbox}: every billing instruction, in the columns that outbox readers expect. Rows are added and never changed. An
 * instruction is read back from its payload; the other columns must say the same.
 */
final class OutboxTable {

    static final String COLUMNS = "id, aggregatetype, aggregateid, type, payload, decided_at";

    private static final String INSERT = RowWrite.insert("vmsync_outbox", COLUMNS);
    private static final String AGGREGATE = "session";

    private OutboxTable() {}

    /** By which an instruction is known to readers of the outbox: the same whoever writes it, and whenever. */
    static String id(BillingKey key) {
        return UUID.nameUUIDFromBytes(("vmsync " + key).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /**
     * The row of an instruction.
     *
     * @param id its {@link #id}
     * @param decidedAt when it was decided
     */
    static RowWrite write(BillingInstruction instruction, String id, Instant decidedAt) {
        List<@Nullable Object> values = List.of(
                id,
                AGGREGATE,
                instruction.session().value(),
                BillingPayload.Kind.of(instruction).name(),
                BillingPayload.of(instruction, id),
                Times.utc(decidedAt));
        return new RowWrite(name(instruction.key()), INSERT, values);
    }

    static String name(BillingKey key) {
        return "vmsync_outbox " + key;
    }

    /**
     * The instruction of a row.
     *
     * @param key as which it is to be delivered
     * @throws IllegalArgumentException if the row says another one, or contradicts itself
     */
    static BillingInstruction instruction(BillingKey key, OwnRow row) throws SQLException {
        BillingInstruction instruction = BillingPayload.instruction(row.text("payload"));
        if (!instruction.key().equals(key)) {
            throw new IllegalArgumentException("payload: is that of " + instruction.key());
        }
        Map<String, String> expected = Map.of(
                "id", id(key),
                "aggregatetype", AGGREGATE,
                "aggregateid", key.session().value(),
                "type", BillingPayload.Kind.of(instruction).name());
        for (Map.Entry<String, String> column : expected.entrySet()) {
            String found = row.text(column.getKey());
            if (!found.equals(column.getValue())) {
                throw new IllegalArgumentException(
                        column.getKey() + ": '" + found + "' is not what its payload says: " + column.getValue());
            }
        }
        return instruction;
    }
}
