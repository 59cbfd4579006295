package com.berryfi.vmsync.azure.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Scope;
import org.junit.jupiter.api.Test;

/** Sizes of lists and pages are learned, for each scope by itself. */
class ListSizesTest {

    private static final Scope ONE = new Scope("azure", "tenant", "client", "sub-1");
    private static final Scope OTHER = new Scope("azure", "tenant", "client", "sub-2");

    private final ListSizes sizes = new ListSizes();

    @Test
    void nothingIsAssumed() {
        assertThat(sizes.of(ONE)).isEmpty();
    }

    @Test
    void aListTakesAsManyPagesAsItsFullestOneSays() {
        sizes.note(ONE, 950, 100);
        assertThat(pages()).isEqualTo(10);
        assertThat(sizes.of(OTHER)).isEmpty();

        sizes.note(ONE, 950, 50);
        assertThat(pages()).as("Azure's pages became smaller").isEqualTo(19);
    }

    @Test
    void aListThatFitsAPageSaysNothingOfHowManyItHolds() {
        sizes.note(ONE, 250, 100);
        sizes.note(ONE, 3, 3);
        assertThat(pages()).isEqualTo(1);
        assertThat(sizes.of(ONE).orElseThrow().aPage()).isEqualTo(100);
    }

    @Test
    void anEmptyListTakesAPage() {
        sizes.note(ONE, 0, 0);
        assertThat(pages()).isEqualTo(1);
    }

    private int pages() {
        return sizes.of(ONE).orElseThrow().pages();
    }
}
