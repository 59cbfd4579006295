package com.berryfi.vmsync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * How vmsync comes to a transaction of the host's database. A host whose framework manages transactions gives one of its own, over
 * the framework's transaction manager, so that its connections, time-outs and metrics are the same for all.
 *
 * <p>Each call is a transaction of its own, and never part of one that the caller may have begun (Spring: {@code REQUIRES_NEW}): when
 * {@link #run} has returned, the work is durable. The connection takes savepoints. No
 * statement is run in the transaction before the work's first, which on MySQL, MariaDB and PostgreSQL may set its isolation. It must be
 * safe to call from several threads; it may block as long as the database does.
 */
public interface UnitOfWork {

    /**
     * What is done in one transaction. It neither commits, nor rolls back but to its own savepoints, nor closes the connection.
     *
     * @param <T> what the work returns
     */
    @FunctionalInterface
    interface Work<T> {
        /**
         * Does the work; called once for each transaction.
         *
         * @param connection in a transaction that has begun; open until the work returns
         * @return what {@link UnitOfWork#run} gives its caller
         * @throws SQLException if the database refuses or fails: the transaction is rolled back
         */
        T run(Connection connection) throws SQLException;
    }

    /**
     * Does work in a transaction: commits if the work returns, rolls back if it throws, whatever that is.
     *
     * @param <T> what the work returns
     * @param doing what is being done, in a few words, for a name or a log
     * @param work done once; what it throws reaches the caller as it is, or as the cause of what does
     * @return what the work returned, once it is committed
     * @throws SQLException if the database fails; a framework's own exception is understood by the {@code SQLException} among its causes
     */
    <T> T run(String doing, Work<T> work) throws SQLException;

    /**
     * Works on a pool: takes a connection for each unit, with autocommit on or off, and gives it back as it was.
     *
     * @param database the host's own pool
     * @return a unit of work whose transactions are those of the connections
     */
    static UnitOfWork of(DataSource database) {
        return new DataSourceUnitOfWork(database);
    }
}
