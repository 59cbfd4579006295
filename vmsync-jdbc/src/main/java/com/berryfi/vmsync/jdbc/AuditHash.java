package com.berryfi.vmsync.jdbc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of the audit: SHA-256 over values as they can be read back, each with its kind and length before it, so that no two
 * different rows have the same bytes. The number of this format stands in front of every hash, stored and hashed.
 */
final class AuditHash {

    /** Stands for the link before the first one. */
    static final String NONE = "";

    private static final String FORMAT = "1";

    private static final byte ABSENT = 0;
    private static final byte TEXT = 1;
    private static final byte TIME = 2;
    private static final byte NUMBER = 3;

    private AuditHash() {}

    /**
     * Of a row's values alone.
     *
     * @param values texts and times, in the order of {@link AuditTable#COLUMNS}
     */
    static String content(List<? extends @Nullable Object> values) {
        return hash(values);
    }

    /**
     * Of a link.
     *
     * @param previous the hash of the link before it, or {@link #NONE}
     * @param content the hash of the row's values
     */
    static String link(String previous, String chain, long link, String content) {
        return FORMAT + ":" + hash(List.of("vmsync audit " + FORMAT, previous, chain, link, content));
    }

    private static String hash(List<? extends @Nullable Object> values) {
        MessageDigest digest = sha256();
        values.forEach(value -> add(digest, value));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, @Nullable Object value) {
        if (value == null) {
            digest.update(ABSENT);
        } else if (value instanceof String text) {
            // Half a surrogate pair becomes a question mark here, as it does on its way to the databases.
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(5).put(TEXT).putInt(bytes.length).flip());
            digest.update(bytes);
        } else if (value instanceof LocalDateTime time) {
            Instant instant = time.toInstant(ZoneOffset.UTC);
            digest.update(ByteBuffer.allocate(13)
                    .put(TIME)
                    .putLong(instant.getEpochSecond())
                    .putInt(instant.getNano())
                    .flip());
        } else if (value instanceof Long number) {
            digest.update(ByteBuffer.allocate(9).put(NUMBER).putLong(number).flip());
        } else {
            throw new IllegalArgumentException("no column of the audit holds a " + value.getClass());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
