package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** A scope in columns of vmsync's own tables, one for each part of it. */
final class ScopeColumns {

    static final String COLUMNS = "cloud, tenant, principal, subscription";

    private ScopeColumns() {}

    static List<String> values(Scope scope) {
        return List.of(scope.cloud(), scope.tenant(), scope.principal(), scope.subscription());
    }

    /** A hash of all parts, for where a key is to be narrow. */
    static String key(Scope scope) {
        String parts =
                values(scope).stream().map(part -> part.length() + ":" + part).collect(Collectors.joining("/"));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(parts.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static Scope scope(OwnRow row) throws SQLException {
        return new Scope(row.text("cloud"), row.text("tenant"), row.text("principal"), row.text("subscription"));
    }
}
