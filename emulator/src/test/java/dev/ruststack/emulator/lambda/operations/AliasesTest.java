package dev.ruststack.emulator.lambda.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.lambda.LambdaStack;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.AliasConfiguration;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.PreconditionFailedException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** CreateAlias, GetAlias, UpdateAlias, DeleteAlias, ListAliases, and invocations by alias. */
class AliasesTest {
    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:orders";

    @AutoClose
    private static final LambdaStack STACK = new LambdaStack();

    @BeforeAll
    static void publish() {
        STACK.create("orders");
        for (int version = 1; version <= 2; version++) {
            int timeout = version;
            lambda().updateFunctionConfiguration(
                            update -> update.functionName("orders").timeout(timeout));
            lambda().publishVersion(publish -> publish.functionName("orders"));
        }
    }

    private static LambdaClient lambda() {
        return STACK.client();
    }

    private static void create(String name, String version) {
        lambda().createAlias(create -> create.functionName("orders").name(name).functionVersion(version));
    }

    private static String executed(String qualifier) {
        return lambda().invoke(invoke -> invoke.functionName("orders").qualifier(qualifier))
                .executedVersion();
    }

    @Test
    void aliasNamesAVersion() {
        var created = lambda().createAlias(create ->
                create.functionName("orders").name("live").functionVersion("1").description("what customers see"));

        assertThat(created.sdkHttpResponse().statusCode()).isEqualTo(201);
        assertThat(created.aliasArn()).isEqualTo(ARN + ":live");
        assertThat(created.routingConfig()).isNull();
        var alias = lambda().getAlias(get -> get.functionName("orders").name("live"));
        assertThat(alias.functionVersion()).isEqualTo("1");
        assertThat(alias.description()).isEqualTo("what customers see");
        assertThat(alias.revisionId()).isEqualTo(created.revisionId());
        assertThat(executed("live")).isEqualTo("1");
        assertThat(STACK.invoker().lastAsked().invocation().invokedFunctionArn())
                .isEqualTo(ARN + ":live");
        assertThat(lambda().getFunctionConfiguration(
                                get -> get.functionName("orders").qualifier("live"))
                        .functionArn())
                .isEqualTo(ARN + ":live");
    }

    @Test
    void aliasMovesOn() {
        create("moves", "1");
        var before = lambda().getAlias(get -> get.functionName("orders").name("moves"));

        var after = lambda().updateAlias(
                        update -> update.functionName("orders").name("moves").functionVersion("2"));

        assertThat(after.functionVersion()).isEqualTo("2");
        assertThat(after.revisionId()).isNotEqualTo(before.revisionId());
        assertThat(executed("moves")).isEqualTo("2");
        assertThatThrownBy(() -> lambda().updateAlias(update -> update.functionName("orders")
                        .name("moves")
                        .functionVersion("1")
                        .revisionId(before.revisionId())))
                .isInstanceOf(PreconditionFailedException.class);
    }

    @Test
    void twoVersionsShareTheInvocations() {
        lambda().createAlias(create -> create.functionName("orders")
                .name("canary")
                .functionVersion("1")
                .routingConfig(routing -> routing.additionalVersionWeights(Map.of("2", 0.5))));

        var seen = new TreeSet<String>();
        for (int i = 0; i < 100; i++) {
            seen.add(executed("canary"));
        }

        assertThat(seen).containsExactly("1", "2");
        assertThat(lambda().getAlias(get -> get.functionName("orders").name("canary"))
                        .routingConfig()
                        .additionalVersionWeights())
                .isEqualTo(Map.of("2", 0.5));
        lambda().updateAlias(update -> update.functionName("orders")
                .name("canary")
                .routingConfig(routing -> routing.additionalVersionWeights(Map.of("2", 1.0))));
        assertThat(executed("canary")).isEqualTo("2");
        assertThat(lambda().updateAlias(update -> update.functionName("orders")
                                .name("canary")
                                .routingConfig(routing -> routing.additionalVersionWeights(Map.of())))
                        .routingConfig())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1       | 1 | 0.1 | Invalid function version 1. Function version 1 is already included in routing configuration.
                    $LATEST | 1 | 0.1 | $LATEST is not supported for an alias pointing to more than 1 version
                    1       | 9 | 0.1 | Function not found: arn:aws:lambda:us-east-1:000000000000:function:orders:9
                    1       | 2 | 1.1 | Member must have value less than or equal to 1.0
                    1       | x | 0.1 | Member must satisfy regular expression pattern: [0-9]+
                    9       | 2 | 0.1 | Function not found: arn:aws:lambda:us-east-1:000000000000:function:orders:9
                    """)
    void versionsThatCannotBeSharedAreRefused(String version, String other, double weight, String message) {
        assertThatThrownBy(() -> lambda().createAlias(create -> create.functionName("orders")
                        .name("refused")
                        .functionVersion(version)
                        .routingConfig(routing -> routing.additionalVersionWeights(Map.of(other, weight)))))
                .isInstanceOf(LambdaException.class)
                .hasMessageContaining(message);
        assertThatThrownBy(() ->
                        lambda().getAlias(get -> get.functionName("orders").name("refused")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Cannot find alias arn: " + ARN + ":refused");
    }

    @Test
    void weightThatIsNoneIsRefused() {
        var answer = STACK.send(
                "POST",
                "/2015-03-31/functions/orders/aliases",
                "{\"Name\":\"none\",\"FunctionVersion\":\"1\",\"RoutingConfig\":{\"AdditionalVersionWeights\":{\"2\":null}}}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    }

    @Test
    void nameIsGivenOnce() {
        create("once", "1");

        assertThatThrownBy(() -> create("once", "2"))
                .isInstanceOf(ResourceConflictException.class)
                .hasMessageContaining("Alias already exists: " + ARN + ":once");
    }

    @Test
    void numberIsNoName() {
        assertThatThrownBy(() -> create("12", "1"))
                .isInstanceOf(LambdaException.class)
                .hasMessageContaining("'name' failed to satisfy constraint");
    }

    @Test
    void aliasesAreListedByNameAndByVersion() {
        create("a-list", "1");
        create("b-list", "2");

        assertThat(lambda().listAliasesPaginator(
                                list -> list.functionName("orders").maxItems(1))
                        .aliases())
                .extracting(AliasConfiguration::name)
                .contains("a-list", "b-list")
                .isSorted();
        assertThat(lambda().listAliases(list -> list.functionName("orders").functionVersion("2"))
                        .aliases())
                .extracting(AliasConfiguration::name)
                .contains("b-list")
                .doesNotContain("a-list");
    }

    @Test
    void deletedAliasIsGoneAndMayBeDeletedAgain() {
        create("gone", "1");

        for (int i = 0; i < 2; i++) {
            assertThat(lambda().deleteAlias(
                                    delete -> delete.functionName("orders").name("gone"))
                            .sdkHttpResponse()
                            .statusCode())
                    .isEqualTo(204);
        }

        assertThatThrownBy(() -> executed("gone"))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Function not found: " + ARN + ":gone");
        assertThatThrownBy(() -> lambda().updateAlias(
                                update -> update.functionName("orders").name("gone")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Alias not found: " + ARN + ":gone");
    }

    @Test
    void versionOfAnAliasCannotBeDeleted() {
        create("needs", "2");

        assertThatThrownBy(() -> lambda().deleteFunction(
                                delete -> delete.functionName("orders").qualifier("2")))
                .isInstanceOf(ResourceConflictException.class)
                .hasMessageContaining("Unable to delete version because the following aliases reference it: [")
                .hasMessageContaining("needs");
    }

    @Test
    void aliasIsNotDeletedAsAVersion() {
        create("named", "1");

        assertThatThrownBy(() -> lambda().deleteFunction(
                                delete -> delete.functionName("orders").qualifier("named")))
                .isInstanceOf(InvalidParameterValueException.class);
    }
}
