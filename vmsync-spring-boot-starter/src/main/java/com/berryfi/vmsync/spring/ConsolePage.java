package com.berryfi.vmsync.spring;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.util.MimeType;

/**
 * The console: one document that shows what the endpoint tells. Its own policy lets it run its own script and style alone, known by their
 * hashes, and ask its own origin alone; no text can become markup in it.
 */
final class ConsolePage {

    private static final MimeType HTML = new MimeType("text", "html", StandardCharsets.UTF_8);
    /** In the order they are joined in; none imports another. */
    private static final List<String> SCRIPTS =
            List.of("console-dom.js", "console-chart.js", "console-view.js", "console-orders.js", "console.js");

    private ConsolePage() {}

    static WebEndpointResponse<String> answer() {
        return new WebEndpointResponse<>(Document.TEXT, WebEndpointResponse.STATUS_OK, HTML);
    }

    /** Put together when it is first asked for. */
    private static final class Document {

        private static final String TEXT = assembled();

        private static String assembled() {
            String style = part("console.css");
            String script = SCRIPTS.stream().map(ConsolePage::part).collect(Collectors.joining());
            return part("console.html")
                    .replace("{policy}", policy(style, script))
                    .replace("{style}", style)
                    .replace("{script}", script);
        }
    }

    private static String policy(String style, String script) {
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src " + hash(script),
                "style-src " + hash(style),
                "connect-src 'self'",
                "base-uri 'none'",
                "form-action 'none'",
                "require-trusted-types-for 'script'",
                "trusted-types 'none'");
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With the line ends that a browser hashes. */
    private static String part(String name) {
        try (InputStream stream = ConsolePage.class.getResourceAsStream("console/" + name)) {
            if (stream == null) {
                throw new FileNotFoundException("the jar of vmsync-spring-boot-starter lacks console/" + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
