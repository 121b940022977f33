package dev.ruststack.emulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The walls between packages, as docs/architecture.md draws them. */
class ArchitectureTest {
    private static final String ROOT = "dev.ruststack.emulator";
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void nettyStaysInHttp() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".http..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(CODE);
    }

    @Test
    void httpKnowsNothingOfAws() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".aws..", ROOT + ".s3..", ROOT + ".lambda..", ROOT + ".dynamodb..")
                .check(CODE);
    }

    @Test
    void whatEveryServiceSharesKnowsNoService() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".aws..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".s3..",
                        ROOT + ".lambda..",
                        ROOT + ".dynamodb..",
                        ROOT + ".sts..",
                        ROOT + ".httpfront..",
                        ROOT + ".seed..",
                        ROOT + ".admin..")
                .check(CODE);
    }

    @Test
    void servicesDoNotKnowEachOther() {
        slices().matching(ROOT + ".(s3|dynamodb|sts|lambda|iam|apigateway)..")
                .should()
                .notDependOnEachOther()
                .check(CODE);
    }

    @Test
    void onlyTheHttpFrontAndTheSeedKnowLambdaFromOutside() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".lambda..")
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAnyPackage(ROOT, ROOT + ".lambda..", ROOT + ".httpfront..", ROOT + ".seed..")
                .check(CODE);
    }

    @Test
    void nothingDependsOnTheCompositionRoot() {
        classes()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAPackage(ROOT)
                .check(CODE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void theResourceIsAllThatIsSharedWithTheOperator() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.ruststack.operator..", "io.fabric8..")
                .check(CODE);
    }
}
