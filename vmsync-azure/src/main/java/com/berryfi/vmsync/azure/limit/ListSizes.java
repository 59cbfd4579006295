package com.berryfi.vmsync.azure.limit;

import com.berryfi.vmsync.model.Scope;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;

/** How long the lists of scopes are, and their pages: learned from each list, for Azure documents neither. Thread-safe. */
public final class ListSizes {

    private static final int MOST_SCOPES = 10_000;

    /**
     * What a scope's last whole list was like.
     *
     * @param machines how many it named
     * @param aPage how many its fullest page held
     */
    public record Size(int machines, int aPage) {

        /** {@return how many pages such a list takes; 1 at least} */
        public int pages() {
            return Math.max(1, (machines + aPage - 1) / Math.max(1, aPage));
        }
    }

    private final Cache<Scope, Size> sizes =
            Caffeine.newBuilder().maximumSize(MOST_SCOPES).build();

    /**
     * {@return what the scope's last whole list was like; empty before its first}
     *
     * @param scope the scope
     */
    public Optional<Size> of(Scope scope) {
        return Optional.ofNullable(sizes.getIfPresent(scope));
    }

    /**
     * Notes a whole list. One that fits a page says less of pages than one before that did not.
     *
     * @param scope the scope that was listed
     * @param machines how many the list named
     * @param fullestPage how many machines its fullest page held
     */
    public void note(Scope scope, int machines, int fullestPage) {
        sizes.asMap()
                .merge(
                        scope,
                        new Size(machines, fullestPage),
                        (before, now) -> now.machines() > now.aPage()
                                ? now
                                : new Size(machines, Math.max(before.aPage(), fullestPage)));
    }
}
