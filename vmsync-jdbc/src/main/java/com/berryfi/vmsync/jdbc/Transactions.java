package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.port.PortException;
import com.berryfi.vmsync.port.UnavailableException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs work in units of work, and says what their failures mean. Thread-safe. */
final class Transactions {

    private final UnitOfWork unit;

    Transactions(UnitOfWork unit) {
        this.unit = unit;
    }

    Transactions(DataSource database) {
        this(UnitOfWork.of(database));
    }

    /**
     * Commits if the work returns, rolls back if it throws.
     *
     * @param doing what is being done, for the message of a failure
     */
    <T> T run(String doing, UnitOfWork.Work<T> work) {
        try {
            return attempt(doing, work);
        } catch (SQLException e) {
            throw SqlFailures.translate(doing, e);
        }
    }

    /** As {@link #run}, for work that handles failures of its own. */
    <T> T attempt(String doing, UnitOfWork.Work<T> work) throws SQLException {
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
