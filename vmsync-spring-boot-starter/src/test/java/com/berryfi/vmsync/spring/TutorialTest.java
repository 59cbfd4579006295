package com.berryfi.vmsync.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.management.AzureEnvironment;
import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.testkit.VirtualTime;
import com.berryfi.vmsync.testkit.arm.ArmSimulator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.test.tools.SourceFile;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.util.ClassUtils;

/** What the tutorial has its readers write, compiled and run as it stands there, on an Azure that is on this machine. */
@ExtendWith(OutputCaptureExtension.class)
class TutorialTest {

    private static final String SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";
    private static final String TENANT = "THE-TENANT";
    private static final String SECRET = "the-password";
    private static final String TOKEN = "a-good-token";
    private static final Pattern ROLE = Pattern.compile("Microsoft\\.Compute/virtualMachines(/instanceView)?/read");
    private static final String READ = "GET [^ ?]*/subscriptions/" + SUBSCRIPTION
            + "(/resourceGroups/[^/?]+)?/providers/Microsoft\\.Compute/virtualMachines(/[^/?]+)?(\\?.*)?";

    private final String page = page();

    private static String page() {
        try {
            return Files.readString(Path.of("..", "docs", "tutorial.md"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> blocks(String language) {
        return Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(block -> block.group(1).replace("YOUR-SUBSCRIPTION", SUBSCRIPTION))
                .toList();
    }

    @TempDir
    private Path resources;

    @Test
    void theFirstLookIsADryRun(CapturedOutput output) throws IOException {
        try (ArmSimulator arm = azure()) {
            firstLook(arm, SECRET, sync -> {
                SyncReport report = sync.runOnce(SyncKind.FULL);

                assertThat(report.dryRun()).isTrue();
                assertThat(report.problems()).isEmpty();
                assertThat(report.outcomes()).hasSize(1);
            });

            assertThat(output).contains(blocks("text").get(0).strip().replace('\n', ' '));
            assertThat(output).doesNotContain("costs", SECRET);
            assertThat(arm.requests())
                    .filteredOn(request -> !request.contains("/oauth2/"))
                    .isNotEmpty()
                    .allSatisfy(request -> assertThat(request).matches(READ));
        }
    }

    @Test
    void aWrongPasswordIsToldAsThePageSays(CapturedOutput output) throws IOException {
        try (ArmSimulator arm = azure()) {
            firstLook(arm, "another-password", sync -> {
                sync.runOnce(SyncKind.FULL);
                sync.runOnce(SyncKind.FULL);
            });

            assertThat(page).contains("| `FAILING_CREDENTIAL` … `UNAUTHENTICATED` |");
            assertThat(output.getOut().lines())
                    .anyMatch(line -> line.matches(".*FAILING_CREDENTIAL.*UNAUTHENTICATED.*"));
        }
    }

    private static ArmSimulator azure() {
        ArmSimulator arm = ArmSimulator.start(InstantSource.system());
        arm.principal(TENANT, "THE-APP-ID", SECRET, TOKEN);
        arm.subscription(SUBSCRIPTION).readableBy(TOKEN).put("YOUR-RESOURCE-GROUP", "YOUR-VM", PowerState.DEALLOCATED);
        return arm;
    }

    private void firstLook(ArmSimulator arm, String password, Consumer<VmSync> look) throws IOException {
        assertThat(blocks("java")).hasSize(1);
        assertThat(blocks("sql")).hasSize(2);
        Path schema =
                Files.writeString(resources.resolve("schema.sql"), blocks("sql").get(0));
        Path data =
                Files.writeString(resources.resolve("data.sql"), blocks("sql").get(1));
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.sql.init.schema-locations=" + schema.toUri(),
                "--spring.sql.init.data-locations=" + data.toUri(),
                "--AZURE_CLIENT_SECRET=" + password));
        blocks("properties").get(0).lines().map("--"::concat).forEach(arguments::add);
        TestCompiler.forSystem()
                .withSources(SourceFile.of(blocks("java").get(0)))
                .compile(compiled -> {
                    SpringApplicationBuilder application = new SpringApplicationBuilder(
                            ClassUtils.resolveClassName("example.FirstLook", compiled.getClassLoader()));
                    onThisMachine(application, arm);
                    try (ConfigurableApplicationContext context = application.run(arguments.toArray(String[]::new))) {
                        look.accept(context.getBean(VmSync.class));
                    }
                });
    }

    /** Where Azure is; and the loops stand still, so that they do not meet the test's one step. */
    private static void onThisMachine(SpringApplicationBuilder application, ArmSimulator arm) {
        String endpoint = arm.endpoint() + "/";
        AzureEnvironment environment = new AzureEnvironment(Map.of(
                "resourceManagerEndpointUrl", endpoint,
                "managementEndpointUrl", endpoint,
                "activeDirectoryEndpointUrl", endpoint,
                "activeDirectoryResourceId", endpoint,
                "microsoftGraphResourceId", endpoint));
        AzureCloudStatusCustomizer azure = builder -> builder.withEnvironment(environment)
                .withHttpClient(
                        new JdkHttpClientBuilder(HttpClient.newBuilder().sslContext(arm.clientContext())).build());
        VmSyncCustomizer still = builder -> builder.withScheduler(VirtualTime.startingAt(Instant.EPOCH));
        application.initializers(context -> {
            context.getBeanFactory().registerSingleton("simulator", azure);
            context.getBeanFactory().registerSingleton("still", still);
        });
    }

    @Test
    void theRolesAreTheLeastThatWillDo() throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<String> roles = blocks("json");
        assertThat(roles).hasSize(2);
        List<String> reads = actions(json.readTree(roles.get(0)));
        List<String> reach = actions(json.readTree(roles.get(1)));

        assertThat(reads).hasSize(2).allSatisfy(action -> assertThat(action).matches(ROLE));
        assertThat(reach).containsAll(reads).hasSize(3).contains("Microsoft.Compute/virtualMachines/deallocate/action");
    }

    private static List<String> actions(JsonNode role) {
        assertThat(role.get("AssignableScopes").get(0).asText()).isEqualTo("/subscriptions/" + SUBSCRIPTION);
        List<String> actions = new ArrayList<>();
        role.get("Actions").forEach(action -> actions.add(action.asText()));
        return actions;
    }

    @Test
    void theProjectNamesTheVersionsOfThisOne() throws IOException {
        String own = Files.readString(Path.of("pom.xml"));
        String version = own.substring(own.indexOf("<version>") + "<version>".length(), own.indexOf("</version>"));

        assertThat(blocks("xml").get(0))
                .contains("<version>" + SpringBootVersion.getVersion() + "</version>")
                .contains("<artifactId>vmsync-spring-boot-starter</artifactId>\n      <version>" + version
                        + "</version>");
    }
}
