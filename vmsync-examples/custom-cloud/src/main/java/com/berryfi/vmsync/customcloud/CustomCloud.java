package com.berryfi.vmsync.customcloud;

import com.berryfi.vmsync.SyncSettings;
import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.ClientSecret;
import com.berryfi.vmsync.testkit.InMemoryBilling;
import com.berryfi.vmsync.testkit.InMemoryStore;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows vmsync on a cloud that is not Azure: what the host believes, what Nimbus says, and what would be done. */
public final class CustomCloud {

    private static final String ZONE = "north";
    private static final String KEY = "a-key-of-the-simulator";
    private static final Scope SCOPE = new Scope("nimbus", "", "", "studio");

    private CustomCloud() {}

    public static void main(String[] args) {
        run(System.out);
    }

    static List<VmOutcome> run(PrintStream out) {
        InMemoryStore host = new InMemoryStore();
        try (NimbusSimulator nimbus = NimbusSimulator.start(SCOPE.subscription(), KEY)) {
            put(host, nimbus, "in-step", VmStatus.RUNNING, "on");
            put(host, nimbus, "in-use", VmStatus.RUNNING, "parked");
            session(host, "in-use");
            put(host, nimbus, "idle", VmStatus.RUNNING, "halted");
            put(host, nimbus, "up", VmStatus.STOPPED, "on");
            put(host, nimbus, "odd", VmStatus.RUNNING, "dreaming");

            NimbusClient client = new NimbusClient(
                    HttpClient.newHttpClient(), nimbus.endpoint(), scope -> Optional.of(ClientSecret.of(KEY)));
            try (VmSync sync = VmSync.builder(host, new NimbusCloudStatus(client), new InMemoryBilling())
                    .withSettings(SyncSettings.from(Map.of("azure.status.sync.mode", "dry-run")))
                    .build()) {
                SyncReport report = sync.runOnce(SyncKind.FULL);
                out.println(report.checked() + " VMs of " + SCOPE + " checked, nothing changed");
                report.outcomes().forEach(outcome -> print(outcome, out));
                return report.outcomes();
            }
        }
    }

    private static void print(VmOutcome outcome, PrintStream out) {
        out.println("  " + outcome.before().id() + ": the host believes "
                + outcome.before().vm().believed() + ", Nimbus says "
                + outcome.evidence().observation() + "; " + outcome.decision().rule() + ": "
                + outcome.decision().effects());
    }

    private static void put(InMemoryStore host, NimbusSimulator nimbus, String name, VmStatus believed, String state) {
        nimbus.put(ZONE, name, state, "none");
        host.putVm(new Vm(
                new VmId(name),
                SCOPE,
                CloudAddress.ofName(ZONE, name),
                believed,
                Optional.empty(),
                Optional.of(Instant.now().minusSeconds(7200))));
    }

    private static void session(InMemoryStore host, String name) {
        SessionId session = new SessionId("s-" + name);
        host.putSession(new Session(
                session,
                new VmId(name),
                SessionStatus.ACTIVE,
                Optional.of(Instant.now().minusSeconds(3600)),
                Optional.empty()));
        host.updateVm(
                new VmId(name),
                vm -> new Vm(vm.id(), vm.scope(), vm.address(), vm.believed(), Optional.of(session), vm.lastStarted()));
    }
}
