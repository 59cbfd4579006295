package com.berryfi.vmsync.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** The console's document by itself; in a browser it is tested by the backend's example. */
class ConsolePageTest {

    private final String page = ConsolePage.answer().getBody();

    @Test
    void itIsOneDocumentOfHtml() {
        WebEndpointResponse<String> answer = ConsolePage.answer();

        assertThat(answer.getContentType()).hasToString("text/html;charset=UTF-8");
        assertThat(answer.getBody()).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
        assertThat(page).doesNotContain("{policy}", "{style}", "{script}").doesNotContainPattern("(src|href)=\"(?!#)");
    }

    @Test
    void itsPolicyLetsItsOwnScriptAndStyleRunAndNothingElse() throws Exception {
        assertThat(found("Content-Security-Policy\" content=\"([^\"]*)\""))
                .isEqualTo("default-src 'none'; script-src " + hash(found("(?s)<script type=\"module\">(.*?)</script>"))
                        + "; style-src " + hash(found("(?s)<style>(.*?)</style>"))
                        + "; connect-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script';"
                        + " trusted-types 'none'");
        assertThat(page).doesNotContainPattern("<[^>]*\\s(on[a-z]+|style)=").doesNotContain("javascript:");
    }

    @Test
    void noTextBecomesMarkup() {
        assertThat(found("(?s)<script type=\"module\">(.*?)</script>"))
                .doesNotContain(
                        "innerHTML",
                        "outerHTML",
                        "insertAdjacentHTML",
                        "document.write",
                        "eval(",
                        "Function(",
                        "srcdoc");
    }

    private String found(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(page);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    private static String hash(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }
}
