package com.berryfi.vmsync.azure;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.port.CloudStatusPort;
import com.berryfi.vmsync.testkit.arm.ArmFault;
import com.berryfi.vmsync.testkit.contract.CloudStatusPortContract;
import com.berryfi.vmsync.testkit.contract.CloudWorld;
import java.time.Duration;
import java.util.Optional;

/** The adapter keeps its port's contract: the real SDK over TLS against the simulator. */
class AzureCloudStatusContractTest extends CloudStatusPortContract {

    @Override
    protected CloudWorld newWorld() {
        return new World();
    }

    private static final class World implements CloudWorld {
        private static final String GROUP = "rg-render";
        private final SimulatedAzure azure = new SimulatedAzure();

        @Override
        public CloudStatusPort port() {
            return azure.cloud;
        }

        @Override
        public Scope scope() {
            return azure.scope;
        }

        @Override
        public CloudAddress put(String name, PowerState power) {
            azure.subscription.put(GROUP, name, power);
            return addressOf(name);
        }

        @Override
        public CloudAddress addressOf(String name) {
            return CloudAddress.ofResourceId(azure.subscription.resourceIdOf(GROUP, name));
        }

        @Override
        public void vanish(String name) {
            azure.subscription.vanish(GROUP, name);
        }

        @Override
        public void forgetPower(String name) {
            azure.subscription.vm(GROUP, name).withoutPowerState();
        }

        @Override
        public void fail(UnknownCause cause, Optional<Duration> retryAfter) {
            ArmFault fault = switch (cause) {
                case UNAUTHENTICATED -> ArmFault.unauthorized();
                case FORBIDDEN -> ArmFault.forbidden();
                case SUBSCRIPTION_UNREADABLE -> ArmFault.subscriptionNotFound();
                case SERVER_ERROR -> ArmFault.serverError(500);
                case THROTTLED -> ArmFault.throttledByArm(retryAfter.orElse(Duration.ZERO));
                case CONNECTION_FAILED -> ArmFault.cutMidBody();
                case UNREADABLE_ANSWER -> ArmFault.garbage();
                default -> throw new IllegalArgumentException("no fault for " + cause);
            };
            azure.subscription.heal();
            azure.subscription.fails(fault);
        }

        @Override
        public void failDirect(String name) {
            azure.subscription.vm(GROUP, name).fails(ArmFault.serverError(503));
        }

        @Override
        public void breakListsAfterTwo() {
            azure.subscription.pagesOf(2).failsAfterPage(1, ArmFault.badGateway());
        }

        @Override
        public void hang() {
            azure.subscription.fails(ArmFault.hang());
        }

        @Override
        public void close() {
            azure.close();
        }
    }
}
