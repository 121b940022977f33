package dev.ruststack.emulator.lambda.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.lambda.LambdaStack;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** What deployment tools ask after creating a function, of things that a function here never has. */
class WhatFunctionsDoNotHaveTest {
    @AutoClose
    private static final LambdaStack STACK = new LambdaStack();

    @BeforeAll
    static void create() {
        STACK.create("orders");
    }

    @Test
    void onlyTheLatestVersion() {
        var versions = STACK.client()
                .listVersionsByFunction(list -> list.functionName("orders"))
                .versions();

        assertThat(versions).hasSize(1);
        assertThat(versions.getFirst().version()).isEqualTo("$LATEST");
        assertThat(versions.getFirst().functionArn()).endsWith(":function:orders:$LATEST");
        assertThat(versions.getFirst().state()).isNull();
    }

    @Test
    void noAliases() {
        assertThat(STACK.client()
                        .listAliases(list -> list.functionName("orders"))
                        .aliases())
                .isEmpty();
    }

    @Test
    void noPolicy() {
        assertThatThrownBy(() -> STACK.client().getPolicy(get -> get.functionName("orders")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("The resource you requested does not exist.");
        assertThatThrownBy(() -> STACK.client().getPolicy(get -> get.functionName("missing")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Function not found: ");
    }

    @Test
    void noUrl() {
        assertThatThrownBy(() -> STACK.client().getFunctionUrlConfig(get -> get.functionName("orders")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("The resource you requested does not exist.");
    }

    @Test
    void noConcurrency() {
        assertThat(STACK.client()
                        .getFunctionConcurrency(get -> get.functionName("orders"))
                        .reservedConcurrentExecutions())
                .isNull();
    }

    @Test
    void noCodeSigning() {
        var answer = STACK.client().getFunctionCodeSigningConfig(get -> get.functionName("orders"));

        assertThat(answer.functionName()).isEqualTo("orders");
        assertThat(answer.codeSigningConfigArn()).isNull();
    }

    @Test
    void noEventInvokeConfig() {
        assertThatThrownBy(() -> STACK.client().getFunctionEventInvokeConfig(get -> get.functionName("orders")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("The function arn:aws:lambda:us-east-1:000000000000:function:orders:$LATEST "
                        + "doesn't have an EventInvokeConfig");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /2025-11-30/functions/orders/function-scaling-config?Qualifier=1, GetFunctionScalingConfig",
        "POST, /2025-11-30/capacity-providers, CreateCapacityProvider"
    })
    void operationThatIsNotBuiltIsRefusedByName(String method, String path, String operation) {
        var response = STACK.send(method, path, method.equals("POST") ? "{}" : null);

        assertThat(response.statusCode()).isEqualTo(501);
        assertThat(response.body()).contains(operation + " is not implemented yet.");
    }

    @Test
    void pathThatLambdaDoesNotHaveIsUnknown() {
        var response = STACK.send("GET", "/2015-03-31/nothing", null);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("x-amzn-ErrorType")).hasValue("UnknownOperationException");
    }
}
