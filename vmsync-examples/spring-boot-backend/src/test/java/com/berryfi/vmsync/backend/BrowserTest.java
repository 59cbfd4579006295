package com.berryfi.vmsync.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** What the tests of the console rely on: the browser notices what it is asked to notice. */
class BrowserTest {

    private static final String PAGE = """
            <!DOCTYPE html>
            <title>Barred</title>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'">
            <p>A picture: <img src="http://127.0.0.1:9/elsewhere.png">
            <script>document.title = "Run"</script>
            """;

    @Test
    void itTellsOfRequestsComplaintsAndBarriers(@TempDir Path directory) throws Exception {
        Path page = Files.writeString(directory.resolve("page.html"), PAGE);
        try (Browser browser = Browser.open()) {
            browser.go(page.toUri().toString());

            browser.says(By.tagName("p"), "A picture");
            assertThat(browser.driver().getTitle()).isEqualTo("Barred");
            assertThat(browser.requests()).contains(page.toUri().toString());
            assertThat(browser.complaints()).anyMatch(complaint -> complaint.contains("Content Security Policy"));
            assertThat(browser.barriers()).anyMatch(barrier -> barrier.startsWith("image-alt"));
            assertThat(browser.screenshot("browser")).isNotEmptyFile();
        }
    }
}
