package dev.ruststack.crds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.crds.schema.Shapes;
import dev.ruststack.crds.status.RustStackStatus;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The CRD under {@code helm/} is what the records say. A test makes it: Maven itself may run on too old a JDK for them. */
class CrdYamlTest {
    private static final String NAME = "ruststacks.ruststack.dev-v1.yml";
    private static final Path COMMITTED = Path.of("../helm/ruststack-operator/files", NAME);
    private static final String COMMAND = "./mvnw -q -pl crds test -Dtest=CrdYamlTest -Dregenerate=true";

    private static final List<String> COLUMNS = Stream.of(
                    RustStack.class.getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::name)
            .toList();

    @TempDir
    static Path folder;

    private static CustomResourceDefinition crd;
    private static String yaml;

    @BeforeAll
    static void generate() throws IOException {
        var made = new CRDGenerator()
                .inOutputDir(folder.toFile())
                .withPostProcessor(new Bounds())
                .withParallelGenerationEnabled(false)
                // All quotes: without them YAML 1.1, which kubectl reads, has a boolean for N and a number for
                // 000000000000.
                .withMinQuotes(false)
                .customResourceClasses(RustStack.class)
                .forCRDVersions("v1")
                .detailedGenerate();
        assertThat(made.numberOfGeneratedCRDs()).isEqualTo(1);
        yaml = Files.readString(folder.resolve(NAME))
                .replaceFirst(
                        "(?s)\\A(#[^\n]*\n)*",
                        "# Made from the records of the module crds. To make it again:\n# " + COMMAND + "\n");
    }

    private static final class Bounds implements CRDPostProcessor {
        @Override
        public HasMetadata process(HasMetadata made, String crdVersion) {
            crd = (CustomResourceDefinition) made;
            var version = crd.getSpec().getVersions().getFirst();
            // fabric8 sorts columns by path; people read them from left to right.
            version.setAdditionalPrinterColumns(version.getAdditionalPrinterColumns().stream()
                    .sorted(Comparator.comparingInt(column -> COLUMNS.indexOf(column.getName())))
                    .toList());
            var schema = version.getSchema().getOpenAPIV3Schema();
            schema.setDescription("A real, throw-away AWS (S3, DynamoDB, Lambda) made of one resource.");
            schema.setRequired(List.of("spec"));
            part(schema, "spec").setDescription("What the stack holds and how it runs.");
            CrdSchema.apply(Shapes.of(RustStackSpec.class), part(schema, "spec"));
            part(schema, "status").setDescription("What the operator observed.");
            CrdSchema.apply(Shapes.of(RustStackStatus.class), part(schema, "status"));
            return crd;
        }

        private static JSONSchemaProps part(JSONSchemaProps schema, String name) {
            return schema.getProperties().get(name);
        }
    }

    @Test
    void theCommittedCrdIsWhatTheRecordsSay() throws IOException {
        if (Boolean.getBoolean("regenerate")) {
            Files.createDirectories(COMMITTED.getParent());
            Files.writeString(COMMITTED, yaml);
        }
        assertThat(COMMITTED).as("make it with: " + COMMAND).exists();
        assertThat(Files.readString(COMMITTED, StandardCharsets.UTF_8))
                .as("make it again with: " + COMMAND)
                .isEqualTo(yaml);
    }

    @Test
    void namesAreThoseOfTheDesign() {
        var names = crd.getSpec().getNames();

        assertThat(crd.getMetadata().getName()).isEqualTo("ruststacks.ruststack.dev");
        assertThat(crd.getMetadata().getLabels()).containsEntry("servicebinding.io/provisioned-service", "true");
        assertThat(crd.getSpec().getScope()).isEqualTo("Namespaced");
        assertThat(names.getShortNames()).containsExactly("rstk");
        assertThat(names.getCategories()).containsExactly("ruststack");
        assertThat(crd.getSpec().getVersions().getFirst().getName()).isEqualTo("v1alpha1");
        assertThat(crd.getSpec().getVersions().getFirst().getSubresources().getStatus())
                .isNotNull();
        assertThat(crd.getSpec().getVersions().getFirst().getAdditionalPrinterColumns())
                .extracting(column -> column.getName())
                .containsExactlyElementsOf(COLUMNS);
    }

    /** Without a bound, the API server assumes the largest request for the cost of a CEL rule, and refuses the CRD. */
    @Test
    void everyListMapAndTextIsBounded() {
        var unbounded = new TreeSet<String>();
        unbounded(crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema(), "", unbounded);

        assertThat(unbounded).isEmpty();
    }

    private static void unbounded(JSONSchemaProps schema, String path, TreeSet<String> found) {
        var bounded = switch (String.valueOf(schema.getType())) {
            case "array" -> schema.getMaxItems() != null && schema.getXKubernetesListType() != null;
            case "string" -> schema.getMaxLength() != null || !schema.getEnum().isEmpty();
            case "object" -> schema.getAdditionalProperties() == null || schema.getMaxProperties() != null;
            default -> true;
        };
        if (!bounded) {
            found.add(path);
        }
        schema.getProperties().forEach((name, property) -> unbounded(property, path + "." + name, found));
        if (schema.getItems() != null) {
            unbounded(schema.getItems().getSchema(), path + "[]", found);
        }
        if (schema.getAdditionalProperties() != null) {
            unbounded(schema.getAdditionalProperties().getSchema(), path + "{}", found);
        }
    }
}
