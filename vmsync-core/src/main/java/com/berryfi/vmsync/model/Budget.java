package com.berryfi.vmsync.model;

import java.util.List;

/**
 * What has been spent under the brakes of late.
 *
 * @param version changes with every spending; who spends names the one it has seen
 * @param spent oldest first
 */
public record Budget(long version, List<Spending> spent) {

    /**
     * Copies the list: later changes of it are not seen here.
     *
     * @param version changes with every spending
     * @param spent oldest first
     */
    public Budget {
        spent = List.copyOf(spent);
    }
}
