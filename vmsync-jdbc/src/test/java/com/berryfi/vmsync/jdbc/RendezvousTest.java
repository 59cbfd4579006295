package com.berryfi.vmsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RendezvousTest {

    private static final List<String> WORK =
            IntStream.range(0, 600).mapToObj(i -> "quick/azure/t/p/sub-" + i).toList();

    @Test
    void nobodyOwnsAnythingWhereNobodyIs() {
        assertThat(Rendezvous.owner("quick", List.of())).isEmpty();
    }

    @Test
    void eachHasAboutItsShareInWhateverOrderTheyAreNamed() {
        Map<String, Long> shares = owners(List.of("seat/1", "seat/2", "seat/3")).values().stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(shares)
                .hasSize(3)
                .allSatisfy((seat, share) -> assertThat(share).isBetween(150L, 250L));
        assertThat(owners(List.of("seat/3", "seat/1", "seat/2")))
                .isEqualTo(owners(List.of("seat/1", "seat/2", "seat/3")));
    }

    @Test
    void whoLeavesMovesHisOwnWorkAndNoOther() {
        Map<String, String> before = owners(List.of("seat/1", "seat/2", "seat/3"));
        Map<String, String> after = owners(List.of("seat/1", "seat/3"));

        assertThat(WORK).allSatisfy(work -> {
            if ("seat/2".equals(before.get(work))) {
                assertThat(after.get(work)).isIn("seat/1", "seat/3");
            } else {
                assertThat(after.get(work)).isEqualTo(before.get(work));
            }
        });
    }

    private static Map<String, String> owners(List<String> members) {
        return WORK.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        work -> Rendezvous.owner(work, members).orElseThrow()));
    }
}
