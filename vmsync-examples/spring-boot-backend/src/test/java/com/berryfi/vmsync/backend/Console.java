package com.berryfi.vmsync.backend;

import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The console, in the hands of somebody who is signed in. */
final class Console {

    static final String PATH = "/actuator/vmsync";

    private static final String NAMES =
            "return [...document.getElementById(arguments[0]).tBodies[0].querySelectorAll('th')].map((name) => name.innerText)";

    private final Browser browser;
    private final String origin;

    private Console(Browser browser, String origin) {
        this.browser = browser;
        this.origin = origin;
    }

    /** Signs somebody in, and opens the page. */
    static Console open(Browser browser, int port, String user) {
        String origin = "http://127.0.0.1:" + port;
        browser.requests();
        browser.go(origin + "/login");
        browser.found(By.name("username")).sendKeys(user);
        browser.found(By.name("password")).sendKeys(user, Keys.ENTER);
        browser.until("somebody is signed in", page -> !page.getCurrentUrl().endsWith("/login"));
        // Of the backend's own front page, which it does not have.
        browser.complaints();
        Console console = new Console(browser, origin);
        console.load("");
        return console;
    }

    String origin() {
        return origin;
    }

    void load(String fragment) {
        browser.go(origin + PATH + "/console" + fragment);
        browser.says(By.id("as-of"), "As of ");
    }

    /** Presses the button for it; what it brings is to be waited for. */
    void refresh() {
        browser.found(By.id("refresh")).click();
    }

    /** Waits until a section says something, after it was refreshed. */
    void tells(String section, String text) {
        refresh();
        browser.says(By.id(section), text);
    }

    /** Waits until a section no longer says something, after it was refreshed. */
    void tellsNoMore(String section, String text) {
        refresh();
        browser.until(
                "'" + text + "' is gone from " + section, page -> !text(section).contains(text));
    }

    String text(String section) {
        return browser.found(By.id(section)).getText();
    }

    /** The first cells of a table's rows. */
    List<String> names(String table) {
        return ((List<?>) browser.driver().executeScript(NAMES, table))
                .stream().map(String::valueOf).toList();
    }

    /** Presses a section's first button or link whose text begins so; a refresh may come in between, and it is looked for again. */
    void press(String section, String text) {
        browser.until("'" + text + "' is pressed", page -> {
            control(section, text).click();
            return true;
        });
    }

    /** The first button or link of a section with a text. */
    WebElement control(String section, String text) {
        return browser.found(
                By.xpath("//*[@id='" + section + "']//*[self::button or self::a][starts-with(., '" + text + "')]"));
    }

    /** How wide the page is, with what must be scrolled to. */
    long width() {
        return number("return document.documentElement.scrollWidth");
    }

    long number(String script) {
        return ((Number) browser.driver().executeScript(script)).longValue();
    }
}
