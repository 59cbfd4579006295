package com.berryfi.vmsync.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.azure.AzureCloudStatus;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.port.ClientSecret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuickstartTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void theWholeStoryEndsWellAndTellsNoSecret() throws SQLException, IOException {
        Path html = DriftFiles.PLACE.resolve("drift-report.html").toAbsolutePath();
        Path text = DriftFiles.PLACE.resolve("drift-report.txt").toAbsolutePath();
        Files.deleteIfExists(html);
        Files.deleteIfExists(text);

        assertThat(Quickstart.run(List.of(), out)).as(this::printed).isTrue();

        assertThat(printed().strip().lines().reduce((before, last) -> last).orElseThrow())
                .startsWith("QUICKSTART OK ");
        assertThat(printed())
                .contains("resume-when-running", "end-when-stopped", "end-when-deallocated", "finish-terminating")
                .contains("follow-power", "follow-start", "resume-metering", "await-missing", "watch-running")
                .contains("left alone: VM vm-035", "left alone: VM vm-038", "left alone: VM vm-041")
                .contains("vm_instances vm-029", "vm_instances vm-032", "vm_instances vm-033", "vm_sessions s-lost")
                .contains("the drift report is in " + html + " and, for the terminal, in " + text)
                .doesNotContain("demo-secret");
        assertThat(Files.readString(html))
                .startsWith("<!DOCTYPE html>")
                .contains("vm-029", "s-lost", "follow-power", "resume-when-running")
                .doesNotContain("demo-secret");
        assertThat(Files.readString(text))
                .startsWith("vmsync drift report")
                .contains("vm-029", "s-lost", "follow-power", "resume-when-running")
                .doesNotContain("demo-secret");
    }

    @Test
    void aRealSubscriptionIsPrintedReadOnly() {
        try (DemoCloud cloud = new DemoCloud(InstantSource.system())) {
            cloud.subscription(DemoCloud.LAB).put("rg", "vm-1", PowerState.RUNNING);
            cloud.subscription(DemoCloud.LAB).put("rg", "vm-2", PowerState.DEALLOCATED);
            AzureCloudStatus azure = cloud.adapter(scope -> Optional.of(ClientSecret.of(DemoCloud.LAB.secret())));
            Scope scope = new Scope("azure", DemoCloud.TENANT, DemoCloud.LAB.clientId(), DemoCloud.LAB.subscription());

            assertThat(RealSubscription.print(azure, scope, out)).isTrue();
        }
        assertThat(printed()).contains("vm-1", "RUNNING", "vm-2", "DEALLOCATED", "2 VMs in subscription");
    }

    @Test
    void whoIsNotSignedInIsToldHow() {
        try (DemoCloud cloud = new DemoCloud(InstantSource.system())) {
            AzureCloudStatus azure = cloud.adapter(scope -> Optional.of(ClientSecret.of("a wrong one")));
            Scope scope = new Scope("azure", DemoCloud.TENANT, DemoCloud.LAB.clientId(), DemoCloud.LAB.subscription());

            assertThat(RealSubscription.print(azure, scope, out)).isFalse();
        }
        assertThat(printed()).contains("UNAUTHENTICATED", "sign in").doesNotContain("a wrong one");
    }

    @Test
    void aWrongArgumentIsNamed() throws SQLException {
        assertThat(Quickstart.run(List.of("--azure"), out)).isFalse();
        assertThat(printed()).contains("usage", "--azure");
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
