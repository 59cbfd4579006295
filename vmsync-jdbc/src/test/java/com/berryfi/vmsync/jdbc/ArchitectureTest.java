package com.berryfi.vmsync.jdbc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** An adapter sees core's model and ports, and nothing else of it. */
class ArchitectureTest {

    private static final ArchRule SEES_ONLY_MODEL_AND_PORT = noClasses()
            .that()
            .resideInAPackage("com.berryfi.vmsync.jdbc..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "com.berryfi.vmsync",
                    "com.berryfi.vmsync.rule",
                    "com.berryfi.vmsync.plan",
                    "com.berryfi.vmsync.event",
                    "com.berryfi.vmsync.report");

    @Test
    void theAdapterSeesOnlyModelAndPort() {
        SEES_ONLY_MODEL_AND_PORT.check(new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("com.berryfi.vmsync.jdbc"));
    }

    @Test
    void oneThatSeesMoreIsFound() {
        assertThatThrownBy(() -> SEES_ONLY_MODEL_AND_PORT.check(
                        new ClassFileImporter().importPackages("com.berryfi.vmsync.jdbc.planted")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("PlantedAdapter");
    }
}
