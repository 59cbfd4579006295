package com.berryfi.vmsync.testkit.simulation.campaign;

import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.testkit.simulation.Sabotage;
import com.berryfi.vmsync.testkit.simulation.SeedResult;
import com.berryfi.vmsync.testkit.simulation.Simulation;
import com.berryfi.vmsync.testkit.simulation.check.Violation;
import com.berryfi.vmsync.testkit.simulation.sabotage.Sabotages;
import com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld;
import com.berryfi.vmsync.testkit.simulation.world.Slot;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** One seed again, and what happened in its world. */
final class Replay {

    private static final int A_LITTLE = 12;
    private static final int EVERYTHING = Integer.MAX_VALUE / 4;

    private final Worlds worlds;
    private final PrintStream out;

    Replay(Worlds worlds, PrintStream out) {
        this.worlds = worlds;
        this.out = out;
    }

    /** Runs it; whether all was as it must be. */
    boolean run(long seed, Optional<String> sabotage, Optional<String> vm) {
        Simulation standard = worlds.standard(seed);
        Simulation simulation = sabotage.map(name -> standard.with(named(name))).orElse(standard);
        SeedResult result = simulation.run(
                seed, world -> vm.ifPresentOrElse(name -> everything(world, new VmId(name)), () -> aLittle(world)));
        out.println("seed " + seed + ": faults " + result.faults());
        out.println("seed " + seed + ": rules " + result.rules());
        List<Violation> violations = result.violations();
        violations.forEach(out::println);
        out.println("SIMULATION " + (violations.isEmpty() ? "OK" : "FAILED") + " seed=" + seed + " violations="
                + violations.size());
        return violations.isEmpty();
    }

    private void aLittle(SimulatedWorld world) {
        world.cloud().slots().forEach(slot -> print(world, slot, A_LITTLE));
    }

    private void everything(SimulatedWorld world, VmId vm) {
        print(world, world.cloud().slot(vm), EVERYTHING);
    }

    private void print(SimulatedWorld world, Slot slot, int most) {
        out.println(slot.vm() + " of " + slot.scope() + ", at last:");
        world.timeline()
                .of(slot.vm(), slot.scope(), world.time().instant(), most)
                .forEach(line -> out.println("    " + line));
    }

    private static Sabotage named(String name) {
        return Sabotages.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("vmsync.sabotage: nothing is called " + name + ", but "
                        + Sabotages.all().stream().map(Sabotage::name).toList()));
    }
}
