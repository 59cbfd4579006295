package com.berryfi.vmsync.backend;

import com.deque.html.axecore.results.CheckedNode;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The machine's own Chromium without a window; what it writes lies below {@code target}. Nothing is ever downloaded. */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final int HEIGHT = 900;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Opens one; where browser or driver is not installed, the test is skipped and says what to install. */
    static Browser open() {
        File chromium = installed("chromium");
        File chromedriver = installed("chromedriver");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        logs.enable(LogType.BROWSER, Level.ALL);
        try {
            ChromeOptions options = new ChromeOptions()
                    .setBinary(chromium)
                    .addArguments(
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--hide-scrollbars",
                            "--user-data-dir="
                                    + Files.createTempDirectory(
                                            Files.createDirectories(TARGET.resolve("chromium")), "profile-"));
            options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
            ChromeDriverService service = new ChromeDriverService.Builder()
                    .usingDriverExecutable(chromedriver)
                    .usingAnyFreePort()
                    .withLogFile(TARGET.resolve("chromium/chromedriver.log").toFile())
                    .build();
            Browser browser = new Browser(new ChromeDriver(service, options));
            browser.width(1280);
            browser.scheme("light");
            return browser;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static File installed(String program) {
        Optional<Path> found = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(
                found.isPresent(),
                () -> "there is no " + program
                        + " on the PATH: install Debian's packages chromium and chromium-driver");
        return found.orElseThrow().toFile();
    }

    ChromeDriver driver() {
        return driver;
    }

    void go(String url) {
        driver.get(url);
    }

    /** How wide the page is, in CSS pixels. */
    void width(int width) {
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
    }

    /** What the user is said to prefer, {@code light} or {@code dark}; in either case, no motion. */
    void scheme(String scheme) {
        command(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", scheme),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    /** Waits for what is found. */
    WebElement found(By what) {
        return until(
                "there is " + what,
                page -> page.findElements(what).stream()
                        .filter(WebElement::isDisplayed)
                        .findFirst()
                        .orElse(null));
    }

    /** Waits until an element says something. */
    void says(By what, String text) {
        until(what + " says '" + text + "'", page -> found(what).getText().contains(text));
    }

    /** Waits for what is neither null nor false. */
    <T> T until(String what, Function<ChromeDriver, T> condition) {
        return new WebDriverWait(driver, PATIENCE)
                .withMessage(() -> what + "; the page says: "
                        + driver.findElement(By.tagName("body")).getText())
                .ignoring(org.openqa.selenium.StaleElementReferenceException.class)
                .until(ignored -> condition.apply(driver));
    }

    /** Lets time pass for the page, at once; it stands still while the page awaits an answer. */
    void pass(Duration time) {
        command("Emulation.setVirtualTimePolicy", Map.of("policy", "pauseIfNetworkFetchesPending"));
        driver.executeAsyncScript("setTimeout(arguments[1], arguments[0])", time.toMillis());
    }

    /** The whole page, also what lies below the fold, as {@code target/screenshots/name.png}. */
    Path screenshot(String name) {
        driver.executeScript("window.scrollTo(0, 0)");
        try {
            Object shot = command(
                            "Page.captureScreenshot",
                            Map.of("format", "png", "captureBeyondViewport", true, "clip", whole()))
                    .get("data");
            Path file = Files.createDirectories(TARGET.resolve("screenshots")).resolve(name + ".png");
            return Files.write(file, Base64.getDecoder().decode(String.valueOf(shot)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> whole() {
        Map<?, ?> size = (Map<?, ?>) command("Page.getLayoutMetrics", Map.of()).get("cssContentSize");
        return Map.of("x", 0, "y", 0, "width", size.get("width"), "height", size.get("height"), "scale", 1);
    }

    private Map<String, Object> command(String name, Map<String, Object> parameters) {
        return driver.executeCdpCommand(name, parameters);
    }

    /** Where requests went since this was asked last. */
    List<String> requests() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(Browser::message)
                .filter(message -> message.path("method").asText().equals("Network.requestWillBeSent"))
                .map(message -> message.at("/params/request/url").asText())
                .toList();
    }

    private static JsonNode message(LogEntry entry) {
        try {
            return JSON.readTree(entry.getMessage()).path("message");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the browser complained of since this was asked last: refused scripts, failed requests, errors of scripts. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                // The browser asks for it by itself, of pages that name no icon.
                .filter(message -> !message.contains("/favicon.ico"))
                .toList();
    }

    /** What axe finds wrong with the page as it stands: rule, why, and where. */
    List<String> barriers() {
        return new AxeBuilder()
                .analyze(driver).getViolations().stream().map(Browser::told).toList();
    }

    private static String told(Rule rule) {
        return rule.getId() + " (" + rule.getImpact() + "): " + rule.getHelp()
                + rule.getNodes().stream()
                        .map(CheckedNode::getHtml)
                        .limit(5)
                        .collect(Collectors.joining("\n  ", "\n  ", ""));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
