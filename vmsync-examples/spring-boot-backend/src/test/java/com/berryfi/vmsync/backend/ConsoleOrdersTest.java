package com.berryfi.vmsync.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Order;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** Orders on the console: of who has the role, with a reason and a token. */
class ConsoleOrdersTest {

    private static final String TOKEN = "XSRF-TOKEN";
    private static final String POSTED = """
            const done = arguments[arguments.length - 1];
            const token = document.cookie.split('; ').find((one) => one.startsWith('XSRF-TOKEN=')).slice('XSRF-TOKEN='.length);
            fetch(location.origin + '/actuator/vmsync/pause', {
              method: 'POST',
              headers: { 'Content-Type': 'application/json', 'X-XSRF-TOKEN': token },
              body: JSON.stringify({ reason: 'by hand' }),
            }).then(async (answer) => done(answer.status + ' ' + await answer.text()));""";

    private Browser browser;
    private Fleet fleet;

    @BeforeEach
    void open() {
        browser = Browser.open();
        fleet = Fleet.running("--azure.status.sync.orders.role=" + Guarded.ROLE)
                .inUse("a")
                .inUse("b");
        fleet.pass(Duration.ofMinutes(1));
    }

    @AfterEach
    void close() {
        if (fleet != null) {
            fleet.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void whoLacksTheRoleSeesNoOrderAndIsRefused() {
        Console console = Console.open(browser, fleet.port(), Guarded.READER);
        browser.says(By.id("scopes"), Fleet.SCOPE.toString());

        assertThat(console.text("fleet")).doesNotContain("Pause", "Resume", "Override", "Orders\n");
        assertThat(browser.driver().findElements(By.cssSelector(".orders, [data-key^='order ']")))
                .noneMatch(shown -> shown.isDisplayed());
        assertThat(String.valueOf(browser.driver().executeAsyncScript(POSTED)))
                .startsWith("403")
                .contains("role 'VM_OPERATOR'");
        assertThat(fleet.sync().operator().orders()).isEmpty();
    }

    @Test
    void anOperatorPausesAScopeAndResumesIt() {
        Console console = Console.open(browser, fleet.port(), Guarded.OPERATOR);
        console.press("scopes", "Pause");
        browser.says(By.id("order"), "Pause " + Fleet.SCOPE);
        assertThat(browser.barriers()).isEmpty();
        browser.screenshot("console-order");
        browser.found(By.id("order-give")).click();
        assertThat(browser.driver().switchTo().activeElement().getDomAttribute("id"))
                .isEqualTo("order-reason");
        browser.found(By.id("order-reason")).sendKeys("the house is mended");
        browser.found(By.id("order-give")).click();

        browser.until(
                "the dialog is closed",
                page -> page.findElements(By.cssSelector("dialog[open]")).isEmpty());
        assertThat(fleet.sync().operator().orders())
                .singleElement()
                .satisfies(order -> assertThat(order.kind()).isEqualTo(Order.Kind.PAUSE))
                .satisfies(order -> assertThat(order.scope()).contains(Fleet.SCOPE));
        fleet.pass(Duration.ofSeconds(30));
        console.tells("orders", "the house is mended");
        browser.says(By.id("scopes"), "paused");
        browser.says(By.id("mode"), "paused in part");
        browser.screenshot("console-paused");

        console.press("scopes", "Resume");
        browser.found(By.id("order-give")).click();
        browser.until(
                "the dialog is closed",
                page -> page.findElements(By.cssSelector("dialog[open]")).isEmpty());
        fleet.pass(Duration.ofMinutes(6));
        console.tells("orders", "No order is in force.");
        browser.says(By.id("scopes"), "readable");
    }

    @Test
    void escapeLeavesTheOrderAndARefusalIsShownInWords() {
        Console console = Console.open(browser, fleet.port(), Guarded.OPERATOR);
        console.press("fleet-orders", "Pause everything");
        browser.found(By.id("order-reason")).sendKeys(Keys.ESCAPE);
        browser.until(
                "the dialog is closed",
                page -> page.findElements(By.cssSelector("dialog[open]")).isEmpty());
        assertThat(browser.driver().switchTo().activeElement().getText()).isEqualTo("Pause everything…");

        console.press("fleet-orders", "Pause everything");
        browser.driver().manage().deleteCookieNamed(TOKEN);
        browser.found(By.id("order-reason")).sendKeys("forged");
        browser.found(By.id("order-give")).click();
        browser.says(By.id("order-refused"), "You may not do this");
        assertThat(fleet.sync().operator().orders()).isEmpty();
    }
}
