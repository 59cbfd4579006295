package com.berryfi.vmsync.azure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** Spoils the body of a good answer, each time in another way. */
final class MutantBodies {

    /** The body, spoilt, and how. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Spoilt(String how, byte[] body) {}

    private static final int WAYS = 16;
    private static final Pattern VALUE = Pattern.compile("(?<=:)(\"[^\"]*\"|[\\[{])");
    private static final Pattern FIELD = Pattern.compile("\"[A-Za-z]+\"(?=:)");
    private static final List<String> OTHER_VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e999",
            "9".repeat(2_000),
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "{\"\":{}}",
            "\"\"",
            "NaN",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "'x'",
            "undefined");
    private static final List<String> OTHER_CODES = List.of(
            "PowerState/dreaming",
            "PowerState/",
            "powerstate",
            "PowerState/running/",
            "PowerState/RUNNING",
            "PowerState/unknown",
            "ProvisioningState/failed",
            "PowerState/\\u0000",
            "/",
            "");
    private static final List<Charset> OTHER_ENCODINGS = List.of(
            StandardCharsets.UTF_16,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE,
            Charset.forName("UTF-32"),
            Charset.forName("IBM037"));

    private final SplittableRandom random;
    private final String endpoint;
    private final String elsewhere;

    /**
     * @param endpoint where ARM is
     * @param elsewhere where it is not
     */
    MutantBodies(SplittableRandom random, String endpoint, String elsewhere) {
        this.random = random;
        this.endpoint = endpoint;
        this.elsewhere = elsewhere;
    }

    Spoilt of(String good) {
        byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(WAYS)) {
            case 0 -> new Spoilt("truncated", part(bytes, 0, random.nextInt(bytes.length)));
            case 1 -> new Spoilt("bytes changed", changed(bytes));
            case 2 -> new Spoilt("bytes left out", without(bytes));
            case 3 -> new Spoilt("bytes doubled", doubled(bytes));
            case 4 -> text("a value of another type", replacedOne(VALUE, good, pick(OTHER_VALUES)));
            case 5 ->
                text(
                        "a field of another name",
                        replacedOne(FIELD, good, "\"" + "x".repeat(random.nextInt(100)) + "\""));
            case 6 ->
                text(
                        "a field twice",
                        replacedOne(
                                VALUE,
                                good,
                                pick(OTHER_VALUES) + ","
                                        + pick(List.of("\"value\"", "\"id\"", "\"instanceView\"", "\"statuses\"")) + ":"
                                        + pick(OTHER_VALUES)));
            case 7 ->
                text("an unknown code", replacedOne(Pattern.compile("PowerState/running"), good, pick(OTHER_CODES)));
            case 8 -> text("huge string", replacedOne(VALUE, good, "\"" + "y".repeat(size()) + "\""));
            case 9 ->
                text(
                        "huge array",
                        replacedOne(
                                VALUE,
                                good,
                                "[" + (pick(List.of("{}", "1", "\"a\"", "null", "[]")) + ",").repeat(size() / 4)
                                        + "0]"));
            case 10 -> text("deep", replacedOne(VALUE, good, deep()));
            case 11 -> encoded(good);
            case 12 ->
                new Spoilt(
                        "no UTF-8",
                        inserted(bytes, new byte[] {(byte) 0xc3, 0x28, (byte) 0xff, (byte) 0xfe, (byte) 0x80}));
            case 13 -> text("next page", linked(good, nextLink()));
            case 14 -> text("more behind it", good + pick(List.of(good, "]", "}", "\0", "<html>", "{}")));
            default ->
                text(
                        "nothing",
                        pick(List.of(
                                "",
                                " ",
                                "null",
                                "[]",
                                "{}",
                                "0",
                                "\"\"",
                                "{\"value\":[]",
                                "{\"value\":null}",
                                "{\"value\":[null]}",
                                "{\"value\":[[]]}",
                                "<xml/>")));
        };
    }

    private Spoilt encoded(String good) {
        if (random.nextInt(4) == 0) {
            return new Spoilt("in gzip", zipped(good));
        }
        if (random.nextInt(4) == 0) {
            return text("with a byte order mark", "\ufeff" + good);
        }
        Charset charset = OTHER_ENCODINGS.get(random.nextInt(OTHER_ENCODINGS.size()));
        return new Spoilt("in " + charset, good.getBytes(charset));
    }

    private String nextLink() {
        String path = "/subscriptions/" + SimulatedAzure.SUBSCRIPTION + "/providers/Microsoft.Compute/virtualMachines";
        return pick(List.of(
                endpoint + path + "?page=" + random.nextLong(),
                elsewhere + path,
                elsewhere + "/",
                endpoint.replace("https:", "http:") + path,
                endpoint.replace("https://", "https://x@") + path,
                "//" + elsewhere.replace("https://", "") + path,
                path,
                "file:///etc/hostname",
                "https://",
                "https://[::",
                "?",
                " ",
                "z".repeat(100_000)));
    }

    private String deep() {
        int depth = 1 << random.nextInt(6, 17);
        return random.nextBoolean()
                ? "[".repeat(depth) + "]".repeat(depth)
                : "{\"properties\":".repeat(depth) + "0" + "}".repeat(depth);
    }

    /** Mostly small, for the time it takes; now and then more than is let in. */
    private int size() {
        return random.nextInt(400) == 0 ? 17 << 20 : 1 << random.nextInt(8, 17);
    }

    private byte[] changed(byte[] bytes) {
        byte[] changed = bytes.clone();
        for (int i = random.nextInt(1, 8); i > 0; i--) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        return changed;
    }

    private byte[] without(byte[] bytes) {
        int from = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, from + random.nextInt(1, 200));
        return joined(part(bytes, 0, from), part(bytes, to, bytes.length));
    }

    private byte[] doubled(byte[] bytes) {
        int from = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, from + random.nextInt(1, 200));
        return joined(part(bytes, 0, to), part(bytes, from, bytes.length));
    }

    private byte[] inserted(byte[] bytes, byte[] more) {
        int at = random.nextInt(bytes.length);
        return joined(part(bytes, 0, at), more, part(bytes, at, bytes.length));
    }

    private String replacedOne(Pattern what, String in, String by) {
        List<MatchResult> found = what.matcher(in).results().toList();
        if (found.isEmpty()) {
            return by;
        }
        MatchResult one = found.get(random.nextInt(found.size()));
        boolean opens = one.group().equals("{") || one.group().equals("[");
        return in.substring(0, one.start()) + by + (opens ? "," : "") + in.substring(opens ? one.start() : one.end());
    }

    private static String linked(String good, String nextLink) {
        return good.substring(0, good.lastIndexOf('}')) + ",\"nextLink\":\"" + nextLink + "\"}";
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static Spoilt text(String how, String body) {
        return new Spoilt(how, body.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] zipped(String body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(body.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    private static byte[] part(byte[] bytes, int from, int to) {
        return java.util.Arrays.copyOfRange(bytes, from, to);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }
}
