package com.berryfi.vmsync.testkit.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.PowerState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** 100,000 machines in 200 subscriptions, all listed with limits on. */
class ArmFleetTest {

    private static final int SUBSCRIPTIONS = 200;
    private static final int MACHINES = 500;

    @Test
    void aFleetIsListedWhole() throws Exception {
        try (ArmWire wire = new ArmWire()) {
            for (int s = 0; s < SUBSCRIPTIONS; s++) {
                ArmSubscription subscription =
                        wire.arm.subscription("fleet-" + s).readableBy("token-" + s % 50);
                for (int m = 0; m < MACHINES; m++) {
                    subscription.put("rg", "vm-" + m, PowerState.RUNNING);
                }
            }
            wire.arm.enforceLimits();

            long bytes = listAll(wire);

            assertThat(wire.arm.calls(ArmCall.LIST)).isEqualTo(SUBSCRIPTIONS * MACHINES / 100);
            assertThat(wire.arm.bytesSent()).isEqualTo(bytes);
            assertThat(wire.arm.peaks().refused()).isZero();
            assertThat(wire.arm.peaks().share(ArmLimit.LISTS)).isEqualTo(1 - 295 / 300.0);
        }
    }

    private static long listAll(ArmWire wire) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Long>> lists = new ArrayList<>();
            for (int s = 0; s < SUBSCRIPTIONS; s++) {
                int subscription = s;
                lists.add(() -> listed(wire, "fleet-" + subscription, "token-" + subscription % 50));
            }
            long bytes = 0;
            for (Future<Long> list : clients.invokeAll(lists)) {
                bytes += list.get();
            }
            return bytes;
        } finally {
            clients.shutdownNow();
        }
    }

    private static long listed(ArmWire wire, String subscription, String token) throws Exception {
        long bytes = 0;
        int machines = 0;
        String path = ArmWire.machines(subscription) + "&statusOnly=true";
        while (!path.isEmpty()) {
            String body = wire.get(path, token).body();
            bytes += body.length();
            machines += body.split("PowerState/running", -1).length - 1;
            int next = body.indexOf("\"nextLink\":\"https://");
            path = next < 0 ? "" : body.substring(body.indexOf("/subscriptions/", next), body.lastIndexOf('"'));
        }
        assertThat(machines).isEqualTo(MACHINES);
        return bytes;
    }
}
