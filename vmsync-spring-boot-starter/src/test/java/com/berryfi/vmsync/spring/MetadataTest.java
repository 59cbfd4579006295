package com.berryfi.vmsync.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.azure.AzureCloudStatus;
import com.berryfi.vmsync.azure.AzureCredentials;
import com.berryfi.vmsync.jdbc.HostTables;
import com.berryfi.vmsync.jdbc.JdbcSettings;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What editors show of the settings, what the documents say of them, and what the modules read, is the same. */
class MetadataTest {

    private static final String NONE = "none";
    private static final Path ROOT = Path.of("..");
    private static final Pattern SHORT_ROW = Pattern.compile("(?m)^\\| `([a-z.-]+)` \\| `?([^|`]+)`? \\| (.+) \\|$");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([a-z.-]+)` \\| ([^|`]*) ?\\| `?([^|`]+)`? \\| ([a-z]+) \\| (.+) \\|$");

    private final JsonNode metadata = metadata();

    private static JsonNode metadata() {
        try (InputStream in = MetadataTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> defaultsOfMetadata() {
        Map<String, String> defaults = new TreeMap<>();
        metadata.get("properties")
                .forEach(property -> defaults.put(
                        property.get("name").asText(),
                        property.path("defaultValue").asText(NONE)));
        // Those of the endpoint are Spring Boot's.
        defaults.keySet().removeIf(name -> name.startsWith("management.endpoint.vmsync."));
        return defaults;
    }

    private static List<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(ROOT.resolve("docs").resolve("settings.md")))
                .results()
                .toList();
    }

    private static Map<String, String> defaultsOfThePage() throws IOException {
        Map<String, String> defaults = new TreeMap<>();
        for (MatchResult row : rows()) {
            assertThat(defaults.put(SyncSettings.PREFIX + row.group(1), row.group(3)))
                    .as(row.group(1))
                    .isNull();
        }
        return defaults;
    }

    private static Map<String, String> defaultsOfReadme() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        String settings = readme.substring(readme.indexOf("## Settings"), readme.indexOf("## Where things are"));
        Map<String, String> defaults = new TreeMap<>();
        SHORT_ROW
                .matcher(settings)
                .results()
                .forEach(row -> defaults.put(SyncSettings.PREFIX + row.group(1), row.group(2)));
        return defaults;
    }

    private static Set<String> known() {
        Set<String> keys = new TreeSet<>(SyncSettings.keys());
        keys.addAll(AzureCloudStatus.keys());
        keys.addAll(JdbcSettings.keys());
        keys.addAll(AlertSettings.keys());
        keys.addAll(OrderSettings.keys());
        return keys;
    }

    @Test
    void thePageTheMetadataAndTheModulesKnowTheSameSettings() throws IOException {
        assertThat(defaultsOfMetadata().keySet()).isEqualTo(known());
        assertThat(defaultsOfThePage().keySet()).isEqualTo(known());
    }

    @Test
    void thePageAndTheMetadataNameTheSameDefaults() throws IOException {
        assertThat(defaultsOfMetadata()).isEqualTo(defaultsOfThePage());
    }

    @Test
    void theReadmeSaysOfSomeWhatThePageSays() throws IOException {
        assertThat(defaultsOfReadme()).hasSizeGreaterThanOrEqualTo(5);
        assertThat(defaultsOfThePage()).containsAllEntriesOf(defaultsOfReadme());
    }

    @Test
    void thePageNamesTheUnitAndTheModule() throws IOException {
        for (MatchResult row : rows()) {
            String key = row.group(1);
            String unit = row.group(2).strip();
            assertThat(row.group(4)).as(key).isEqualTo(module(SyncSettings.PREFIX + key));
            if (key.endsWith(".seconds")) {
                assertThat(unit).as(key).isEqualTo("s");
            } else if (key.endsWith(".percent")) {
                assertThat(unit).as(key).isEqualTo("%");
            } else {
                assertThat(unit.isEmpty()).as(key).isNotEqualTo(row.group(3).matches("\\d+"));
            }
        }
    }

    private static String module(String key) {
        if (AzureCloudStatus.keys().contains(key)) {
            return "azure";
        }
        if (AlertSettings.keys().contains(key) || OrderSettings.keys().contains(key)) {
            return "spring";
        }
        return JdbcSettings.keys().contains(key) ? "jdbc" : "core";
    }

    @Test
    void theDefaultsAreThoseOfTheModules() {
        Map<String, String> written = new HashMap<>(defaultsOfMetadata());
        written.values().removeIf(NONE::equals);

        assertThat(SyncSettings.from(written)).isEqualTo(SyncSettings.defaults());
        assertThat(JdbcSettings.from(written)).isEqualTo(JdbcSettings.from(Map.of()));
        assertThatCode(() -> read(written)).doesNotThrowAnyException();
    }

    @Test
    void everyChoiceThatIsOfferedIsReadAndNoOther() {
        assertThat(metadata.get("hints")).isNotEmpty();
        metadata.get("hints").forEach(hint -> {
            String name = hint.get("name").asText();
            Set<String> offered = new TreeSet<>();
            hint.get("values").forEach(value -> offered.add(value.get("value").asText()));

            assertThat(offered).allSatisfy(value -> read(Map.of(name, value)));
            assertThatThrownBy(() -> read(Map.of(name, "something-else")))
                    .hasMessage(name + ": must be one of " + offered + ", is 'something-else'");
        });
    }

    @Test
    void everySettingSaysWhatItIsForAndInWhichUnit() {
        metadata.get("properties").forEach(property -> {
            String name = property.get("name").asText();
            String description = property.path("description").asText();
            assertThat(description).as(name).endsWith(".");
            assertThat(property.get("type").asText()).as(name).isNotBlank();
            if (name.endsWith(".seconds")) {
                assertThat(description).as(name).contains("in seconds");
            }
            if (name.endsWith(".percent")) {
                assertThat(description).as(name).contains("in percent");
            }
        });
    }

    /** By whichever module's it is. */
    private static void read(Map<String, String> settings) {
        Map<String, String> zoned = new HashMap<>(settings);
        zoned.putIfAbsent("azure.status.sync.jdbc.zone", "UTC");
        SyncSettings.from(zoned);
        HostTables.from(zoned);
        JdbcSettings.from(zoned);
        AzureCloudStatus.builder(AzureCredentials.defaultChain()).withSettings(zoned);
    }
}
