package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.Scope;
import java.sql.SQLException;
import java.util.List;

/** A scope in columns of vmsync's own tables, one for each part of it. */
final class ScopeColumns {

    static final String COLUMNS = "cloud, tenant, principal, subscription";

    /** Which rows are of a scope; bind its {@link #values}. */
    static final String KEY = "cloud = ? AND tenant = ? AND principal = ? AND subscription = ?";

    private ScopeColumns() {}

    static List<String> values(Scope scope) {
        return List.of(scope.cloud(), scope.tenant(), scope.principal(), scope.subscription());
    }

    static Scope scope(OwnRow row) throws SQLException {
        return new Scope(row.text("cloud"), row.text("tenant"), row.text("principal"), row.text("subscription"));
    }
}
