package com.berryfi.vmsync.jdbc;

/** The columns of the table of VMs. */
public enum VmColumn implements HostColumn {
    /** The key: text, whole number or UUID. */
    ID("id", true),
    /** What the host believes; see {@link HostTables#withValue(com.berryfi.vmsync.model.VmStatus, String)}. */
    STATUS("status", true),
    /** The subscription, account or project of the VM. */
    SUBSCRIPTION("azure_subscription_id", true),
    /** The directory of the principal; without it the default credentials decide. */
    TENANT("azure_tenant_id", false),
    /** The principal that reads the VM; without it the default credentials decide. */
    CLIENT("azure_client_id", false),
    /** The principal's secret; read by {@link JdbcClientSecrets} alone. */
    CLIENT_SECRET("azure_client_secret", false),
    /** The VM's resource group. */
    RESOURCE_GROUP("azure_resource_group", false),
    /** The VM's name within its group. */
    NAME("vm_name", false),
    /** The cloud's full id of the VM. */
    RESOURCE_ID("azure_resource_id", false),
    /** The session that holds the VM; cleared at a release. */
    CURRENT_SESSION("current_session_id", true),
    /** When the host started the VM; read only. */
    LAST_STARTED("last_started", false),
    /** When the VM was found off; written as it goes to a status that is off from one in which it may have run. */
    LAST_STOPPED("last_stopped", false),
    /** When vmsync last changed the row; written with a change only. */
    LAST_SYNC_TIME("last_sync_time", false),
    /** When anybody last changed the row. */
    UPDATED_AT("updated_at", false),
    /** The row's version, as JPA's {@code @Version} keeps it, a whole number: checked and moved on by one with every write. */
    VERSION("version", false);

    private final String defaultName;
    private final String label;
    private final boolean required;

    VmColumn(String defaultName, boolean required) {
        this.defaultName = defaultName;
        this.label = HostColumn.super.label();
        this.required = required;
    }

    @Override
    public String defaultName() {
        return defaultName;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public boolean isRequired() {
        return required;
    }
}
