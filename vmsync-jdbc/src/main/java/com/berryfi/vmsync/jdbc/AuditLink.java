package com.berryfi.vmsync.jdbc;

import java.time.LocalDateTime;

/**
 * A row of the audit as a link of its chain.
 *
 * @param link its place, from 1
 * @param hash what it says of itself and all before it
 * @param belongs the chain that its VM and session speak of
 * @param content the hash of its values
 * @param seq in which order it was written among all rows
 * @param decidedAt in UTC
 */
record AuditLink(long link, String hash, String belongs, String content, long seq, LocalDateTime decidedAt) {}
