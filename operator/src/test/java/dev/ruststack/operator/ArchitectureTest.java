package dev.ruststack.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The walls between the operator's packages. */
class ArchitectureTest {
    private static final String ROOT = "dev.ruststack.operator";
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void whatAStackShouldHaveIsDecidedWithoutACluster() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".desired..", ROOT + ".seed..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fabric8.kubernetes.client..", "io.javaoperatorsdk..", "java.net.http..")
                .check(CODE);
    }

    @Test
    void onlyTheReconcilerKnowsTheSdk() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".desired..", ROOT + ".seed..", ROOT + ".admin..", ROOT + ".resource..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.javaoperatorsdk..")
                .check(CODE);
    }

    @Test
    void emulatorsAreSpokenToInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".admin..")
                .and()
                .haveSimpleNameNotContaining("Watches")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http..")
                .check(CODE);
    }

    @Test
    void stepsOfAReconcileCallTheApiServerThroughOneClass() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".reconcile..")
                .and()
                .doNotHaveSimpleName("Cluster")
                .and()
                .doNotHaveSimpleName("Announcements")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8.kubernetes.client.dsl..")
                .check(CODE);
    }

    @Test
    void nothingDependsOnTheCompositionRoot() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT)
                .check(CODE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CODE);
    }
}
