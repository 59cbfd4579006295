package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SettingMap;
import com.berryfi.vmsync.model.VmStatus;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the host's two tables are called, and which words stand in them. Immutable; start from {@link #berryFi}.
 *
 * <p>Names are matched with those of the database without regard to case where no name matches exactly, and are quoted in every
 * statement.
 */
public final class HostTables {

    /** What every setting of this module begins with. */
    public static final String PREFIX = "azure.status.sync.jdbc.";

    /** All keys of this module: whoever reads some of them knows the others, and only a key that nobody knows is refused. */
    static final Set<String> KEYS = Set.of("zone", "vm-table", "session-table", "lease.seconds", "replicas", "schema");

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

    private final ZoneId zone;
    private final String cloud;
    private final String vmTable;
    private final String sessionTable;
    private final Map<HostColumn, String> columns;
    private final Map<VmStatus, String> vmValues;
    private final Map<SessionStatus, String> sessionValues;

    private HostTables(
            ZoneId zone,
            String cloud,
            String vmTable,
            String sessionTable,
            Map<HostColumn, String> columns,
            Map<VmStatus, String> vmValues,
            Map<SessionStatus, String> sessionValues) {
        this.zone = zone;
        this.cloud = cloud;
        this.vmTable = vmTable;
        this.sessionTable = sessionTable;
        this.columns = Map.copyOf(columns);
        this.vmValues = Map.copyOf(vmValues);
        this.sessionValues = Map.copyOf(sessionValues);
    }

    /**
     * The tables of the BerryFi backend: {@code vm_instances} and {@code vm_sessions}, statuses by their names, without
     * {@link VmStatus#UNKNOWN} and without a version.
     *
     * @param zone the zone in which the host writes its columns without a zone, such as the JVM's default zone of a host that
     *     stores {@code LocalDateTime.now()}. In the hour that a zone repeats in autumn such a column is ambiguous: UTC is best
     * @return tables to be adapted by the methods that begin with {@code with}
     */
    public static HostTables berryFi(ZoneId zone) {
        Map<HostColumn, String> columns = new HashMap<>();
        for (VmColumn column : VmColumn.values()) {
            columns.put(column, column.defaultName());
        }
        for (SessionColumn column : SessionColumn.values()) {
            columns.put(column, column.defaultName());
        }
        columns.remove(VmColumn.VERSION);
        columns.remove(SessionColumn.VERSION);
        Map<VmStatus, String> vmValues = new EnumMap<>(VmStatus.class);
        for (VmStatus status : VmStatus.values()) {
            if (status != VmStatus.UNKNOWN) {
                vmValues.put(status, status.name());
            }
        }
        Map<SessionStatus, String> sessionValues = new EnumMap<>(SessionStatus.class);
        for (SessionStatus status : SessionStatus.values()) {
            sessionValues.put(status, status.name());
        }
        return new HostTables(zone, "azure", "vm_instances", "vm_sessions", columns, vmValues, sessionValues);
    }

    /**
     * The tables of the BerryFi backend, with what {@code azure.status.sync.jdbc.*} says of them: {@code zone} (required; an id such
     * as {@code UTC} or {@code Asia/Kolkata}), {@code vm-table} and {@code session-table}. Keys of other prefixes are passed over.
     *
     * @param properties settings by their whole names
     * @return tables to be adapted by the methods that begin with {@code with}
     * @throws IllegalArgumentException if a key is unknown or missing, or a value is bad; the message names the key
     */
    public static HostTables from(Map<String, String> properties) {
        SettingMap map = SettingMap.of(PREFIX, properties, KEYS, Set.of());
        HostTables tables = berryFi(zone(map.text("zone")
                .orElseThrow(() -> new IllegalArgumentException(
                        PREFIX + "zone: is required; columns without a zone mean nothing without it"))));
        tables = table(map, "vm-table").map(tables::withVmTable).orElse(tables);
        return table(map, "session-table").map(tables::withSessionTable).orElse(tables);
    }

    private static Optional<String> table(SettingMap map, String key) {
        return map.text(key).map(name -> identifier(PREFIX + key, name));
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(PREFIX + "zone: is no time zone: '" + id + "'", e);
        }
    }

    /**
     * Names the cloud of all VMs; the default is {@code azure}.
     *
     * @param name the cloud, as scopes and adapters call it; not blank
     * @return the same tables with that cloud
     * @throws IllegalArgumentException if it is blank
     */
    public HostTables withCloud(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("cloud: must not be blank");
        }
        return new HostTables(zone, name, vmTable, sessionTable, columns, vmValues, sessionValues);
    }

    /**
     * Names the table of VMs; the default is {@code vm_instances}.
     *
     * @param name a plain name: letters, digits and {@code _}, at most 63, no digit first
     * @return the same tables with that name
     * @throws IllegalArgumentException if it is no plain name
     */
    public HostTables withVmTable(String name) {
        return new HostTables(zone, cloud, identifier("vmTable", name), sessionTable, columns, vmValues, sessionValues);
    }

    /**
     * Names the table of sessions; the default is {@code vm_sessions}. It may be that of the VMs, with the session in the VM's own row:
     * then {@link SessionColumn#VM} is the column of {@link VmColumn#ID}, {@link SessionColumn#ID} may be that of
     * {@link VmColumn#CURRENT_SESSION}, and a row whose {@link SessionColumn#ID} is empty holds no session. Such a row forgets the
     * session before: a host that ends one by itself asks for what must not be billed as it does so.
     *
     * @param name a plain name, as of {@link #withVmTable}
     * @return the same tables with that name
     * @throws IllegalArgumentException if it is no plain name
     */
    public HostTables withSessionTable(String name) {
        return new HostTables(zone, cloud, vmTable, identifier("sessionTable", name), columns, vmValues, sessionValues);
    }

    /**
     * Gives a column another name, or takes in one that BerryFi does not have.
     *
     * @param column the column as vmsync knows it
     * @param name what the host calls it: a plain name, as of {@link #withVmTable}
     * @return the same tables with that column
     * @throws IllegalArgumentException if it is no plain name
     */
    public HostTables withColumn(HostColumn column, String name) {
        Map<HostColumn, String> changed = new HashMap<>(columns);
        changed.put(column, identifier(describe(column), name));
        return new HostTables(zone, cloud, vmTable, sessionTable, changed, vmValues, sessionValues);
    }

    /**
     * Leaves out a column that the host does not have, or that vmsync should neither read nor write.
     *
     * @param column the column as vmsync knows it
     * @return the same tables without it
     * @throws IllegalArgumentException if no host can do without it
     */
    public HostTables withoutColumn(HostColumn column) {
        if (column.isRequired()) {
            throw new IllegalArgumentException(describe(column) + ": is required");
        }
        Map<HostColumn, String> changed = new HashMap<>(columns);
        changed.remove(column);
        return new HostTables(zone, cloud, vmTable, sessionTable, changed, vmValues, sessionValues);
    }

    /**
     * Says what stands for a VM's status, such as {@code RUNNING}, or {@code 3} in a column of numbers; no two statuses may share one.
     *
     * @param status the status as vmsync knows it
     * @param value what the host writes for it; not blank
     * @return the same tables with that value
     * @throws IllegalArgumentException if the value is blank or stands for another status already
     */
    public HostTables withValue(VmStatus status, String value) {
        return new HostTables(
                zone,
                cloud,
                vmTable,
                sessionTable,
                columns,
                StatusValues.put("VmStatus", vmValues, status, value),
                sessionValues);
    }

    /**
     * Says what stands for a session's status, as for a VM's; no two statuses may share one.
     *
     * @param status the status as vmsync knows it
     * @param value what the host writes for it; not blank
     * @return the same tables with that value
     * @throws IllegalArgumentException if the value is blank or stands for another status already
     */
    public HostTables withValue(SessionStatus status, String value) {
        return new HostTables(
                zone,
                cloud,
                vmTable,
                sessionTable,
                columns,
                vmValues,
                StatusValues.put("SessionStatus", sessionValues, status, value));
    }

    /**
     * Leaves out a VM's status that the host does not have: it is never written, and a row that holds it is left alone and reported once.
     *
     * @param status the status as vmsync knows it
     * @return the same tables without it
     */
    public HostTables withoutValue(VmStatus status) {
        Map<VmStatus, String> changed = new HashMap<>(vmValues);
        changed.remove(status);
        return new HostTables(zone, cloud, vmTable, sessionTable, columns, changed, sessionValues);
    }

    /**
     * Leaves out a session's status that the host does not have: it is never written, and a row that holds it is left alone, not taken
     * for ended, and reported once.
     *
     * @param status the status as vmsync knows it
     * @return the same tables without it
     * @throws IllegalArgumentException for {@link SessionStatus#ACTIVE}, without which there is nothing to keep in step
     */
    public HostTables withoutValue(SessionStatus status) {
        if (status == SessionStatus.ACTIVE) {
            throw new IllegalArgumentException("SessionStatus.ACTIVE: is required");
        }
        Map<SessionStatus, String> changed = new HashMap<>(sessionValues);
        changed.remove(status);
        return new HostTables(zone, cloud, vmTable, sessionTable, columns, vmValues, changed);
    }

    ZoneId zone() {
        return zone;
    }

    String cloud() {
        return cloud;
    }

    String vmTable() {
        return vmTable;
    }

    String sessionTable() {
        return sessionTable;
    }

    /** The host's name of a column; empty if it has none. */
    Optional<String> column(HostColumn column) {
        return Optional.ofNullable(columns.get(column));
    }

    Map<VmStatus, String> vmValues() {
        return vmValues;
    }

    Map<SessionStatus, String> sessionValues() {
        return sessionValues;
    }

    /** The table that a column is in. */
    String table(HostColumn column) {
        return column instanceof VmColumn ? vmTable : sessionTable;
    }

    /** A column in words: where it is, and what it is mapped to. */
    String words(HostColumn column) {
        return "column " + table(column) + "." + column(column).orElse(column.defaultName()) + " (" + describe(column)
                + ")";
    }

    static String describe(HostColumn column) {
        return column.getClass().getSimpleName() + "." + column.name();
    }

    private static String identifier(String property, String name) {
        if (!IDENTIFIER.matcher(name).matches()) {
            throw new IllegalArgumentException(property + ": '" + name
                    + "' is not a plain name: letters, digits and _, 63 at most, no digit first");
        }
        return name;
    }
}
