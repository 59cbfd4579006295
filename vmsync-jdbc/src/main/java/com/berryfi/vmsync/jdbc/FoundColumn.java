package com.berryfi.vmsync.jdbc;

/**
 * A column of the host's as the database has it.
 *
 * @param quoted its name
 * @param type what it holds
 * @param typeName its type, as the database calls it
 */
record FoundColumn(String quoted, ColumnType type, String typeName) {}
