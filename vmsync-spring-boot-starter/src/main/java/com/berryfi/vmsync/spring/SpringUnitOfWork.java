package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.jdbc.UnitOfWork;
import com.berryfi.vmsync.port.RejectedException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** vmsync's work in transactions of the host's own manager, JPA's among them, each of its own. Thread-safe. */
final class SpringUnitOfWork implements UnitOfWork {

    /** Carries what the work threw through a template that knows no checked exceptions. */
    private static final class WorkFailed extends RuntimeException {

        private final SQLException failure;

        WorkFailed(SQLException failure) {
            super(failure);
            this.failure = failure;
        }
    }

    private final PlatformTransactionManager manager;
    private final DataSource database;

    SpringUnitOfWork(PlatformTransactionManager manager, DataSource database) {
        this.manager = manager;
        this.database = unwrapped(database);
    }

    private static DataSource unwrapped(DataSource database) {
        return database instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null
                ? unwrapped(proxy.getTargetDataSource())
                : database;
    }

    @Override
    public <T> T run(String doing, Work<T> work) throws SQLException {
        TransactionTemplate template = new TransactionTemplate(manager);
        template.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        template.setName("vmsync: " + doing);
        try {
            return template.execute(status -> inTransaction(work));
        } catch (WorkFailed e) {
            throw e.failure;
        }
    }

    private <T> T inTransaction(Work<T> work) {
        if (manager instanceof ResourceTransactionManager && !TransactionSynchronizationManager.hasResource(database)) {
            // The work would run without a transaction, or in one that nobody commits.
            throw new RejectedException("the transaction manager "
                    + manager.getClass().getName() + " does not manage the DataSource that vmsync works on");
        }
        Connection connection = DataSourceUtils.getConnection(database);
        try {
            return work.run(connection);
        } catch (SQLException e) {
            throw new WorkFailed(e);
        } finally {
            DataSourceUtils.releaseConnection(connection, database);
        }
    }
}
