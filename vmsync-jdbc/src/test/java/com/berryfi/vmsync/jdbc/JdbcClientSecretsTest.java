package com.berryfi.vmsync.jdbc;

import static com.berryfi.vmsync.testkit.Samples.SCOPE;
import static com.berryfi.vmsync.testkit.Samples.vm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.port.ClientSecret;
import com.berryfi.vmsync.port.RejectedException;
import com.berryfi.vmsync.port.UnavailableException;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnEachDatabase
class JdbcClientSecretsTest {

    @AutoClose
    private final TestDatabase database;

    private final JdbcHostRows host;
    private final JdbcClientSecrets secrets;

    JdbcClientSecretsTest(Connecting on) {
        database = on.filled();
        host = new JdbcHostRows(database, ZoneOffset.UTC);
        secrets = JdbcClientSecrets.of(database.dataSource(), HostTables.berryFi(ZoneOffset.UTC));
    }

    @Test
    void theSecretOfAScopeIsReadAfreshEachTime() {
        host.put(vm("vm-1"));
        host.put(vm("vm-2"));
        assertThat(secrets.secretOf(SCOPE).map(ClientSecret::reveal)).contains("top-secret");

        database.run("UPDATE vm_instances SET azure_client_secret = 'rotated'");
        assertThat(secrets.secretOf(SCOPE).map(ClientSecret::reveal)).contains("rotated");
    }

    @Test
    void rowsWithoutASecretDoNotCount() {
        host.put(vm("vm-1"));
        host.put(vm("vm-2"));
        database.run("UPDATE vm_instances SET azure_client_secret = NULL WHERE id = 'vm-1'");
        assertThat(secrets.secretOf(SCOPE).map(ClientSecret::reveal)).contains("top-secret");

        database.run("UPDATE vm_instances SET azure_client_secret = ' '");
        assertThat(secrets.secretOf(SCOPE)).isEmpty();
    }

    @Test
    void anotherScopesSecretIsNotThisOnes() {
        host.put(vm("vm-1"));

        assertThat(secrets.secretOf(new Scope("azure", "tenant-1", "client-2", "sub-1")))
                .isEmpty();
        assertThat(secrets.secretOf(new Scope("azure", "tenant-1", "", "sub-1")))
                .isEmpty();
        assertThat(secrets.secretOf(new Scope("other", "tenant-1", "client-1", "sub-1")))
                .isEmpty();
    }

    @Test
    void differentSecretsAreRefusedByTheScopesNameWithoutTheirValues() {
        host.put(vm("vm-1"));
        host.put(vm("vm-2"));
        host.put(vm("vm-3"));
        database.run("UPDATE vm_instances SET azure_client_secret = 'TOP-SECRET' WHERE id = 'vm-2'");

        assertThatThrownBy(() -> secrets.secretOf(SCOPE))
                .isInstanceOf(RejectedException.class)
                .hasMessageContainingAll(
                        SCOPE.toString(), "vm_instances", "azure_client_secret", "2 different", "[vm-2]")
                .satisfies(
                        e -> assertThat(e.toString().toLowerCase(Locale.ROOT)).doesNotContain("top-secret"));
    }

    @Test
    void nothingPrintsASecret() {
        host.put(vm("vm-1"));
        assertThat(secrets.secretOf(SCOPE).orElseThrow().toString()).doesNotContain("top-secret");

        database.run("DROP TABLE vm_instances");
        assertThatThrownBy(() -> secrets.secretOf(SCOPE))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining(SCOPE.toString())
                .hasMessageNotContaining("SELECT");
    }

    @Test
    void aDatabaseThatIsGoneIsUnavailable() {
        assertThatThrownBy(() -> JdbcClientSecrets.of(
                        TestDatabase.at("jdbc:h2:mem:gone;IFEXISTS=TRUE").dataSource(),
                        HostTables.berryFi(ZoneOffset.UTC)))
                .isInstanceOf(UnavailableException.class);
    }

    @Test
    void aMappingWithoutTheColumnIsRefused() {
        HostTables without = HostTables.berryFi(ZoneOffset.UTC).withoutColumn(VmColumn.CLIENT_SECRET);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JdbcClientSecrets.of(database.dataSource(), without))
                .withMessageContaining("VmColumn.CLIENT_SECRET");
    }
}
