package com.berryfi.vmsync;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The house stands as it was drawn; and each guard, shown a house that does not, fails. */
class ArchitectureTest {

    private static final String HOUSE = "com.berryfi.vmsync";
    private static final String PLANTED = "com.berryfi.vmsync.planted";

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(HOUSE);
    private static final JavaClasses VIOLATIONS = new ClassFileImporter().importPackages(PLANTED);

    @Test
    void thereIsSomethingToGuard() {
        assertThat(CODE.size()).isGreaterThan(80);
        assertThat(VIOLATIONS.size()).isEqualTo(5);
    }

    @Test
    void packagesAreUsedOneWay() {
        oneWay(HOUSE).forEach(rule -> rule.check(CODE));
        assertThat(oneWay(PLANTED)).anySatisfy(rule -> assertFails(rule, "PlantedNoun"));
        assertThat(oneWay(PLANTED)).anySatisfy(rule -> assertFails(rule, "PlantedReport"));
    }

    @Test
    void noPackagesDependOnOneAnotherInACircle() {
        acyclic(HOUSE).check(CODE);
        assertFails(acyclic(PLANTED), "Cycle detected");
    }

    @Test
    void whatIsPureNeedsNoClockThreadLoggerOrInput() {
        withoutTheWorld(HOUSE).check(CODE);
        assertFails(withoutTheWorld(PLANTED), "PlantedLogger");
    }

    @Test
    void whatIsPureNeverAsksForTheTimeOrForChance() {
        withoutNow(HOUSE).check(CODE);
        assertFails(withoutNow(PLANTED), "PlantedNoun");
    }

    @Test
    void noPackageIsCalledForWhatItIsNot() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..")
                .check(CODE);
    }

    private static List<ArchRule> oneWay(String base) {
        Map<String, List<String>> mayNotUse = Map.of(
                "", List.of(".report"),
                ".model", List.of(".rule", ".plan", ".port", ".event", ".report", ""),
                ".rule", List.of(".plan", ".port", ".event", ".report", ""),
                ".plan", List.of(".rule", ".port", ".event", ".report", ""),
                ".port", List.of(".rule", ".plan", ".event", ".report", ""),
                ".event", List.of(".rule", ".plan", ".port", ".report", ""),
                ".report", List.of(".rule", ".plan", ".port", ".event", ""));
        return mayNotUse.entrySet().stream()
                .<ArchRule>map(entry -> noClasses()
                        .that()
                        .resideInAPackage(base + entry.getKey())
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(entry.getValue().stream()
                                .map(name -> base + name)
                                .toArray(String[]::new))
                        .allowEmptyShould(true))
                .toList();
    }

    private static ArchRule acyclic(String base) {
        return SlicesRuleDefinition.slices().matching(base + ".(*)..").should().beFreeOfCycles();
    }

    private static ArchRule withoutTheWorld(String base) {
        return noClasses()
                .that()
                .resideInAnyPackage(base + ".model", base + ".rule", base + ".plan", base + ".report")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "org.slf4j..",
                                "java.io..",
                                "java.nio..",
                                "java.net..",
                                "java.sql..",
                                "javax.sql..",
                                "java.util.concurrent..",
                                "java.util.logging..",
                                "dev.failsafe..",
                                "com.github.benmanes..")
                        // What an Appendable throws, and how characters become bytes, is no input or output yet.
                        .and(not(belongToAnyOf(
                                IOException.class, UncheckedIOException.class, StandardCharsets.class, Charset.class))))
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(
                        Thread.class, java.time.Clock.class, java.time.InstantSource.class, java.util.Random.class);
    }

    private static ArchRule withoutNow(String base) {
        return noClasses()
                .that()
                .resideInAnyPackage(base + ".model", base + ".rule", base + ".plan", base + ".report")
                .should()
                .accessTargetWhere(
                        DescribedPredicate.describe("asks for the time or for chance", ArchitectureTest::asks));
    }

    private static boolean asks(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = ((com.tngtech.archunit.core.domain.properties.HasName) access.getTarget()).getName();
        return (owner.startsWith("java.time.") && name.equals("now"))
                || (owner.equals("java.lang.System") && (name.equals("currentTimeMillis") || name.equals("nanoTime")))
                || (owner.equals("java.lang.Math") && name.equals("random"))
                || (owner.equals("java.util.UUID") && name.equals("randomUUID"));
    }

    private static void assertFails(ArchRule rule, String naming) {
        assertThatThrownBy(() -> rule.check(VIOLATIONS))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(naming);
    }
}
