package com.berryfi.vmsync.jdbc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Whose a piece of work is, by highest random weight: all who know the same members agree without a word, and when one comes or goes,
 * only its own work moves.
 *
 * @see <a href="https://doi.org/10.1109/90.663936">Thaler and Ravishankar, Using name-based mappings to increase hit rates</a>
 */
final class Rendezvous {

    private Rendezvous() {}

    /** The member whose work it is; empty if there is no member. */
    static Optional<String> owner(String work, Collection<String> members) {
        return members.stream()
                .max(Comparator.comparingLong((String member) -> weight(work, member))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static long weight(String work, String member) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((member + "\n" + work).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException noJavaPlatform) {
            throw new IllegalStateException("every Java platform has SHA-256", noJavaPlatform);
        }
    }
}
