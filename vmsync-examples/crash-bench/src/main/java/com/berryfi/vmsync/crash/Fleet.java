package com.berryfi.vmsync.crash;

import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.testkit.arm.ArmSimulator;
import com.berryfi.vmsync.testkit.arm.ArmSubscription;
import java.util.ArrayList;
import java.util.List;

/** The machines of the bench: some subscriptions, and some machines in each, all off at first. */
final class Fleet {

    static final String TOKEN = "the-bench's-token";
    static final String GROUP = "bench";

    private Fleet() {}

    /** Puts all machines into the simulator. */
    static List<Machine> in(ArmSimulator simulator, int subscriptions, int machinesEach) {
        List<Machine> machines = new ArrayList<>();
        for (int s = 0; s < subscriptions; s++) {
            String id = "00000000-0000-0000-0000-00000000000" + s;
            ArmSubscription subscription =
                    simulator.subscription(id).readableBy(TOKEN).transitionsTake(BenchSettings.TRANSITION);
            for (int m = 0; m < machinesEach; m++) {
                String name = "vm-" + s + "-" + m;
                machines.add(new Machine(name, id, subscription.put(GROUP, name, PowerState.DEALLOCATED)));
            }
        }
        return machines;
    }
}
