package com.berryfi.vmsync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.testkit.Samples;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the hashes of the audit tell apart, and that they stay what they are. */
class AuditHashTest {

    private static final List<@Nullable Object> VALUES =
            AuditTable.values(Samples.audit(Samples.inUse("vm-1"), "rule-1"));

    /** A hash that is stored must be found again by every later release: a change of this is a new format. */
    @Test
    void theFormatIsWhatItWas() {
        assertThat(AuditHash.link(AuditHash.NONE, "session/s-vm-1", 1, AuditHash.content(VALUES)))
                .isEqualTo("1:993cff1dcddd64f74313dd35beb5033f58f0a3b3145b16556dc50a069780b189");
        assertThat(AuditHash.content(
                        Arrays.asList("é😀", null, "", LocalDateTime.of(2026, 11, 1, 12, 0, 0, 1_000_000))))
                .isEqualTo("13b36ca3b6415c6d39aeaf7be31c5dfaee2c34bc6712d56ad05e1c77c685be53");
    }

    @Test
    void everyColumnCounts() {
        assertThat(VALUES).hasSize(AuditTable.COLUMNS.split(",", -1).length);
        String content = AuditHash.content(VALUES);
        IntStream.range(0, VALUES.size()).forEach(i -> {
            List<@Nullable Object> changed = new ArrayList<>(VALUES);
            changed.set(i, "another");
            assertThat(AuditHash.content(changed)).as("column %s", i).isNotEqualTo(content);
        });
    }

    @Test
    void everythingOfALinkCounts() {
        String link = AuditHash.link("previous", "chain", 2, "content");

        assertThat(link)
                .isEqualTo(AuditHash.link("previous", "chain", 2, "content"))
                .isNotEqualTo(AuditHash.link("another", "chain", 2, "content"))
                .isNotEqualTo(AuditHash.link("previous", "another", 2, "content"))
                .isNotEqualTo(AuditHash.link("previous", "chain", 3, "content"))
                .isNotEqualTo(AuditHash.link("previous", "chain", 2, "another"));
    }

    @Test
    void valuesDoNotRunIntoOneAnother() {
        List<List<@Nullable Object>> different = List.of(
                Arrays.asList("a", "b"),
                Arrays.asList("ab", ""),
                Arrays.asList("", "ab"),
                Arrays.asList("ab", null),
                Arrays.asList(null, "ab"),
                Arrays.asList("ab"),
                Arrays.asList("a\n", "b"),
                Arrays.asList("a", "\nb"),
                Arrays.asList("a,b"),
                Arrays.asList((Object) null),
                Arrays.asList(""),
                Arrays.asList("null"),
                Arrays.asList("\u0000"));

        assertThat(different.stream().map(AuditHash::content)).doesNotHaveDuplicates();
    }

    @Test
    void halfASurrogatePairIsWhatTheDatabaseHoldsOfIt() {
        assertThat(AuditHash.content(List.of("a\uD83D"))).isEqualTo(AuditHash.content(List.of("a?")));
    }

    @Test
    void whatNoColumnHoldsIsRefused() {
        assertThatThrownBy(() -> AuditHash.content(List.of(1.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Double");
    }
}
