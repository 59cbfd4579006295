package com.berryfi.vmsync.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Alert;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The Prometheus rules, the Grafana dashboard and the page of metrics name what is exported, and nothing else. */
class MonitoringFilesTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern METRIC = Pattern.compile("vmsync_[a-z_]+");
    private static final Pattern SELECTED = Pattern.compile("(vmsync_[a-z_]+)\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(=~|!=|!~|=)\"([^\"]*)\"");
    private static final Pattern GROUPED =
            Pattern.compile("by \\(([a-z_, ]+)\\) \\(([^()]*(?:\\([^()]*\\))?[^()]*)\\)");
    private static final Pattern SHOWN = Pattern.compile("\\{\\{ ?\\$labels\\.([a-z_]+) ?}}");
    private static final Pattern LEGEND = Pattern.compile("\\{\\{([a-z_]+)}}");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(vmsync_[a-z_]+)` \\|([^|]*)\\|");

    /**
     * What is asked of Prometheus, and what of the answer is shown.
     *
     * @param shown labels
     */
    private record Query(String where, String expression, Set<String> shown) {}

    private static Scrape scrape() {
        Measured measured = new Measured();
        Scrape[] scrape = new Scrape[1];
        measured.application().run(context -> {
            measured.anEventfulHour();
            scrape[0] = measured.scrape();
        });
        return scrape[0];
    }

    private static List<Map<String, Object>> rules() throws IOException {
        Map<String, List<Map<String, List<Map<String, Object>>>>> file =
                new Yaml().load(Files.readString(DOCS.resolve("monitoring/prometheus-rules.yml")));
        return file.values().stream()
                .flatMap(List::stream)
                .flatMap(group -> group.entrySet().stream())
                .filter(entry -> entry.getKey().equals("rules"))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Query> queries() throws IOException {
        List<Query> queries = new ArrayList<>();
        rules().forEach(rule -> queries.add(new Query(
                "rule " + rule.get("alert"),
                String.valueOf(rule.get("expr")),
                all(SHOWN, rule.get("labels") + " " + rule.get("annotations")))));
        new ObjectMapper()
                .readTree(Files.readString(DOCS.resolve("monitoring/grafana-dashboard.json")))
                .get("panels")
                .forEach(panel -> panel.get("targets")
                        .forEach(target -> queries.add(new Query(
                                "panel " + panel.get("title").asText(),
                                target.get("expr").asText(),
                                all(LEGEND, target.get("legendFormat").asText())))));
        return queries;
    }

    private static Set<String> grouping(String labels) {
        return Stream.of(labels.split(",")).map(String::strip).collect(Collectors.toSet());
    }

    @Test
    void everyMetricLabelAndValueIsExported() throws IOException {
        Scrape scrape = scrape();
        assertThat(queries()).hasSizeGreaterThan(40).allSatisfy(query -> {
            List<String> names = METRIC.matcher(query.expression())
                    .results()
                    .map(MatchResult::group)
                    .toList();
            assertThat(names).as(query.where()).isNotEmpty();
            assertThat(scrape.names()).as(query.where()).containsAll(names);
            SELECTED.matcher(query.expression()).results().forEach(selected -> {
                Map<String, Set<String>> labels = scrape.labels(selected.group(1));
                MATCHER.matcher(selected.group(2)).results().forEach(matcher -> {
                    assertThat(labels).as(query.where()).containsKey(matcher.group(1));
                    assertThat(labels.get(matcher.group(1)))
                            .as(query.where())
                            .anyMatch(value -> value.matches(matcher.group(3)));
                });
            });
        });
    }

    @Test
    void everyLabelThatIsGroupedByOrShownIsOneOfItsMetric() throws IOException {
        Scrape scrape = scrape();
        assertThat(queries()).allSatisfy(query -> {
            Set<String> kept = new TreeSet<>();
            GROUPED.matcher(query.expression()).results().forEach(grouped -> {
                Set<String> labels = grouping(grouped.group(1));
                kept.addAll(labels);
                METRIC.matcher(grouped.group(2))
                        .results()
                        .forEach(metric -> assertThat(
                                        scrape.labels(metric.group()).keySet())
                                .as(query.where())
                                .containsAll(labels));
            });
            assertThat(kept.isEmpty())
                    .as(query.where())
                    .isEqualTo(!query.expression().contains("by ("));
            assertThat(kept).as(query.where()).containsAll(query.shown());
        });
    }

    @Test
    void eachAlertHasARule() throws IOException {
        assertThat(rules())
                .extracting(rule -> String.valueOf(rule.get("expr")))
                .containsAll(Stream.of(Alert.Kind.values())
                        .map(kind -> "sum by (kind, level) (vmsync_alerts{kind=\"" + EnumTag.of(kind) + "\"}) > 0")
                        .toList());
    }

    @Test
    void thePageOfMetricsNamesEachWithItsLabels() throws IOException {
        Scrape scrape = scrape();
        String page = Files.readString(DOCS.resolve("operating.md"));
        Set<String> told = new TreeSet<>();
        ROW.matcher(page).results().forEach(row -> {
            told.add(row.group(1));
            assertThat(all(Pattern.compile("`([a-z_]+)`"), row.group(2)))
                    .as(row.group(1))
                    .isEqualTo(scrape.labels(row.group(1)).keySet());
        });
        Set<String> exported = scrape.names();
        exported.removeIf(name -> name.endsWith("_seconds_sum") || name.endsWith("_seconds_max"));
        assertThat(told).isEqualTo(exported);
    }
}
