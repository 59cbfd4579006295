package com.berryfi.vmsync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.BillingKey;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.port.BillingPort;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What becomes of a contract's tests when an adapter waives some, as a test engine tells it. */
class WaiversTest {

    private static final String PASSED = "passed";

    /** A billing that charges a fee when a session is first paused, which the contract does not allow. */
    static class FeeBilling extends BillingPortContract {
        private final Map<BillingKey, Duration> applied = new HashMap<>();

        @Override
        protected BillingPort port() {
            return instruction -> applied.put(
                    instruction.key(),
                    instruction instanceof BillingInstruction.Stop stop ? stop.total() : Duration.ofMinutes(1));
        }

        @Override
        protected Duration billed(SessionId session) {
            return applied.entrySet().stream()
                    .filter(entry -> entry.getKey().session().equals(session))
                    .map(Map.Entry::getValue)
                    .reduce(Duration.ZERO, Duration::plus);
        }
    }

    @Waived(test = "nothingIsBilledBeforeTheEnd", because = "a pause costs its fee here")
    static class WithAReason extends FeeBilling {}

    static class InheritsTheReason extends WithAReason {}

    @Waived(test = "nothingIsBilledBeforeTheEnd", because = " ")
    static class WithoutAReason extends FeeBilling {}

    @Waived(test = "nothingIsBiledBeforeTheEnd", because = "a pause costs its fee here")
    static class OfNoTest extends FeeBilling {}

    @Waived(test = "theSameKeyAgainChangesNothing", because = "our bill cannot know")
    static class OfWhatMustBe extends FeeBilling {}

    @Waived(test = "nothingIsBilledBeforeTheEnd", because = "a pause costs its fee here")
    @Waived(test = "nothingIsBilledBeforeTheEnd", because = "and so does a resume")
    static class Twice extends FeeBilling {}

    /** By the name of a test, or of its class where that fails as a whole: what became of it. */
    private static Map<String, String> run(Class<?> adapter) {
        Map<String, String> told = new LinkedHashMap<>();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(adapter))
                .build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionSkipped(TestIdentifier test, String reason) {
                told.put(test.getDisplayName(), reason);
            }

            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest() || result.getThrowable().isPresent()) {
                    told.put(
                            test.getDisplayName(),
                            result.getThrowable().map(Throwable::toString).orElse(PASSED));
                }
            }
        });
        return told;
    }

    @Test
    void whatIsNotWaivedIsAskedOfEveryAdapter() {
        assertThat(run(FeeBilling.class))
                .hasSize(5)
                .hasEntrySatisfying(
                        "nothingIsBilledBeforeTheEnd()", why -> assertThat(why).contains("AssertionFailedError"))
                .containsEntry("aStopBillsItsTotal()", PASSED);
    }

    @Test
    void aWaivedTestIsSkippedWithItsReasonAndNoOtherIs() {
        for (Class<?> adapter : new Class<?>[] {WithAReason.class, InheritsTheReason.class}) {
            Map<String, String> told = run(adapter);

            assertThat(told.remove("nothingIsBilledBeforeTheEnd()")).isEqualTo("waived: a pause costs its fee here");
            assertThat(told)
                    .hasSize(4)
                    .allSatisfy((test, became) -> assertThat(became).isEqualTo(PASSED));
        }
    }

    @Test
    void aWaiverThatIsNotInOrderFailsItsClass() {
        Map.of(
                        WithoutAReason.class, "says no reason",
                        OfNoTest.class, "no such test",
                        OfWhatMustBe.class, "every adapter must pass",
                        Twice.class, "waived twice")
                .forEach((adapter, why) -> assertThat(run(adapter).values())
                        .singleElement()
                        .asString()
                        .contains(adapter.getName() + " cannot waive", why));
    }
}
