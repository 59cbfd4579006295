package com.berryfi.vmsync.azure;

import static com.berryfi.vmsync.azure.SimulatedHost.SESSIONS_EACH;
import static com.berryfi.vmsync.azure.SimulatedHost.SUBSCRIPTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.azure.SimulatedHost.Reads;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.testkit.arm.ArmFault;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One subscription cannot be read: the others do not notice, no session ends, and it is told of once. */
class IsolationTest {

    /** Full syncs among them, before and during the trouble. */
    private static final int BEFORE = 3;

    private static final int DURING = 12;
    private static final int AFTER = 3;

    private static final int TROUBLED = 2;

    /** By real time: a subscription that hangs is waited for so long, the others as long as the settings say. */
    private static final Duration PATIENCE = Duration.ofMillis(300);

    enum Trouble {
        HUNG(
                UnknownCause.TIMED_OUT,
                host -> {
                    host.patience(TROUBLED, PATIENCE);
                    host.subscription(TROUBLED).fails(ArmFault.hang());
                },
                host -> {
                    host.patience(TROUBLED, SimulatedAzure.AT_MOST);
                    host.subscription(TROUBLED).heal();
                }),
        SECRET_EXPIRED(
                UnknownCause.UNAUTHENTICATED,
                host -> host.secret(TROUBLED, "secret", "another"),
                host -> host.secret(TROUBLED, "another", "another")),
        LOGIN_REFUSES(
                UnknownCause.UNAUTHENTICATED,
                host -> {
                    host.azure.arm.loginFails(SimulatedHost.scope(TROUBLED).tenant(), ArmFault.unauthorized());
                    host.secret(TROUBLED, "rotated", "rotated");
                },
                host -> host.azure.arm.healLogin(SimulatedHost.scope(TROUBLED).tenant())),
        FORBIDDEN(
                UnknownCause.FORBIDDEN,
                host -> host.subscription(TROUBLED).fails(ArmFault.forbidden()),
                host -> host.subscription(TROUBLED).heal()),
        SUBSCRIPTION_DELETED(
                UnknownCause.SUBSCRIPTION_UNREADABLE,
                host -> host.subscription(TROUBLED).fails(ArmFault.subscriptionNotFound()),
                host -> host.subscription(TROUBLED).heal());

        private final UnknownCause cause;

        @SuppressWarnings("ImmutableEnumChecker") // keeps nothing
        private final Consumer<SimulatedHost> begin;

        @SuppressWarnings("ImmutableEnumChecker") // keeps nothing
        private final Consumer<SimulatedHost> end;

        Trouble(UnknownCause cause, Consumer<SimulatedHost> begin, Consumer<SimulatedHost> end) {
            this.cause = cause;
            this.begin = begin;
            this.end = end;
        }
    }

    private final SimulatedHost host = new SimulatedHost();

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @EnumSource
    void itIsToldOfOnceAndNobodyElseNotices(Trouble trouble) {
        cycles(BEFORE);
        trouble.begin.accept(host);

        List<List<Reads>> reads = cycles(DURING);

        assertThat(host.outcome(TROUBLED).failure()).isPresent();
        assertThat(host.heard).containsExactly(TROUBLED + " " + trouble.cause);
        assertThat(reads.get(0).get(TROUBLED).all()).as("tries at first").isLessThanOrEqualTo(3);
        assertThat(reads.stream().skip(1))
                .as("then one a cycle, or none")
                .allMatch(cycle -> cycle.get(TROUBLED).all() <= 1);

        trouble.end.accept(host);
        cycles(1);
        assertThat(host.outcome(TROUBLED).failure()).as("in the first sync").isEmpty();
        cycles(AFTER - 1);
        assertThat(host.heard).containsExactly(TROUBLED + " " + trouble.cause, TROUBLED + " readable");
    }

    /** The real time that it takes to give up is not the others': they are done long before. */
    @Test
    void whileOneHangsTheOthersAreCorrected() {
        cycles(BEFORE);
        host.subscription(TROUBLED).fails(ArmFault.hang());
        host.patience(TROUBLED, PATIENCE.multipliedBy(3));
        IntStream.range(0, SUBSCRIPTIONS)
                .filter(subscription -> subscription != TROUBLED)
                .forEach(subscription -> host.machine(subscription, 0).deallocate());

        host.cycle();

        assertThat(host.heard.subList(0, SUBSCRIPTIONS - 1))
                .containsExactlyInAnyOrder("0 corrected", "1 corrected", "3 corrected");
        assertThat(host.heard.get(SUBSCRIPTIONS - 1)).isEqualTo(TROUBLED + " " + UnknownCause.TIMED_OUT);
        assertThat(host.status(0, 0)).isEqualTo(SessionStatus.TERMINATED);
        assertThat(host.active(TROUBLED)).isEqualTo(SESSIONS_EACH);
    }

    /** Cycles in which every other scope is read whole, with one list, and no session ends anywhere. */
    private List<List<Reads>> cycles(int count) {
        return IntStream.range(0, count)
                .mapToObj(cycle -> {
                    List<Reads> reads = host.cycle();
                    for (int subscription = 0; subscription < SUBSCRIPTIONS; subscription++) {
                        assertThat(host.active(subscription)).isEqualTo(SESSIONS_EACH);
                        if (subscription != TROUBLED) {
                            assertThat(host.outcome(subscription).failure()).isEmpty();
                            assertThat(reads.get(subscription).lists()).isEqualTo(1);
                        }
                    }
                    return reads;
                })
                .toList();
    }
}
