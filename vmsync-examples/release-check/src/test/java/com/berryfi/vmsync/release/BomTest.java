package com.berryfi.vmsync.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** The list of versions that hosts import. */
class BomTest {

    private static final String MANAGED = "/project/dependencyManagement/dependencies/dependency/";
    private static final Set<String> NO_JARS = Set.of("vmsync-bom", "vmsync-examples");

    @Test
    void itNamesEveryArtifactThatIsReleasedAndNothingElse() throws Exception {
        Pom root = Pom.at(Pom.ROOT);
        Pom bom = Pom.at(Pom.ROOT.resolve("vmsync-bom"));

        assertThat(root.texts("/project/modules/module"))
                .filteredOn(module -> !NO_JARS.contains(module))
                .containsExactlyInAnyOrderElementsOf(ReleaseBuild.MODULES);
        assertThat(bom.texts(MANAGED + "artifactId")).containsExactlyElementsOf(ReleaseBuild.MODULES);
        assertThat(bom.texts(MANAGED + "groupId")).containsOnly("com.berryfi.vmsync");
        assertThat(bom.texts(MANAGED + "version")).containsOnly("${project.version}");
    }

    @Test
    void itHasTheVersionOfTheRestAndNoParentWhoseVersionsItWouldBring() throws Exception {
        Pom bom = Pom.at(Pom.ROOT.resolve("vmsync-bom"));

        assertThat(bom.texts("/project/version"))
                .isEqualTo(Pom.at(Pom.ROOT).texts("/project/version"))
                .hasSize(1);
        assertThat(bom.texts("/project/parent")).isEmpty();
        assertThat(bom.texts("/project/dependencies")).isEmpty();
    }

    @Test
    void itIsBuiltByThePluginsOfTheRest() throws Exception {
        Pom root = Pom.at(Pom.ROOT);
        Pom bom = Pom.at(Pom.ROOT.resolve("vmsync-bom"));

        assertThat(bom.texts("//plugin/artifactId")).isNotEmpty().allSatisfy(plugin -> {
            String version = "//plugin[artifactId='" + plugin + "']/version";
            assertThat(bom.texts(version)).isEqualTo(root.texts(version)).hasSize(1);
        });
    }
}
