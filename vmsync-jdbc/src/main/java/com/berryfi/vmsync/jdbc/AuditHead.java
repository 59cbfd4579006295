package com.berryfi.vmsync.jdbc;

/**
 * How far a chain of the audit had come, to be kept where nobody who can write the database can write.
 *
 * @param chain its name
 * @param length how many links it had
 * @param hash that of the last of them
 */
public record AuditHead(String chain, long length, String hash) {}
