package com.berryfi.vmsync.benchmarks;

import com.azure.json.JsonProviders;
import com.azure.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What was measured, by name, and what was asked of it. A name ends with its unit. Not thread-safe. */
final class Figures {

    /**
     * Something that was asked of a figure.
     *
     * @param what in words, with the limit
     * @param held whether it came true
     * @param found the figure
     */
    record Check(String what, boolean held, double found) {
        @Override
        public String toString() {
            return (held ? "held    " : "NOT HELD ") + what + ": " + plain(found);
        }
    }

    private final Map<String, Double> values = new LinkedHashMap<>();
    private final List<Check> checks = new ArrayList<>();

    void put(String name, Number value) {
        values.put(name, value.doubleValue());
    }

    /**
     * A figure that was put before.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    double of(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no figure " + name + " among " + values.keySet());
        }
        return value;
    }

    void atMost(String name, double limit) {
        check(name + " <= " + plain(limit), of(name) <= limit, of(name));
    }

    void atLeast(String name, double limit) {
        check(name + " >= " + plain(limit), of(name) >= limit, of(name));
    }

    void exactly(String name, double wanted) {
        check(name + " = " + plain(wanted), of(name) == wanted, of(name));
    }

    private void check(String what, boolean held, double found) {
        checks.add(new Check(what, held, found));
    }

    List<Check> checks() {
        return List.copyOf(checks);
    }

    /** The last line: whether all checks held, and the figures that they were about. */
    String verdict() {
        boolean held = !checks.isEmpty() && checks.stream().allMatch(Check::held);
        return "BENCHMARK " + (held ? "OK" : "FAILED") + " "
                + checks.stream()
                        .map(check -> check.what() + " (" + plain(check.found()) + (check.held() ? ")" : ", NOT HELD)"))
                        .collect(Collectors.joining(" · "));
    }

    boolean allHeld() {
        return verdict().startsWith("BENCHMARK OK");
    }

    void write(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                JsonWriter json = JsonProviders.createWriter(out)) {
            json.writeStartObject();
            json.writeMapField("figures", values, JsonWriter::writeDouble);
            json.writeArrayField(
                    "checks",
                    checks,
                    (to, check) -> to.writeStartObject()
                            .writeStringField("what", check.what())
                            .writeBooleanField("held", check.held())
                            .writeDoubleField("found", check.found())
                            .writeEndObject());
            json.writeEndObject();
        }
    }

    /** Without needless digits. */
    static String plain(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%,.3f", value);
    }
}
