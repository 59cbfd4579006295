package com.berryfi.vmsync.azure.limit;

import java.time.Duration;

/** In which way VMs of a scope are best read. */
public final class ReadPlan {

    /** A way to read. */
    public enum Way {
        /** The subscription's list, page by page. */
        LIST,
        /** Each VM by itself. */
        ONE_BY_ONE,
        /** The list from the index, which may be behind. */
        INDEX,
        /** Not now: no limit leaves enough. */
        NOT_NOW
    }

    /**
     * What a way would take.
     *
     * @param calls how many calls
     * @param burden which part of what is left of the shortest limit
     * @param openIn how long until the limits permit all of them
     */
    public record Price(long calls, double burden, Duration openIn) {}

    /** Which part of what is left may be taken without a thought. */
    private static final double NEAR = 0.1;

    private ReadPlan() {}

    /**
     * Chooses the way that takes fewer calls or, where a limit is near, the smaller part of what is left, of those that the limits
     * permit in time; the index only where neither does.
     *
     * @param list of the list
     * @param oneByOne of as many direct reads as VMs are wanted
     * @param index of the list from the index
     * @param mayOneByOne whether it may be read one by one
     * @param mayIndex whether the index may be read
     * @param atMost how long the read may take
     * @return the way to read; {@link Way#NOT_NOW} if the limits permit none of them in time
     */
    public static Way choose(
            Price list, Price oneByOne, Price index, boolean mayOneByOne, boolean mayIndex, Duration atMost) {
        boolean listInTime = list.openIn().compareTo(atMost) <= 0;
        boolean oneByOneInTime = mayOneByOne && oneByOne.openIn().compareTo(atMost) <= 0;
        if (oneByOneInTime && (!listInTime || isCheaper(oneByOne, list))) {
            return Way.ONE_BY_ONE;
        }
        if (listInTime) {
            return Way.LIST;
        }
        return mayIndex && index.openIn().compareTo(atMost) <= 0 ? Way.INDEX : Way.NOT_NOW;
    }

    /** While the limits are far, the fewer calls, and of as many the list, which also says what else is there. */
    private static boolean isCheaper(Price one, Price list) {
        boolean far = list.burden() < NEAR && one.burden() < NEAR;
        return far ? one.calls() < list.calls() : one.burden() < list.burden();
    }
}
