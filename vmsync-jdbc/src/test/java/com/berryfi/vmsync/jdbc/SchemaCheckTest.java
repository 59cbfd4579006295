package com.berryfi.vmsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.SessionStore.Selection;
import com.berryfi.vmsync.port.UnavailableException;
import com.berryfi.vmsync.testkit.BerryFiSchema;
import com.berryfi.vmsync.testkit.Samples;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a start finds wrong with the tables, and says. */
@OnEachDatabase
class SchemaCheckTest {

    private static final HostTables BERRY_FI = HostTables.berryFi(ZoneOffset.UTC);

    private final Connecting on;
    private final List<TestDatabase> opened = new ArrayList<>();

    SchemaCheckTest(Connecting on) {
        this.on = on;
    }

    @AfterEach
    void close() {
        opened.forEach(TestDatabase::close);
    }

    @Test
    void ownTablesThatAreMissingAreNamedWithTheWayToTheirDdl() throws SQLException {
        TestDatabase database = empty();
        BerryFiSchema.create(database.dataSource());

        assertThatThrownBy(() -> build(database, BERRY_FI))
                .isInstanceOf(RejectedException.class)
                .hasMessageContainingAll(
                        "vmsync_tracking",
                        "vmsync_metering",
                        "vmsync_identity",
                        "vmsync_brake",
                        "vmsync_spending",
                        "vmsync_order",
                        "vmsync_pass",
                        "vmsync_billing",
                        "vmsync_audit",
                        "vmsync_schema",
                        ddl(database),
                        "VmsyncSchema.create");
    }

    @Test
    void anOwnColumnThatIsMissingIsNamed() {
        TestDatabase database = filled();
        database.run("ALTER TABLE vmsync_audit DROP COLUMN held_until");

        assertThatThrownBy(() -> VmsyncSchema.check(database.dataSource()))
                .isInstanceOf(RejectedException.class)
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).containsIgnoringCase("held_until"))
                .hasMessageContainingAll("vmsync_audit", ddl(database))
                .hasMessageNotContaining("vmsync_billing");
    }

    @Test
    void anotherVersionIsRefused() {
        TestDatabase database = filled();
        database.run("UPDATE vmsync_schema SET version = 2");
        assertThatThrownBy(() -> VmsyncSchema.check(database.dataSource()))
                .isInstanceOf(RejectedException.class)
                .hasMessageContainingAll("vmsync_schema", "[2]", "needs 1", "a later release");

        database.run("UPDATE vmsync_schema SET version = 0");
        assertThatThrownBy(() -> VmsyncSchema.check(database.dataSource()))
                .isInstanceOf(RejectedException.class)
                .hasMessageContainingAll("vmsync_schema", "[0]", "needs 1", ddl(database));
    }

    @Test
    void creatingTwiceChangesNothing() {
        TestDatabase database = filled();
        VmsyncSchema.create(database.dataSource());

        assertThatCode(() -> VmsyncSchema.check(database.dataSource())).doesNotThrowAnyException();
        assertThat(database.text("SELECT COUNT(*) FROM vmsync_schema")).isEqualTo("1");
    }

    @Test
    void aScopeAsWideAsTheHostsColumnsFits() {
        TestDatabase database = filled();
        JdbcSessionStore store = build(database, BERRY_FI);
        Pass pass = new Pass(
                new Scope("azure", "t".repeat(255), "p".repeat(255), "s".repeat(255)),
                Samples.NOON,
                Map.of(new VmId("vm-1"), Optional.empty(), new VmId("two\nlines"), Optional.of(Samples.NOON)),
                2);

        store.journal().recordPass(pass);

        assertThat(store.journal().lastPass(pass.scope())).contains(pass);
    }

    @Test
    void hostTablesThatAreMissingAreNamed() {
        TestDatabase database = empty();

        assertThatThrownBy(() -> build(database, BERRY_FI.withSessionTable("rentals")))
                .isInstanceOf(RejectedException.class)
                .hasMessageContainingAll("vm_instances (HostTables.vmTable)", "rentals (HostTables.sessionTable)");
    }

    @Test
    void hostColumnsThatAreMissingAreNamedAllAtOnce() {
        TestDatabase database = filled();
        database.run("ALTER TABLE vm_instances DROP COLUMN last_sync_time");

        HostTables tables = BERRY_FI.withColumn(SessionColumn.REASON, "why");
        assertThatThrownBy(() -> build(database, tables))
                .isInstanceOf(RejectedException.class)
                .hasMessageContainingAll(
                        "vm_instances.last_sync_time (VmColumn.LAST_SYNC_TIME)",
                        "vm_sessions.why (SessionColumn.REASON)",
                        "withoutColumn");
        assertThatThrownBy(() -> JdbcClientSecrets.of(database.dataSource(), tables))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("vm_sessions.why");
        assertThatCode(() -> build(
                        database,
                        BERRY_FI.withoutColumn(VmColumn.LAST_SYNC_TIME).withoutColumn(SessionColumn.REASON)))
                .doesNotThrowAnyException();
    }

    @Test
    void namesInAnyCaseAreFoundAndQuoted() throws SQLException {
        TestDatabase database = filled();
        String select = database.quoted("Select");
        database.run("ALTER TABLE vm_instances RENAME TO " + select);
        database.run("ALTER TABLE " + select + " " + database.server().rename("status", database.quoted("order")));

        JdbcSessionStore store = build(database, BERRY_FI.withVmTable("SELECT").withColumn(VmColumn.STATUS, "order"));
        assertThat(store.scopes(Selection.ALL).scopes()).isEmpty();
    }

    @Test
    void aNameThatCouldBeTwoIsRefused() {
        TestDatabase database = filled();
        String other = database.quoted("Vm_Instances");
        database.run("CREATE TABLE " + other + " (id VARCHAR(1))");

        assertThatThrownBy(() -> build(database, BERRY_FI.withVmTable("vm_INSTANCES")))
                .isInstanceOf(RejectedException.class)
                .hasMessageContainingAll("vm_INSTANCES", "could be any of", "Vm_Instances");
    }

    @Test
    void aDatabaseThatIsNotThereIsUnavailable() {
        TestDatabase database = TestDatabase.at("jdbc:h2:mem:not-there;IFEXISTS=TRUE");

        assertThatThrownBy(() -> build(database, BERRY_FI)).isInstanceOf(UnavailableException.class);
    }

    @Test
    void aDatabaseWithoutTablesForItIsRefusedByName() {
        DataSource oracle =
                answering(DataSource.class, answering(Connection.class, answering(DatabaseMetaData.class, "Oracle")));

        assertThatThrownBy(() -> VmsyncSchema.create(oracle))
                .isInstanceOf(RejectedException.class)
                .hasMessageContainingAll("Oracle", "H2, MySQL, MariaDB and PostgreSQL");
        assertThatThrownBy(() -> JdbcSessionStore.builder(oracle, BERRY_FI).build())
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("Oracle");
    }

    /** One that answers everything alike, as far as there is anything to answer. */
    private static <T> T answering(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                SchemaCheckTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Class<?> asked = method.getReturnType();
                    return asked == void.class ? null : asked == boolean.class ? (Object) false : answer;
                }));
    }

    private TestDatabase filled() {
        return opened(on.filled());
    }

    private TestDatabase empty() {
        return opened(on.empty());
    }

    private TestDatabase opened(TestDatabase database) {
        opened.add(database);
        return database;
    }

    private static String ddl(TestDatabase database) {
        return Transactions.of(database.dataSource()).dialect().ddl();
    }

    private static JdbcSessionStore build(TestDatabase database, HostTables tables) {
        return JdbcSessionStore.builder(database.dataSource(), tables).build();
    }
}
