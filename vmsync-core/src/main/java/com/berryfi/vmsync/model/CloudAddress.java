package com.berryfi.vmsync.model;

/**
 * Where a scope finds a VM, as the host's row has it. How two spellings compare is the cloud adapter's to know.
 *
 * @param resourceId the cloud's full id of the VM; empty if the row holds none
 * @param group the resource group, zone or the like; may be empty
 * @param name the VM's name within the group; may be empty
 */
public record CloudAddress(String resourceId, String group, String name) {

    public CloudAddress {
        if (resourceId.isBlank() && name.isBlank()) {
            throw new IllegalArgumentException("an address needs a resource id or a name");
        }
    }

    /** An address by the cloud's full id alone. */
    public static CloudAddress ofResourceId(String resourceId) {
        return new CloudAddress(resourceId, "", "");
    }

    /** An address by group and name. */
    public static CloudAddress ofName(String group, String name) {
        return new CloudAddress("", group, name);
    }

    @Override
    public String toString() {
        return resourceId.isBlank() ? group + "/" + name : resourceId;
    }
}
