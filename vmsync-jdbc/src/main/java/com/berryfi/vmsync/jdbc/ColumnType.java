package com.berryfi.vmsync.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Types;
import java.util.Locale;
import java.util.Optional;

/** What a column of the host's holds, as far as it matters for keys and statuses: they are texts in vmsync, whatever they are there. */
enum ColumnType {
    TEXT("a text") {
        @Override
        Optional<Object> bound(String text) {
            return Optional.of(text);
        }
    },

    /** Whole numbers of any length. */
    INTEGER("a whole number") {
        @Override
        Optional<Object> bound(String text) {
            try {
                BigInteger number = new BigInteger(text);
                return Optional.of(number.bitLength() < Long.SIZE ? number.longValue() : new BigDecimal(number));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
    },

    UUID("a UUID") {
        @Override
        Optional<Object> bound(String text) {
            try {
                return Optional.of(java.util.UUID.fromString(text));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    },

    FLAG("true or false") {
        @Override
        Optional<Object> bound(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true", "t", "1" -> Optional.of(true);
                case "false", "f", "0" -> Optional.of(false);
                default -> Optional.empty();
            };
        }
    },

    /** Nothing that a text stands for exactly. */
    UNFIT("nothing that can be named") {
        @Override
        Optional<Object> bound(String text) {
            return Optional.empty();
        }
    };

    private final String words;

    ColumnType(String words) {
        this.words = words;
    }

    /**
     * That of a column.
     *
     * @param type one of {@link Types}
     * @param name what the database calls it
     * @param scale digits behind the point
     */
    static ColumnType of(int type, String name, int scale) {
        if (name.equalsIgnoreCase("uuid")) {
            return UUID;
        }
        return switch (type) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> INTEGER;
            case Types.NUMERIC, Types.DECIMAL -> scale == 0 ? INTEGER : UNFIT;
            case Types.BOOLEAN, Types.BIT -> FLAG;
            case Types.REAL,
                    Types.FLOAT,
                    Types.DOUBLE,
                    Types.BINARY,
                    Types.VARBINARY,
                    Types.LONGVARBINARY,
                    Types.BLOB,
                    Types.DATE,
                    Types.TIME,
                    Types.TIMESTAMP,
                    Types.TIMESTAMP_WITH_TIMEZONE,
                    Types.ARRAY -> UNFIT;
            default -> TEXT;
        };
    }

    /** What is bound for a text; empty if no cell of this type can hold it. */
    abstract Optional<Object> bound(String text);

    /** A text of this type in its one spelling; as it is if it is none. */
    String canonical(String text) {
        return bound(text).map(String::valueOf).orElse(text);
    }

    /** Whether a row may be known by it. */
    boolean isKey() {
        return this == TEXT || this == INTEGER || this == UUID;
    }

    /** What its cells hold, in words. */
    String words() {
        return words;
    }
}
