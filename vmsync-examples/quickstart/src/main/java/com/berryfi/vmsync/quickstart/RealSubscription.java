package com.berryfi.vmsync.quickstart;

import com.berryfi.vmsync.azure.AzureCloudStatus;
import com.berryfi.vmsync.azure.AzureCredentials;
import com.berryfi.vmsync.azure.AzureFleet;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.UnknownCause;
import java.io.PrintStream;
import java.time.Duration;

/** Prints the power of every VM of a real subscription, read with Azure's default credential chain. Changes nothing. */
final class RealSubscription {

    private RealSubscription() {}

    static boolean run(String subscription, PrintStream out) {
        AzureCloudStatus azure =
                AzureCloudStatus.builder(AzureCredentials.defaultChain()).build();
        return print(azure, new Scope("azure", "", "", subscription), out);
    }

    static boolean print(AzureCloudStatus azure, Scope scope, PrintStream out) {
        AzureFleet fleet = azure.fleet(scope, Duration.ofMinutes(2));
        TextTable table = new TextTable("VM", "power");
        fleet.machines().forEach((id, observation) -> table.row(id, observation));
        table.print(out);
        fleet.failure().ifPresent(why -> {
            out.println("not read to the end: " + why);
            if (why.cause() == UnknownCause.UNAUTHENTICATED) {
                out.println(
                        "The default credential chain found no login: sign in with the Azure CLI, or set AZURE_TENANT_ID,"
                                + " AZURE_CLIENT_ID and AZURE_CLIENT_SECRET.");
            }
        });
        fleet.notices().forEach(out::println);
        out.println(fleet.machines().size() + " VMs in subscription " + scope.subscription() + ", read only");
        return fleet.failure().isEmpty();
    }
}
