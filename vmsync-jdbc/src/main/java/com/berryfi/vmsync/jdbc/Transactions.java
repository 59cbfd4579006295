package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.port.PortException;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.UnavailableException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs work in units of work, and says what their failures mean. Thread-safe. */
final class Transactions {

    private final UnitOfWork unit;
    private final Dialect dialect;

    private Transactions(UnitOfWork unit, Dialect dialect) {
        this.unit = unit;
        this.dialect = dialect;
    }

    /**
     * Over a database, which is asked once what it is.
     *
     * @throws RejectedException if vmsync does not know it
     * @throws UnavailableException if it cannot be reached
     */
    static Transactions of(UnitOfWork unit) {
        String doing = "asking the database what it is";
        try {
            return new Transactions(unit, within(unit, doing, Dialect::of));
        } catch (SQLException e) {
            throw SqlFailures.translate(doing, e);
        }
    }

    /** As {@link #of(UnitOfWork)}, each unit on a connection of its own. */
    static Transactions of(DataSource database) {
        return of(UnitOfWork.of(database));
    }

    Dialect dialect() {
        return dialect;
    }

    /**
     * Commits if the work returns, rolls back if it throws. For work that reads, or writes by key what it has not read.
     *
     * @param doing what is being done, for the message of a failure
     */
    <T> T run(String doing, UnitOfWork.Work<T> work) {
        try {
            return within(unit, doing, work);
        } catch (SQLException e) {
            throw SqlFailures.translate(doing, e);
        }
    }

    /** As {@link #run}, for work that compares and writes, and handles failures of its own. */
    <T> T attempt(String doing, UnitOfWork.Work<T> work) throws SQLException {
        return within(unit, doing, connection -> {
            dialect.begin(connection);
            return work.run(connection);
        });
    }

    /**
     * Checks that a transaction can begin as work that compares and writes needs it.
     *
     * @throws RejectedException if the unit of work has run a statement of its own before, under another isolation
     * @throws UnavailableException if the database cannot be reached
     */
    void check() {
        String doing = "beginning a transaction that compares and writes";
        try {
            attempt(doing, connection -> dialect);
        } catch (SQLException e) {
            if (SqlFailures.isOfBegin(e)) {
                throw new RejectedException(
                        doing + ": " + SqlFailures.describe(e)
                                + ": the UnitOfWork must run no statement in its transaction before it calls the work",
                        e);
            }
            throw SqlFailures.translate(doing, e);
        }
    }

    private static <T> T within(UnitOfWork unit, String doing, UnitOfWork.Work<T> work) throws SQLException {
        AtomicReference<@Nullable Throwable> ofWork = new AtomicReference<>();
        try {
            return unit.run(doing, connection -> {
                try {
                    return work.run(connection);
                } catch (SQLException | RuntimeException | Error e) {
                    ofWork.set(e);
                    throw e;
                }
            });
        } catch (RuntimeException e) {
            throw meaning(doing, e, ofWork.get());
        }
    }

    /** What is thrown for a failure that is no {@code SQLException}: the work's own, or a framework's. */
    private static RuntimeException meaning(String doing, RuntimeException thrown, @Nullable Throwable ofWork)
            throws SQLException {
        if (ofWork instanceof SQLException failure) {
            throw failure;
        }
        if (ofWork instanceof RuntimeException own) {
            return own;
        }
        if (thrown instanceof PortException) {
            return thrown;
        }
        Optional<SQLException> cause = SqlFailures.causeOf(thrown);
        if (cause.isPresent()) {
            throw cause.get();
        }
        return new UnavailableException(
                doing + ": the unit of work failed: " + thrown.getClass().getName(), thrown);
    }
}
