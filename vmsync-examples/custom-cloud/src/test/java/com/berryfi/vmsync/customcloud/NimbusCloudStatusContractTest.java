package com.berryfi.vmsync.customcloud;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.port.ClientSecret;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.testkit.contract.CloudStatusPortContract;
import com.berryfi.vmsync.testkit.contract.CloudWorld;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;

/** The adapter keeps its port's contract, over HTTP. All that an author writes is this {@link CloudWorld}. */
class NimbusCloudStatusContractTest extends CloudStatusPortContract {

    @Override
    protected CloudWorld newWorld() {
        return new World();
    }

    private static final class World implements CloudWorld {
        private static final String ZONE = "north";
        private static final String KEY = "the-key";
        private final Scope scope = new Scope("nimbus", "", "", "studio");
        private final NimbusSimulator nimbus = NimbusSimulator.start(scope.subscription(), KEY);
        private final CloudStatusPort port = new NimbusCloudStatus(new NimbusClient(
                HttpClient.newHttpClient(), nimbus.endpoint(), any -> Optional.of(ClientSecret.of(KEY))));

        @Override
        public CloudStatusPort port() {
            return port;
        }

        @Override
        public Scope scope() {
            return scope;
        }

        @Override
        public CloudAddress put(String name, PowerState power) {
            String state = switch (power) {
                case RUNNING -> "on";
                case STARTING -> "booting";
                case STOPPING -> "halting";
                case STOPPED -> "halted";
                case DEALLOCATING -> "parking";
                case DEALLOCATED -> "parked";
                case UNKNOWN -> "";
            };
            nimbus.put(ZONE, name, state, "none");
            return addressOf(name);
        }

        @Override
        public CloudAddress addressOf(String name) {
            return CloudAddress.ofName(ZONE, name);
        }

        @Override
        public void vanish(String name) {
            nimbus.remove(ZONE, name);
        }

        @Override
        public void forgetPower(String name) {
            put(name, PowerState.UNKNOWN);
        }

        @Override
        public void fail(UnknownCause cause, Optional<Duration> retryAfter) {
            nimbus.fails(
                    switch (cause) {
                        case UNAUTHENTICATED -> NimbusSimulator.Fault.error(401, "unknown_key", retryAfter);
                        case FORBIDDEN -> NimbusSimulator.Fault.error(403, "not_allowed", retryAfter);
                        case SUBSCRIPTION_UNREADABLE -> NimbusSimulator.Fault.error(404, "no_such_account", retryAfter);
                        case SERVER_ERROR -> NimbusSimulator.Fault.error(500, "", retryAfter);
                        case THROTTLED -> NimbusSimulator.Fault.error(429, "slow_down", retryAfter);
                        case CONNECTION_FAILED -> NimbusSimulator.Fault.cut();
                        case UNREADABLE_ANSWER -> NimbusSimulator.Fault.garbage();
                        default -> throw new IllegalArgumentException("no fault for " + cause);
                    });
        }

        @Override
        public void failDirect(String name) {
            nimbus.fails(ZONE, name, NimbusSimulator.Fault.error(503, "", Optional.empty()));
        }

        @Override
        public void breakListsAfterTwo() {
            nimbus.failsAfterFirstPage(NimbusSimulator.Fault.error(502, "", Optional.empty()));
        }

        @Override
        public void hang() {
            nimbus.fails(NimbusSimulator.Fault.hang());
        }

        @Override
        public void close() {
            nimbus.close();
        }
    }
}
