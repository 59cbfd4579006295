package com.berryfi.vmsync.jdbc;

/**
 * What is known of a chain of the audit beside its rows.
 *
 * @param chain its name
 * @param length how many links were ever appended
 * @param head the hash of the last of them
 * @param keptFrom the first link that was not deleted
 * @param base the hash of the link before that one
 */
record ChainHead(String chain, long length, String head, long keptFrom, String base) {

    /** That of a chain without a link. */
    static ChainHead none(String chain) {
        return new ChainHead(chain, 0, AuditHash.NONE, 1, AuditHash.NONE);
    }

    /** After one more link. */
    ChainHead followedBy(String hash) {
        return new ChainHead(chain, length + 1, hash, keptFrom, base);
    }

    /** After its links up to one, this one included, were deleted. */
    ChainHead without(AuditLink last) {
        return new ChainHead(chain, length, head, last.link() + 1, last.hash());
    }
}
