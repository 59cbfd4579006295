package com.berryfi.vmsync.testkit.simulation;

import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.testkit.simulation.world.CloudFaults;
import com.berryfi.vmsync.testkit.simulation.world.Dice;
import com.berryfi.vmsync.testkit.simulation.world.FaultKind;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedProcess;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What goes wrong in the cloud's answers, in the database, the billing and the processes; when and what follows from the seed alone. */
final class RandomFaults {

    private static final List<FaultKind> OF_SCOPES = List.of(
            FaultKind.LIST_LAG,
            FaultKind.LIST_EMPTY,
            FaultKind.LIST_SHRUNK,
            FaultKind.LIST_BROKEN,
            FaultKind.INDEX_ONLY,
            FaultKind.LIST_ONE_BY_ONE,
            FaultKind.UID_ABSENT,
            FaultKind.THROTTLED,
            FaultKind.SERVER_ERROR,
            FaultKind.UNAUTHENTICATED,
            FaultKind.FORBIDDEN,
            FaultKind.SUBSCRIPTION_GONE,
            FaultKind.SLOW,
            FaultKind.HANG,
            FaultKind.SCOPE_OUTAGE);

    private static final List<FaultKind> OF_MACHINES = List.of(
            FaultKind.POWER_FORGOTTEN,
            FaultKind.WRONG_STOPPED,
            FaultKind.WRONG_STOPPED,
            FaultKind.WRONG_DEALLOCATED,
            FaultKind.WRONG_DEALLOCATED,
            FaultKind.NOT_FOUND_FLAP,
            FaultKind.DIRECT_FAILS);

    private static final List<FaultKind> OF_PROCESSES = List.of(
            FaultKind.PROCESS_DEATH,
            FaultKind.PROCESS_DEATH,
            FaultKind.PROCESS_PAUSE,
            FaultKind.DATABASE_DOWN,
            FaultKind.DATABASE_CALL_FAILS,
            FaultKind.COMMIT_ANSWER_LOST,
            FaultKind.COMMIT_ANSWER_LOST,
            FaultKind.BILLING_DOWN,
            FaultKind.BILLING_ANSWER_LOST);

    private final SimulatedWorld world;
    private final List<Scope> scopes;
    private final Instant until;

    RandomFaults(SimulatedWorld world, List<Scope> scopes, Instant until) {
        this.world = world;
        this.scopes = scopes;
        this.until = until;
    }

    void begin() {
        next("scope faults", 1, 1_500, this::ofScope);
        next("machine faults", 1, 1_300, this::ofMachine);
        next("process faults", 1, 1_000, this::ofProcess);
    }

    private void next(String stream, int number, int most, java.util.function.Consumer<Dice> what) {
        Dice dice = Dice.of(world.seed(), stream, number);
        world.time().after(dice.seconds(20, most), () -> {
            if (world.time().instant().isBefore(until)) {
                what.accept(dice);
                next(stream, number + 1, most, what);
            }
        });
    }

    private void ofScope(Dice dice) {
        FaultKind kind = dice.pick(OF_SCOPES);
        Scope scope = dice.pick(scopes);
        Duration lasts = dice.chance(0.25) ? dice.seconds(300, 1_500) : dice.seconds(20, 300);
        Duration amount = dice.seconds(5, 120);
        begin(kind);
        world.cloud().faults().begin(scope, kind, ends(lasts), amount);
        world.timeline().note(scope, now(), "fault", kind + " of " + scope + " for " + lasts + " (" + amount + ")");
    }

    private void ofMachine(Dice dice) {
        FaultKind kind = dice.pick(OF_MACHINES);
        VmId vm = dice.pick(world.cloud().slots()).vm();
        Duration lasts = dice.seconds(60, 600);
        begin(kind);
        world.cloud().faults().begin(vm, kind, ends(lasts));
        world.timeline().note(vm, now(), "fault", kind + " for " + lasts);
        // Somebody looks at the machine while it is so: nobody would, for nothing seems wrong.
        for (int i = dice.between(1, 4); i > 0; i--) {
            boolean hint = dice.chance(0.4);
            world.time().after(dice.seconds(1, 180), () -> look(vm, hint));
        }
    }

    private void look(VmId vm, boolean hint) {
        world.awake().filter(process -> world.rows().vm(vm).isPresent()).ifPresent(process -> {
            try {
                if (hint) {
                    process.ask(sync -> {
                        sync.hint(vm);
                        return vm;
                    });
                } else {
                    process.sync(vm);
                }
            } catch (RuntimeException | Error e) {
                world.timeline().note(vm, now(), "host", "its question failed: " + e);
            }
        });
    }

    private void ofProcess(Dice dice) {
        FaultKind kind = dice.pick(OF_PROCESSES);
        SimulatedProcess process = dice.pick(world.processes());
        int calls = dice.between(1, 60);
        Duration lasts = dice.seconds(10, 300);
        Duration later = dice.seconds(5, 120);
        begin(kind);
        world.timeline().note(now(), "fault", kind + " " + process.name() + " " + calls + " " + lasts);
        switch (kind) {
            case PROCESS_DEATH ->
                process.troubleAfter(calls, () -> {
                    process.die();
                    world.time().after(later, process::start);
                });
            case PROCESS_PAUSE -> process.troubleAfter(calls, () -> process.pause(lasts));
            case DATABASE_DOWN -> {
                if (dice.chance(0.5)) {
                    world.troubles().down(process.name(), ends(lasts));
                } else {
                    world.processes().forEach(each -> world.troubles().down(each.name(), ends(lasts)));
                }
            }
            case DATABASE_CALL_FAILS -> world.troubles().failCallAfter(calls);
            case COMMIT_ANSWER_LOST -> world.troubles().loseAnswerAfter(dice.between(1, 10));
            case BILLING_DOWN -> world.billing().down(ends(lasts));
            case BILLING_ANSWER_LOST -> world.billing().loseAnswerAfter(dice.between(1, 3));
            default -> throw new IllegalStateException("not of a process: " + kind);
        }
    }

    private void begin(FaultKind kind) {
        world.tally().count(kind);
    }

    private Instant ends(Duration lasts) {
        Instant end = now().plus(lasts);
        return end.isAfter(until) ? until : end;
    }

    private Instant now() {
        return world.time().instant();
    }

    /** All is well from now on. */
    static void heal(SimulatedWorld world) {
        CloudFaults faults = world.cloud().faults();
        faults.heal(world.time().instant());
        world.troubles().heal();
        world.billing().heal();
        List.copyOf(world.host().spoiled()).forEach(vm -> world.host().mend(vm));
        world.processes().forEach(process -> process.troubleAfter(-1, () -> {}));
        world.processes().stream().filter(process -> !process.isAlive()).forEach(SimulatedProcess::start);
    }
}
