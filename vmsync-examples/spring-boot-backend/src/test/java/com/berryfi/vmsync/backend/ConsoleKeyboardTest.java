package com.berryfi.vmsync.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The console without a mouse. */
class ConsoleKeyboardTest {

    /** What takes part, in the order of the document. */
    private static final String CONTROLS = """
            return [...document.querySelectorAll('a[href], button:not(:disabled), input, textarea, summary')]
                .filter(control => control.checkVisibility())""";

    private static final String RING = "const ring = getComputedStyle(document.activeElement);"
            + " return ring.outlineStyle !== 'none' && parseFloat(ring.outlineWidth) >= 2";

    @Test
    void everyControlIsReachedInOrderAndASessionIsOpened() {
        try (Browser browser = Browser.open();
                Fleet fleet = Fleet.running()) {
            fleet.inUse("a").inUse("b").lost("c");
            fleet.pass(Duration.ofMinutes(1));
            fleet.stop("a");
            fleet.pass(Duration.ofSeconds(30));
            Console console = Console.open(browser, fleet.port(), Guarded.READER);
            browser.says(By.id("held"), "session-of-a");
            browser.found(By.id("pausing")).click();
            console.number("document.activeElement.blur(); window.getSelection().removeAllRanges(); return 0");
            console.load("");
            browser.says(By.id("held"), "session-of-a");

            List<?> controls = (List<?>) browser.driver().executeScript(CONTROLS);
            List<WebElement> reached = new ArrayList<>();
            for (int i = 0; i < controls.size(); i++) {
                press(browser, Keys.TAB);
                reached.add(browser.driver().switchTo().activeElement());
                assertThat(browser.driver().executeScript(RING))
                        .as("the focus is to be seen on " + reached.get(i).getText())
                        .isEqualTo(true);
            }
            assertThat(reached).hasSizeGreaterThan(20).isEqualTo(controls);
            press(browser, Keys.TAB);
            assertThat(browser.driver().switchTo().activeElement().getTagName()).isIn("body", "a");

            console.load("");
            press(browser, Keys.TAB);
            press(browser, Keys.ENTER);
            assertThat(browser.driver().switchTo().activeElement().getDomAttribute("id"))
                    .isEqualTo("main");
            browser.says(By.id("held"), "session-of-a");
            tabTo(browser, "session-of-a");
            press(browser, Keys.ENTER);
            browser.says(By.id("audit"), "Session session-of-a is ACTIVE");
            assertThat(browser.driver().switchTo().activeElement().getText()).isEqualTo("The audit of one session");
        }
    }

    @Test
    void theFocusStaysWhereItIsWhenThePageRefreshes() {
        try (Browser browser = Browser.open();
                Fleet fleet = Fleet.running()) {
            fleet.inUse("a").inUse("b");
            fleet.pass(Duration.ofMinutes(1));
            fleet.stop("a");
            fleet.pass(Duration.ofSeconds(30));
            Console console = Console.open(browser, fleet.port(), Guarded.READER);
            browser.says(By.id("held"), "session-of-a");
            tabTo(browser, "session-of-a");
            String before = console.text("as-of");

            fleet.pass(Duration.ofSeconds(1));
            // The button itself would take the focus.
            console.number("document.getElementById('refresh').click(); return 0");
            browser.until(
                    "the page is refreshed", page -> !console.text("as-of").equals(before));
            browser.until(
                    "the link is back",
                    page -> page.switchTo().activeElement().getText().equals("session-of-a"));

            fleet.pass(Duration.ofMinutes(1));
            console.number("document.getElementById('refresh').click(); return 0");
            browser.says(By.id("held"), "Nothing waits.");
            assertThat(browser.driver().switchTo().activeElement().getText()).isEqualTo("Held");
        }
    }

    private static void tabTo(Browser browser, String text) {
        assertThat(IntStream.range(0, 100).anyMatch(tab -> {
                    press(browser, Keys.TAB);
                    return browser.driver().switchTo().activeElement().getText().equals(text);
                }))
                .as("'" + text + "' is reached")
                .isTrue();
    }

    private static void press(Browser browser, Keys key) {
        browser.driver().switchTo().activeElement().sendKeys(key);
    }
}
