package com.berryfi.vmsync.jdbc;

/** The columns of the table of sessions. */
public enum SessionColumn implements HostColumn {
    /** The key: text, whole number or UUID. */
    ID("id", true),
    /** The key of the VM that the session is on. */
    VM("vm_instance_id", true),
    /** Where it stands; see {@link HostTables#withValue(com.berryfi.vmsync.model.SessionStatus, String)}. */
    STATUS("status", true),
    /** When metering starts; read only. */
    START_TIME("start_time", true),
    /** Its end. */
    END_TIME("end_time", true),
    /** The last sign of life that the host noted; read only. */
    LAST_HEARTBEAT("last_heartbeat", false),
    /** What it is billed for, in whole seconds. */
    DURATION_SECONDS("duration_seconds", false),
    /** Why it was ended, in words. */
    REASON("termination_reason", false),
    /** A connection detail, cleared by an end with cleanup. */
    IP_ADDRESS("vm_ip_address", false),
    /** A connection detail, cleared by an end with cleanup. */
    PORT("vm_port", false),
    /** A connection detail, cleared by an end with cleanup. */
    CONNECTION_URL("connection_url", false),
    /** When anybody last changed the row. */
    UPDATED_AT("updated_at", false),
    /** The row's version, as JPA's {@code @Version} keeps it, a whole number: checked and moved on by one with every write. */
    VERSION("version", false);

    private final String defaultName;
    private final String label;
    private final boolean required;

    SessionColumn(String defaultName, boolean required) {
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
