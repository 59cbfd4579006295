package com.berryfi.vmsync.azure.limit;

import com.berryfi.vmsync.model.Scope;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One call of Azure Resource Manager, as the limits see it.
 *
 * @param scope in which subscription, by which principal
 * @param kind what is asked
 * @param machine the machine's resource id in lower case; empty of a page of a list
 */
public record ArmCall(Scope scope, Kind kind, String machine) {

    /** What is asked. */
    public enum Kind {
        /** A page of a list of all machines of a subscription. */
        LIST_PAGE(RateLimit.ARM_READS, RateLimit.LISTS),
        /** A page of the same list, answered from the index. */
        INDEX_PAGE(RateLimit.ARM_READS, RateLimit.INDEX_LISTS),
        /** One machine read by itself. */
        DIRECT_READ(RateLimit.ARM_READS, RateLimit.DIRECT_READS, RateLimit.DIRECT_READS_OF_ONE),
        /** One machine deallocated. */
        DEALLOCATION(RateLimit.ARM_WRITES, RateLimit.DEALLOCATIONS, RateLimit.DEALLOCATIONS_OF_ONE);

        @SuppressWarnings("ImmutableEnumChecker") // made by List.of
        private final List<RateLimit> limits;

        Kind(RateLimit... limits) {
            this.limits = List.of(limits);
        }

        /**
         * {@return the limits that such a call counts for: the first is Resource Manager's, the second that of the service that answers}
         */
        public List<RateLimit> limits() {
            return limits;
        }
    }

    private static final String MACHINES = "/virtualmachines";

    /**
     * The call that a request makes.
     *
     * @param scope in which it is made
     * @param method of HTTP
     * @param path of its address
     * @param query of its address; null if it has none
     * @return the call; what names a machine is a deallocation if it posts, else a direct read, and all else is a page of a list
     */
    public static ArmCall of(Scope scope, String method, String path, @Nullable String query) {
        String lower = path.toLowerCase(Locale.ROOT);
        int machines = lower.indexOf(MACHINES + "/");
        if (machines < 0) {
            boolean index = query != null && query.toLowerCase(Locale.ROOT).contains("useresourcegraph=true");
            return new ArmCall(scope, index ? Kind.INDEX_PAGE : Kind.LIST_PAGE, "");
        }
        int end = lower.indexOf('/', machines + MACHINES.length() + 1);
        String machine = end < 0 ? lower : lower.substring(0, end);
        return new ArmCall(scope, method.equalsIgnoreCase("POST") ? Kind.DEALLOCATION : Kind.DIRECT_READ, machine);
    }
}
