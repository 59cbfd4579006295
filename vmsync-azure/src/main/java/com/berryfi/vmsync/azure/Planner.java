package com.berryfi.vmsync.azure;

import com.berryfi.vmsync.azure.limit.ArmCall;
import com.berryfi.vmsync.azure.limit.Governor;
import com.berryfi.vmsync.azure.limit.ListSizes;
import com.berryfi.vmsync.azure.limit.ReadPlan;
import com.berryfi.vmsync.azure.limit.ReadPlan.Price;
import com.berryfi.vmsync.azure.limit.ReadPlan.Way;
import com.berryfi.vmsync.model.Scope;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/** Which way a scope is read now, by what is known of its list and its limits. Thread-safe. */
final class Planner {

    private static final int MOST_SCOPES = 10_000;

    /** A machine that cannot be read by itself must not keep a scope from being read whole. */
    private static final Duration LISTED_AFTER_FAILURE = Duration.ofMinutes(10);

    /** The index refuses a scope that it does not serve; it may some day. */
    private static final Duration WITHOUT_INDEX = Duration.ofHours(24);

    /**
     * A way, and how long to wait if it is none.
     *
     * @param openIn until the first of the ways is open; zero if one is
     */
    record Choice(Way way, Duration openIn) {}

    private final Governor governor;
    private final ListSizes sizes;
    private final boolean useIndex;
    private final Cache<Scope, Boolean> listed;
    private final Cache<Scope, Boolean> withoutIndex;

    Planner(Governor governor, ListSizes sizes, boolean useIndex, Ticker ticker) {
        this.governor = governor;
        this.sizes = sizes;
        this.useIndex = useIndex;
        this.listed = kept(LISTED_AFTER_FAILURE, ticker);
        this.withoutIndex = kept(WITHOUT_INDEX, ticker);
    }

    private static Cache<Scope, Boolean> kept(Duration atMost, Ticker ticker) {
        return Caffeine.newBuilder()
                .maximumSize(MOST_SCOPES)
                .expireAfterWrite(atMost)
                .ticker(ticker)
                .build();
    }

    Choice choose(Scope scope, int wanted, Call call) {
        int pages = sizes.of(scope).map(ListSizes.Size::pages).orElse(1);
        Price list = price(scope, ArmCall.Kind.LIST_PAGE, pages, call);
        Price oneByOne = price(scope, ArmCall.Kind.DIRECT_READ, wanted, call);
        Price index = price(scope, ArmCall.Kind.INDEX_PAGE, pages, call);
        boolean mayOneByOne = wanted > 0 && listed.getIfPresent(scope) == null;
        boolean mayIndex = useIndex && withoutIndex.getIfPresent(scope) == null;
        Way way = ReadPlan.choose(list, oneByOne, index, mayOneByOne, mayIndex, call.atMost());
        Duration wait =
                mayOneByOne && oneByOne.openIn().compareTo(list.openIn()) < 0 ? oneByOne.openIn() : list.openIn();
        return new Choice(way, way == Way.NOT_NOW ? wait : Duration.ZERO);
    }

    /** Notes that a scope could not be read one by one. */
    void noteNotOneByOne(Scope scope) {
        listed.put(scope, true);
    }

    /** Notes that the index does not serve a scope. */
    void noteWithoutIndex(Scope scope) {
        withoutIndex.put(scope, true);
    }

    private Price price(Scope scope, ArmCall.Kind kind, int calls, Call call) {
        return new Price(
                calls, governor.burden(scope, kind, calls), governor.until(scope, kind, calls, call.leavesReserve()));
    }
}
