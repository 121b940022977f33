package dev.ruststack.emulator.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.journal.KeptTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.protocols.core.OperationInfo;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.utils.builder.Buildable;
import tools.jackson.databind.JsonNode;

/**
 * Holds the operations of API Gateway against AWS's model, as the AWS SDK carries it, and writes what is built into
 * {@code docs/operations-api-gateway.md}: {@code -Dregenerate=true} writes it anew.
 */
class GatewayModelTest {
    private static final Path PAGE = Path.of("..", "docs", "operations-api-gateway.md");

    private record Model(String title, String name, Class<?> client, String routes, List<GatewayOperation> built) {
        String route(String operation) {
            try {
                var marshaller = Class.forName(
                        "software.amazon.awssdk.services." + name + ".transform." + operation + "RequestMarshaller");
                var field = marshaller.getDeclaredField("SDK_OPERATION_BINDING");
                field.setAccessible(true);
                var info = (OperationInfo) field.get(null);
                return operation + " " + info.httpMethod() + " " + info.requestUri();
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(operation, e);
            }
        }

        Set<String> members(String operation) {
            try {
                var type = Class.forName("software.amazon.awssdk.services." + name + ".model." + operation + "Request");
                var builder = type.getMethod("builder").invoke(null);
                var request = (SdkPojo) Buildable.class.getMethod("build").invoke(builder);
                return request.sdkFields().stream()
                        .filter(field -> field.location() == MarshallLocation.PAYLOAD)
                        .map(field -> field.unmarshallLocationName())
                        .collect(Collectors.toCollection(TreeSet::new));
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(operation, e);
            }
        }

        List<String> all() {
            return Arrays.stream(client.getMethods())
                    .filter(method -> method.getParameterCount() == 1
                            && method.getParameterTypes()[0].getSimpleName().endsWith("Request")
                            && !method.getReturnType().getSimpleName().endsWith("Iterable"))
                    .map(method -> method.getParameterTypes()[0].getSimpleName().replaceFirst("Request$", ""))
                    .distinct()
                    .sorted()
                    .toList();
        }

        List<String> known() {
            try (var in = Objects.requireNonNull(ApiGatewayService.class.getResourceAsStream(routes))) {
                return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static List<Model> models() {
        var table = KeptTable.inMemory(JsonNode.class);
        return List.of(
                new Model(
                        "REST APIs",
                        "apigateway",
                        ApiGatewayClient.class,
                        "routes.txt",
                        RestApiOperations.of(
                                        table,
                                        (served, request) -> {
                                            throw new AssertionError();
                                        },
                                        Clock.systemUTC())
                                .operations()),
                new Model(
                        "HTTP APIs",
                        "apigatewayv2",
                        ApiGatewayV2Client.class,
                        "routes-v2.txt",
                        HttpApiOperations.of(table, Clock.systemUTC()).operations()));
    }

    @TestFactory
    Stream<DynamicTest> everyOperationIsAsAwsModelsIt() {
        return models().stream()
                .flatMap(model -> model.built().stream()
                        .map(operation -> DynamicTest.dynamicTest(
                                model.title() + " " + operation.name(), () -> check(model, operation))));
    }

    private static void check(Model model, GatewayOperation operation) {
        assertThat(operation.name() + " " + operation.model().template()).isEqualTo(model.route(operation.name()));
        assertThat(model.members(operation.name())).containsAll(operation.members());
    }

    @Test
    void everyRouteThatAwsHasIsKnown() {
        for (var model : models()) {
            assertThat(model.known())
                    .containsAll(model.all().stream().map(model::route).toList());
        }
    }

    @Test
    void theListOfOperationsIsCurrent() throws IOException {
        var page = page();
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as("docs/operations-api-gateway.md is out of date: "
                        + "./mvnw -pl emulator -am test -Dtest=GatewayModelTest -Dregenerate=true "
                        + "-Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(page);
    }

    private static String page() {
        var page = new StringBuilder("""
                # Operations of API Gateway

                Made by `GatewayModelTest` from the code and AWS's model. *Not honoured* are members of requests that AWS
                has and RustStack has not: they are refused by name. An operation that is not built answers
                `501 NotImplemented` naming it. What is kept without effect is in [HTTP in front of functions](http.md).
                """);
        for (var model : models()) {
            page.append("\n## ")
                    .append(model.title())
                    .append("\n\n| operation | not honoured in requests |\n|---|---|\n");
            var built = new TreeSet<String>();
            model.built().stream()
                    .sorted(java.util.Comparator.comparing(GatewayOperation::name))
                    .forEach(operation -> {
                        built.add(operation.name());
                        page.append("| ")
                                .append(operation.name())
                                .append(" | ")
                                .append(missing(model, operation))
                                .append(" |\n");
                    });
            var missing = new ArrayList<>(
                    model.known().stream().map(line -> line.split(" ")[0]).toList());
            missing.removeAll(built);
            page.append("\nNot built (501): ")
                    .append(String.join(", ", missing))
                    .append(".\n");
        }
        return page.toString();
    }

    /** A document that is not JSON is looked at elsewhere. */
    private static String missing(Model model, GatewayOperation operation) {
        var members = model.members(operation.name());
        members.removeAll(operation.members());
        members.remove("body");
        return members.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }
}
