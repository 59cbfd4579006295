package com.berryfi.vmsync.azure;

import com.azure.resourcemanager.resources.fluentcore.arm.ResourceId;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Scope;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a VM is, as Azure understands it.
 *
 * @param key the full id in lower case, for Azure gives ids in any case
 */
record AzureAddress(String group, String name, String key) {

    private static final String TYPE = "Microsoft.Compute/virtualMachines";

    /** What no group and no name may hold, for it would change the path that is read. */
    private static final Pattern PLAIN = Pattern.compile("(?!\\.+$)[^/\\\\?#%\\s]+");

    static final class Malformed extends Exception {
        Malformed(CloudAddress address, String problem) {
            super("address " + address + ": " + problem);
        }
    }

    /**
     * Reads an address of a row: a full ARM id, or a name in a group.
     *
     * @throws Malformed if it is neither, or of another subscription or type; the message names the address
     */
    static AzureAddress of(Scope scope, CloudAddress address) throws Malformed {
        String id = address.resourceId().strip();
        if (id.startsWith("/")) {
            return ofId(scope, address, id);
        }
        String name = id.isEmpty() ? address.name().strip() : id;
        return of(scope, address, address.group().strip(), name);
    }

    static String keyOf(String resourceId) {
        return resourceId.toLowerCase(Locale.ROOT);
    }

    private static AzureAddress ofId(Scope scope, CloudAddress address, String id) throws Malformed {
        ResourceId parsed;
        try {
            parsed = ResourceId.fromString(id);
        } catch (RuntimeException notAnId) {
            throw new Malformed(address, "is no ARM resource id");
        }
        if (!TYPE.equalsIgnoreCase(parsed.fullResourceType())) {
            throw new Malformed(address, "is not of type " + TYPE + ", but " + parsed.fullResourceType());
        }
        if (!scope.subscription().equalsIgnoreCase(parsed.subscriptionId())) {
            throw new Malformed(address, "is not in the subscription of its row, " + scope.subscription());
        }
        String group = parsed.resourceGroupName();
        return of(scope, address, group == null ? "" : group, parsed.name());
    }

    private static AzureAddress of(Scope scope, CloudAddress address, String group, String name) throws Malformed {
        if (group.isEmpty()) {
            throw new Malformed(address, "has no resource group");
        }
        if (!PLAIN.matcher(group).matches()) {
            throw new Malformed(address, "the resource group '" + group + "' holds what a name cannot");
        }
        if (!PLAIN.matcher(name).matches()) {
            throw new Malformed(address, "the name '" + name + "' holds what a name cannot");
        }
        return new AzureAddress(
                group,
                name,
                keyOf("/subscriptions/" + scope.subscription() + "/resourcegroups/" + group
                        + "/providers/microsoft.compute/virtualmachines/" + name));
    }
}
