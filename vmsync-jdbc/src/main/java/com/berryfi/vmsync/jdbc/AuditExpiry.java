package com.berryfi.vmsync.jdbc;

/**
 * What retention has deleted of the audit.
 *
 * @param deleted how many records
 * @param report on the chains that had records to delete; one that is broken was left as it is
 */
public record AuditExpiry(long deleted, AuditReport report) {}
