package com.berryfi.vmsync.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** What the console shows stays text, it works in no frame, and it does not take an old picture for a new one. */
class ConsoleSafetyTest {

    private static final String HOSTILE = "<img src=x onerror=\"document.title='taken'\">";
    private static final String SCRIPT = "<script>document.title='taken'</script>";
    private static final String TITLE = "vmsync console";
    private static final String PLANTED = """
            const script = document.createElement('script');
            script.append("document.title = 'taken'");
            const picture = document.createElement('img');
            picture.src = arguments[0] + '/picture';
            document.body.append(script, picture);""";
    private static final String SENT = """
            const done = arguments[arguments.length - 1];
            fetch(arguments[0] + '/secrets', { mode: 'no-cors' }).then(() => done('sent'), () => done('refused'));""";

    private Browser browser;
    private Fleet fleet;

    @BeforeEach
    void open() {
        browser = Browser.open();
        fleet = Fleet.running().inUse("a");
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
    void aHostileNameAndAHostileReasonStayText() {
        fleet.inUse(HOSTILE);
        fleet.pass(Duration.ofMinutes(1));
        fleet.sync().operator().pause(Optional.of(Fleet.SCOPE), Optional.empty(), SCRIPT);
        fleet.stop(HOSTILE);
        fleet.pass(Duration.ofSeconds(30));
        Console console = Console.open(browser, fleet.port(), Guarded.READER);

        browser.says(By.id("held"), HOSTILE);
        assertThat(console.text("orders")).contains(SCRIPT);
        console.press("held", "session-of-<img");
        browser.says(By.id("audit"), HOSTILE);
        assertThat(browser.driver().findElements(By.tagName("img"))).isEmpty();
        assertThat(browser.driver().findElements(By.tagName("script"))).hasSize(1);
        assertThat(browser.driver().getTitle()).isEqualTo(TITLE);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aScriptThatIsNotThePagesOwnDoesNotRunAndNothingIsFetchedFromElsewhere() throws IOException {
        List<String> fetched = new CopyOnWriteArrayList<>();
        HttpServer elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            fetched.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        elsewhere.start();
        try {
            Console.open(browser, fleet.port(), Guarded.READER);
            browser.driver()
                    .executeScript(
                            PLANTED,
                            "http://127.0.0.1:" + elsewhere.getAddress().getPort());
            assertThat(browser.driver().getTitle()).isEqualTo(TITLE);
            assertThat(browser.complaints())
                    .anyMatch(complaint -> complaint.contains("TrustedScript"))
                    .anyMatch(complaint -> complaint.contains("/picture"));
            assertThat(browser.driver()
                            .executeAsyncScript(
                                    SENT,
                                    "http://127.0.0.1:" + elsewhere.getAddress().getPort()))
                    .isEqualTo("refused");
            assertThat(fetched).isEmpty();
        } finally {
            elsewhere.stop(0);
        }
    }

    @Test
    void itWorksInNoFrame() {
        Console console = Console.open(browser, fleet.port(), Guarded.READER);
        browser.go(console.origin() + Console.PATH);
        browser.driver()
                .executeScript(
                        "const frame = document.createElement('iframe'); frame.src = arguments[0];"
                                + " document.body.append(frame)",
                        Console.PATH + "/console");

        browser.driver().switchTo().frame(browser.found(By.tagName("iframe")));
        browser.says(By.tagName("body"), "does not work inside a frame");
        assertThat(browser.driver().findElements(By.tagName("button"))).isEmpty();
    }

    @Test
    void itRefreshesByItselfUnlessItIsToldNotTo() {
        Console console = Console.open(browser, fleet.port(), Guarded.READER);
        fleet.pass(Duration.ofMinutes(1));
        browser.pass(Duration.ofSeconds(10));
        browser.says(By.id("as-of"), "12:01:00");

        browser.found(By.id("pausing")).click();
        assertThat(console.text("pausing")).isEqualTo("Refreshing is stopped");
        fleet.pass(Duration.ofMinutes(1));
        browser.pass(Duration.ofMinutes(1));
        assertThat(console.text("as-of")).contains("12:01:00");
    }

    @Test
    void whatTheServerToldLastStaysAndIsSaidToBeOld() {
        fleet.pass(Duration.ofMinutes(1));
        Console console = Console.open(browser, fleet.port(), Guarded.READER);
        browser.says(By.id("scopes"), Fleet.SCOPE.toString());

        fleet.close();
        console.refresh();
        browser.says(By.id("trouble"), "The server does not answer");
        assertThat(console.text("trouble")).contains("as of 2026-11-01 12:01:00 UTC, and old");
        assertThat(console.text("scopes")).contains(Fleet.SCOPE.toString());
        browser.screenshot("console-old");
    }
}
