package com.berryfi.vmsync.testkit;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.testkit.contract.CloudStatusPortContract;
import com.berryfi.vmsync.testkit.contract.CloudWorld;
import java.time.Duration;
import java.util.Optional;

/** The cloud in memory does what a real adapter must. */
class InMemoryCloudContractTest extends CloudStatusPortContract {

    @Override
    protected CloudWorld newWorld() {
        return new World();
    }

    private static final class World implements CloudWorld {
        private final InMemoryCloud cloud = new InMemoryCloud();
        private final Scope scope = new Scope("memory", "tenant", "principal", "subscription");

        @Override
        public CloudStatusPort port() {
            return cloud;
        }

        @Override
        public Scope scope() {
            return scope;
        }

        @Override
        public CloudAddress put(String name, PowerState power) {
            cloud.put(scope, addressOf(name), power);
            return addressOf(name);
        }

        @Override
        public CloudAddress addressOf(String name) {
            return CloudAddress.ofName("group", name);
        }

        @Override
        public void vanish(String name) {
            cloud.vanish(scope, addressOf(name));
        }

        @Override
        public void forgetPower(String name) {
            cloud.forgetPower(scope, addressOf(name));
        }

        @Override
        public void fail(UnknownCause cause, Optional<Duration> retryAfter) {
            cloud.fail(scope, new Observation.Unknown(cause, ""), retryAfter);
        }

        @Override
        public void failDirect(String name) {
            cloud.failDirect(scope, addressOf(name), new Observation.Unknown(UnknownCause.SERVER_ERROR, ""));
        }

        @Override
        public void breakListsAfterTwo() {
            cloud.breakLists(scope, 2, new Observation.Unknown(UnknownCause.SERVER_ERROR, ""));
        }

        @Override
        public void hang() {
            fail(UnknownCause.TIMED_OUT, Optional.empty());
        }

        @Override
        public void close() {}
    }
}
