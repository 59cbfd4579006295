package com.berryfi.vmsync.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.jdbc.UnitOfWork;
import com.berryfi.vmsync.port.RejectedException;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.support.TransactionTemplate;

/** Work in transactions of a host's manager: JPA's, as the first host has it, and JDBC's. */
class SpringUnitOfWorkTest {

    private final HostDatabase database = HostDatabase.withTables();
    private final LocalContainerEntityManagerFactoryBean jpa = new LocalContainerEntityManagerFactoryBean();
    private JpaTransactionManager manager;
    private UnitOfWork unit;

    @BeforeEach
    void start() {
        jpa.setDataSource(database.source());
        jpa.setPackagesToScan("com.berryfi.vmsync.spring.none");
        jpa.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        jpa.afterPropertiesSet();
        EntityManagerFactory factory = jpa.getObject();
        assertThat(factory).isNotNull();
        manager = new JpaTransactionManager(factory);
        manager.afterPropertiesSet();
        unit = new SpringUnitOfWork(manager, database.source());
        database.putVm("vm", "RUNNING");
    }

    @AfterEach
    void close() {
        jpa.destroy();
        database.close();
    }

    private static int stop(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("UPDATE vm_instances SET status = 'STOPPED'")) {
            return statement.executeUpdate();
        }
    }

    private String status() {
        return String.valueOf(
                new JdbcTemplate(database.source()).queryForObject("SELECT status FROM vm_instances", String.class));
    }

    @Test
    void whatReturnsIsCommitted() throws SQLException {
        int rows = unit.run("stopping", connection -> {
            assertThat(connection.getAutoCommit()).isFalse();
            return stop(connection);
        });

        assertThat(rows).isEqualTo(1);
        assertThat(status()).isEqualTo("STOPPED");
    }

    @Test
    void whatThrowsIsUndoneAndReachesTheCaller() {
        SQLException checked = new SQLException("no");
        IllegalStateException unchecked = new IllegalStateException("no");

        assertThatThrownBy(() -> unit.run("stopping", connection -> {
                    stop(connection);
                    throw checked;
                }))
                .isSameAs(checked);
        assertThatThrownBy(() -> unit.run("stopping", connection -> {
                    stop(connection);
                    throw unchecked;
                }))
                .isSameAs(unchecked);
        assertThat(status()).isEqualTo("RUNNING");
    }

    @Test
    void itIsNeverPartOfATransactionOfTheHosts() {
        new TransactionTemplate(manager).executeWithoutResult(hosts -> {
            try {
                unit.run("stopping", SpringUnitOfWorkTest::stop);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            hosts.setRollbackOnly();
        });

        assertThat(status()).isEqualTo("STOPPED");
    }

    @Test
    void savepointsAreThoseOfTheConnection() throws SQLException {
        unit.run("stopping half", connection -> {
            var before = connection.setSavepoint();
            stop(connection);
            connection.rollback(before);
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("UPDATE vm_instances SET vm_name = 'renamed'");
            }
        });

        assertThat(status()).isEqualTo("RUNNING");
        assertThat(database.rows("vm_instances")).singleElement().asString().contains("renamed");
    }

    @Test
    void aManagerOfAnotherDatabaseIsRefusedBeforeAnythingIsWritten() {
        try (HostDatabase other = HostDatabase.empty()) {
            UnitOfWork wrong =
                    new SpringUnitOfWork(new DataSourceTransactionManager(other.source()), database.source());

            assertThatThrownBy(() -> wrong.run("stopping", SpringUnitOfWorkTest::stop))
                    .isInstanceOf(RejectedException.class)
                    .hasMessageContaining("DataSourceTransactionManager does not manage the DataSource");
        }
        assertThat(status()).isEqualTo("RUNNING");
    }

    @Test
    void aDataSourceThatKnowsTransactionsIsSeenThrough() throws SQLException {
        DataSource aware = new TransactionAwareDataSourceProxy(database.source());
        unit = new SpringUnitOfWork(new DataSourceTransactionManager(aware), aware);

        unit.run("stopping", SpringUnitOfWorkTest::stop);

        assertThat(status()).isEqualTo("STOPPED");
    }
}
