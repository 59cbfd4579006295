package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.port.PortException;
import com.berryfi.vmsync.port.UnavailableException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains why the host's database, or its other replicas, could not be worked with. The failures themselves say what is wrong; this says what to do. */
final class StartUpFailureAnalyzer extends AbstractFailureAnalyzer<PortException> {

    /** What to do, by what a failure says. */
    private static final Map<String, String> ACTIONS = new LinkedHashMap<>();

    static {
        ACTIONS.put(
                "tables of vmsync are missing or incomplete",
                "Run the DDL that is named above with your migration tool, or set azure.status.sync.jdbc.schema=create.");
        ACTIONS.put(
                "vmsync_schema: version",
                "Let the tables and the release of vmsync be of the same version: run its DDL, or start the release that they belong"
                        + " to.");
        ACTIONS.put(
                "the host's tables are not as HostTables maps them",
                "Name the tables by azure.status.sync.jdbc.vm-table and azure.status.sync.jdbc.session-table, and columns and values by"
                        + " a bean of com.berryfi.vmsync.spring.HostTablesCustomizer, which may also leave out what you do not have.");
        ACTIONS.put(
                "lies in the future",
                "Set azure.status.sync.jdbc.zone to the zone in which the application writes this column; if it is right, correct the"
                        + " row.");
        ACTIONS.put(
                "UnitOfWork must run no statement",
                "Give a bean of com.berryfi.vmsync.jdbc.UnitOfWork over a transaction manager that runs no statement as it begins.");
        ACTIONS.put(
                "does not manage the DataSource",
                "Mark the transaction manager of this DataSource as @Primary, or give a bean of com.berryfi.vmsync.jdbc.UnitOfWork.");
        ACTIONS.put(
                "another VmSync that works through this coordinator was built otherwise",
                "Give each VmSync of this process that differs a com.berryfi.vmsync.port.WorkCoordinator and a database of its own, or"
                        + " the same settings, rules and tables.");
        ACTIONS.put(
                "which is at work, was built otherwise",
                "Start this replica with the settings, rules and tables of those that are at work; to change them, stop the others"
                        + " first. A replica that died counts until its lease, azure.status.sync.jdbc.lease.seconds, is over.");
        ACTIONS.put(
                "vmsync has no tables for the database",
                "Let spring.datasource.url name one of these databases, or give a com.berryfi.vmsync.port.SessionStore of your own.");
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, PortException cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof UnavailableException) {
            return new FailureAnalysis(
                    "vmsync cannot reach the database: " + message,
                    "Check spring.datasource.url, user and password, and that the database is up and takes connections from here.",
                    cause);
        }
        return ACTIONS.entrySet().stream()
                .filter(action -> message.contains(action.getKey()))
                .findFirst()
                .map(action -> new FailureAnalysis(message, action.getValue(), cause))
                .orElse(null);
    }
}
