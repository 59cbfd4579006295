package com.berryfi.vmsync.model;

/**
 * Where a scope finds a VM, as the host's row has it. How two spellings compare is the cloud adapter's to know.
 *
 * @param resourceId the cloud's full id of the VM; empty if the row holds none
 * @param group the resource group, zone or the like; may be empty
 * @param name the VM's name within the group; may be empty
 */
public record CloudAddress(String resourceId, String group, String name) {

    /**
     * Checks that there is something to find the VM by.
     *
     * @param resourceId the cloud's full id of the VM; empty if the row holds none
     * @param group the resource group, zone or the like; may be empty
     * @param name the VM's name within the group; may be empty
     * @throws IllegalArgumentException if both the resource id and the name are blank
     */
    public CloudAddress {
        if (resourceId.isBlank() && name.isBlank()) {
            throw new IllegalArgumentException("an address needs a resource id or a name");
        }
    }

    /**
     * An address by the cloud's full id alone.
     *
     * @param resourceId the cloud's full id of the VM; not blank
     * @return an address without group and name
     * @throws IllegalArgumentException if it is blank
     */
    public static CloudAddress ofResourceId(String resourceId) {
        return new CloudAddress(resourceId, "", "");
    }

    /**
     * An address by group and name.
     *
     * @param group the resource group, zone or the like; may be empty
     * @param name the VM's name within the group; not blank
     * @return an address without a resource id
     * @throws IllegalArgumentException if the name is blank
     */
    public static CloudAddress ofName(String group, String name) {
        return new CloudAddress("", group, name);
    }

    @Override
    public String toString() {
        return resourceId.isBlank() ? group + "/" + name : resourceId;
    }
}
