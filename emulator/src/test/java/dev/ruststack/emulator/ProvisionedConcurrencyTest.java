package dev.ruststack.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.ProvisionedConcurrencyConfigNotFoundException;
import software.amazon.awssdk.services.lambda.model.ProvisionedConcurrencyStatusEnum;
import software.amazon.awssdk.services.lambda.model.PutProvisionedConcurrencyConfigResponse;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** Provisioned concurrency, where functions really run. */
class ProvisionedConcurrencyTest {
    private static final String CODE = """
            import time
            began = time.time()
            def handler(event, context): return began
            """;

    @TempDir
    Path data;

    private FunctionStack stack;

    @BeforeEach
    void start() throws Exception {
        stack = FunctionStack.start(data, Map.of("RUSTSTACK_MAX_RUNNERS", "4"));
        stack.python("orders", CODE);
        stack.lambda.publishVersion(publish -> publish.functionName("orders"));
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    private PutProvisionedConcurrencyConfigResponse put(String qualifier, int environments) {
        return stack.lambda.putProvisionedConcurrencyConfig(
                put -> put.functionName("orders").qualifier(qualifier).provisionedConcurrentExecutions(environments));
    }

    private void awaitReady(String qualifier, int environments) {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            var config = stack.lambda.getProvisionedConcurrencyConfig(
                    get -> get.functionName("orders").qualifier(qualifier));
            assertThat(config.status()).isEqualTo(ProvisionedConcurrencyStatusEnum.READY);
            assertThat(config.allocatedProvisionedConcurrentExecutions()).isEqualTo(environments);
            assertThat(config.availableProvisionedConcurrentExecutions()).isEqualTo(environments);
        });
    }

    @Test
    void environmentsOfAVersionStandBeforeTheFirstEvent() {
        var put = put("1", 2);

        assertThat(put.sdkHttpResponse().statusCode()).isEqualTo(202);
        assertThat(put.requestedProvisionedConcurrentExecutions()).isEqualTo(2);
        assertThat(put.status()).isEqualTo(ProvisionedConcurrencyStatusEnum.IN_PROGRESS);
        assertThat(put.lastModified()).matches("\\d{4}-.*\\+0000");
        awaitReady("1", 2);
        var invoked = System.currentTimeMillis() / 1000.0;
        var began = stack.lambda
                .invoke(invoke -> invoke.functionName("orders:1"))
                .payload()
                .asUtf8String();
        assertThat(Double.parseDouble(began)).isLessThan(invoked);
    }

    @Test
    void aliasTakesItsEnvironmentsToAnotherVersion() {
        stack.lambda.createAlias(
                create -> create.functionName("orders").name("live").functionVersion("1"));
        put("live", 1);
        awaitReady("live", 1);
        stack.lambda.updateFunctionConfiguration(
                update -> update.functionName("orders").timeout(50));
        stack.lambda.waiter().waitUntilFunctionUpdatedV2(get -> get.functionName("orders"));
        stack.lambda.publishVersion(publish -> publish.functionName("orders"));

        stack.lambda.updateAlias(
                update -> update.functionName("orders").name("live").functionVersion("2"));

        awaitReady("live", 1);
        assertThatThrownBy(() -> put("2", 1))
                .isInstanceOf(ResourceConflictException.class)
                .hasMessageContaining("Version is pointed by a Provisioned Concurrency alias");
    }

    @Test
    void aliasOfTwoVersionsSharesItsEnvironmentsBetweenThem() {
        stack.lambda.updateFunctionConfiguration(
                update -> update.functionName("orders").timeout(50));
        stack.lambda.waiter().waitUntilFunctionUpdatedV2(get -> get.functionName("orders"));
        stack.lambda.publishVersion(publish -> publish.functionName("orders"));
        stack.lambda.createAlias(create -> create.functionName("orders")
                .name("live")
                .functionVersion("1")
                .routingConfig(routing -> routing.additionalVersionWeights(Map.of("2", 0.1))));
        put("live", 2);
        awaitReady("live", 2);
        var invoked = System.currentTimeMillis() / 1000.0;

        for (var version : List.of("1", "2")) {
            var began = stack.lambda
                    .invoke(invoke -> invoke.functionName("orders:" + version))
                    .payload()
                    .asUtf8String();
            assertThat(Double.parseDouble(began)).isLessThan(invoked);
        }
    }

    @Test
    void aFunctionIsToldThatItWasProvisioned() {
        stack.python("typed", """
                import os
                def handler(event, context): return os.environ["AWS_LAMBDA_INITIALIZATION_TYPE"]
                """);
        stack.lambda.publishVersion(publish -> publish.functionName("typed"));
        stack.lambda.putProvisionedConcurrencyConfig(
                put -> put.functionName("typed").qualifier("1").provisionedConcurrentExecutions(1));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> stack.lambda
                        .getProvisionedConcurrencyConfig(
                                get -> get.functionName("typed").qualifier("1"))
                        .status()
                        .equals(ProvisionedConcurrencyStatusEnum.READY));

        assertThat(typed("typed:1")).isEqualTo("\"provisioned-concurrency\"");
        assertThat(typed("typed")).isEqualTo("\"on-demand\"");
    }

    private String typed(String name) {
        return stack.lambda
                .invoke(invoke -> invoke.functionName(name))
                .payload()
                .asUtf8String();
    }

    @Test
    void moreThanThereIsRoomForFails() {
        put("1", 5);

        var config = stack.lambda.getProvisionedConcurrencyConfig(
                get -> get.functionName("orders").qualifier("1"));
        assertThat(config.status()).isEqualTo(ProvisionedConcurrencyStatusEnum.FAILED);
        assertThat(config.statusReason()).contains("There is room for 4 execution environments");
    }

    @Test
    void whatIsProvisionedIsListedAndGivenBack() {
        stack.lambda.createAlias(
                create -> create.functionName("orders").name("live").functionVersion("1"));
        put("live", 1);

        assertThat(stack.lambda
                        .listProvisionedConcurrencyConfigs(list -> list.functionName("orders"))
                        .provisionedConcurrencyConfigs())
                .singleElement()
                .satisfies(each -> assertThat(each.functionArn()).endsWith(":function:orders:live"));
        var deleted = stack.lambda.deleteProvisionedConcurrencyConfig(
                delete -> delete.functionName("orders").qualifier("live"));

        assertThat(deleted.sdkHttpResponse().statusCode()).isEqualTo(204);
        assertThatThrownBy(() -> stack.lambda.getProvisionedConcurrencyConfig(
                        get -> get.functionName("orders").qualifier("live")))
                .isInstanceOf(ProvisionedConcurrencyConfigNotFoundException.class)
                .hasMessageContaining("No Provisioned Concurrency Config found for this function");
    }

    @Test
    void whatCannotBeProvisionedIsRefused() {
        assertThatThrownBy(() -> put("$LATEST", 1))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("cannot be applied to unpublished function versions.");
        assertThatThrownBy(() -> put("7", 1)).isInstanceOf(ResourceNotFoundException.class);
        stack.lambda.putFunctionConcurrency(
                reserve -> reserve.functionName("orders").reservedConcurrentExecutions(1));
        assertThatThrownBy(() -> put("1", 2))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("should not be greater than the reservedConcurrentExecution");
    }

    @Test
    void listHasPages() {
        stack.lambda.createAlias(
                create -> create.functionName("orders").name("live").functionVersion("1"));
        stack.lambda.updateFunctionConfiguration(
                update -> update.functionName("orders").memorySize(256));
        stack.lambda.waiter().waitUntilFunctionUpdatedV2(get -> get.functionName("orders"));
        stack.lambda.publishVersion(publish -> publish.functionName("orders"));
        put("live", 1);
        put("2", 1);

        var pages = stack
                .lambda
                .listProvisionedConcurrencyConfigsPaginator(
                        list -> list.functionName("orders").maxItems(1))
                .stream()
                .toList();

        assertThat(pages).hasSize(2);
        assertThat(pages.getFirst().nextMarker()).isNotEmpty();
        assertThat(pages.getLast().nextMarker()).isNull();
        assertThat(pages.stream()
                        .flatMap(page -> page.provisionedConcurrencyConfigs().stream())
                        .map(config -> config.functionArn()))
                .containsExactlyInAnyOrder(
                        "arn:aws:lambda:us-east-1:000000000000:function:orders:live",
                        "arn:aws:lambda:us-east-1:000000000000:function:orders:2");
    }
}
