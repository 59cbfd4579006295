package com.berryfi.vmsync.spring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What Prometheus is given, as it would read it. */
final class Scrape {

    private static final Pattern LINE = Pattern.compile("(?m)^(vmsync_[a-z_]+)(?:\\{(.*)})? (\\S+)$");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

    /** One line of it. */
    record Sample(String name, Map<String, String> labels, double value) {}

    private final List<Sample> samples = new ArrayList<>();

    Scrape(String text) {
        Matcher lines = LINE.matcher(text);
        while (lines.find()) {
            Map<String, String> labels = new HashMap<>();
            if (lines.group(2) != null) {
                LABEL.matcher(lines.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
            }
            samples.add(new Sample(lines.group(1), labels, Double.parseDouble(lines.group(3))));
        }
    }

    List<Sample> samples() {
        return samples;
    }

    Set<String> names() {
        return samples.stream().map(Sample::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The labels of a metric, each with the values it has. */
    Map<String, Set<String>> labels(String name) {
        Map<String, Set<String>> labels = new HashMap<>();
        samples.stream()
                .filter(sample -> sample.name().equals(name))
                .forEach(sample -> sample.labels()
                        .forEach((label, value) -> labels.computeIfAbsent(label, any -> new TreeSet<>())
                                .add(value)));
        return labels;
    }

    /** The one sample with a name and labels. */
    double value(String name, String... labels) {
        Map<String, String> wanted = new HashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            wanted.put(labels[i], labels[i + 1]);
        }
        List<Sample> found = samples.stream()
                .filter(sample ->
                        sample.name().equals(name) && sample.labels().entrySet().containsAll(wanted.entrySet()))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " are " + name + wanted + " of " + names());
        }
        return found.get(0).value();
    }
}
