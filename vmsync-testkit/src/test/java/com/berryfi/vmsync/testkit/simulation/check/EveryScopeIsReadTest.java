package com.berryfi.vmsync.testkit.simulation.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.testkit.simulation.world.FaultKind;
import com.berryfi.vmsync.testkit.simulation.world.HostDatabase;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedProcess;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class EveryScopeIsReadTest {

    private static final Scope SCOPE = SimulatedWorld.scope(1);

    private final SimulatedWorld world = new SimulatedWorld(1, HostDatabase.inMemory());
    private final EveryScopeIsRead invariant = watched();
    private final VmId vm = world.vm("vm-1", SCOPE);

    private EveryScopeIsRead watched() {
        EveryScopeIsRead watching = new EveryScopeIsRead(world);
        world.watch(watching);
        return watching;
    }

    private SimulatedProcess startReader(Predicate<VmId> reads) {
        SimulatedProcess process = world.process(wiring -> new Reader(wiring, SCOPE, reads));
        process.start();
        return process;
    }

    private void at(Duration when, Runnable what) {
        world.time().after(when, what);
    }

    private void end(SessionId id) {
        Session session = world.rows().session(id).orElseThrow();
        world.host()
                .save(new Session(
                        id,
                        session.vm(),
                        SessionStatus.COMPLETED,
                        session.startTime(),
                        Optional.of(world.time().instant())));
    }

    @Test
    void whoReadsAllInTimeIsPassed() {
        world.session(world.vm("vm-2", SCOPE));
        startReader(each -> true);

        world.run(Duration.ofMinutes(30));

        assertThat(invariant.violations()).isEmpty();
    }

    @Test
    void aRowThatNoListIsAskedForIsMissed() {
        world.session(world.vm("vm-2", SCOPE));
        startReader(each -> !each.equals(vm));

        world.run(Duration.ofMinutes(7));

        assertThat(invariant.violations())
                .singleElement()
                .asString()
                .contains("all rows")
                .doesNotContain("live");
    }

    @Test
    void aLiveSessionThatNoListIsAskedForIsMissed() {
        VmId other = world.vm("vm-2", SCOPE);
        world.session(vm);
        world.session(other);
        startReader(each -> !each.equals(other));

        world.run(Duration.ofMinutes(4));

        assertThat(invariant.violations()).singleElement().asString().contains("the live sessions");
    }

    @Test
    void aScopeWhoseOnlyRowIsBadIsReadAtTheNextTurnAfterItWasMended() {
        startReader(each -> true);
        at(Duration.ofMinutes(4), () -> world.host().spoil(vm));
        at(Duration.ofMinutes(11), () -> world.host().mend(vm));

        world.run(Duration.ofMinutes(30));

        assertThat(invariant.violations()).isEmpty();
    }

    @Test
    void aBadRowExcusesNoOther() {
        VmId other = world.vm("vm-2", SCOPE);
        world.session(vm);
        world.session(other);
        startReader(each -> world.host().spoiled().isEmpty());
        at(Duration.ofMinutes(1), () -> world.host().spoil(other));

        world.run(Duration.ofMinutes(5));

        assertThat(invariant.violations()).singleElement().asString().contains("the live sessions");
    }

    @Test
    void whileNobodyUsesAScopeItIsReadAsOneThatNobodyUses() {
        VmId other = world.vm("vm-2", SCOPE);
        SessionId first = world.session(vm);
        startReader(each -> true);
        at(Duration.ofMinutes(10).plusSeconds(35), () -> end(first));
        at(Duration.ofMinutes(13).plusSeconds(55), () -> world.session(other));

        world.run(Duration.ofMinutes(30));

        assertThat(invariant.violations()).isEmpty();
    }

    @Test
    void whoIsAskedToLeaveAScopeAloneDoesSo() {
        world.session(vm);
        startReader(each -> true);
        at(
                Duration.ofMinutes(6),
                () -> world.cloud()
                        .faults()
                        .begin(
                                SCOPE,
                                FaultKind.THROTTLED,
                                world.time().instant().plusSeconds(30),
                                Duration.ofMinutes(10)));

        world.run(Duration.ofMinutes(30));

        assertThat(invariant.violations()).isEmpty();
    }

    @Test
    void anotherProcessWithoutItsDatabaseIsNoExcuse() {
        startReader(each -> false);
        SimulatedProcess other = startReader(each -> true);
        world.session(vm);
        world.troubles().down(other.name(), world.time().instant().plus(Duration.ofMinutes(30)));

        world.run(Duration.ofMinutes(4));

        assertThat(invariant.violations()).singleElement().asString().contains("process-1");
    }
}
