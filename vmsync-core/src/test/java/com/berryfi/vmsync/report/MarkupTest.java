package com.berryfi.vmsync.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkupTest {

    private final StringBuilder out = new StringBuilder();
    private final Markup markup = new Markup(out);

    @Test
    void textAndValuesAreEscaped() throws IOException {
        markup.open("p", "title", "\"<'&>").text("<b>&amp;'\"</b>").close();

        assertThat(out)
                .hasToString("<p title=\"&quot;&lt;&#39;&amp;&gt;\">&lt;b&gt;&amp;amp;&#39;&quot;&lt;/b&gt;</p>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "p onload", "p>", "a\"b", "é"})
    void onlyWordsAreNamesOfElementsAndAttributes(String name) {
        assertThatThrownBy(() -> markup.open(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> markup.open("p", name, "value")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAttributeNeedsAValue() {
        assertThatThrownBy(() -> markup.empty("p", "class"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("class");
    }

    @Test
    void aStyleSheetCannotEndItself() {
        assertThatThrownBy(() -> markup.style("p { } </style><script>")).isInstanceOf(IllegalArgumentException.class);
    }
}
