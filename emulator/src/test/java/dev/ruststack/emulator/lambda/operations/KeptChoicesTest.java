package dev.ruststack.emulator.lambda.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.lambda.LambdaStack;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.RecursiveLoop;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.UpdateRuntimeOn;

/** What is kept of a function, told and otherwise without effect: recursion and the management of its runtime. */
class KeptChoicesTest {
    private static final String RUNTIME = "arn:aws:lambda:us-east-1::runtime:0a1b2c";

    @AutoClose
    private static final LambdaStack STACK = new LambdaStack();

    private static LambdaClient lambda() {
        return STACK.client();
    }

    @Test
    void recursionIsEndedUnlessItIsAllowed() {
        STACK.create("loops");
        assertThat(lambda().getFunctionRecursionConfig(get -> get.functionName("loops"))
                        .recursiveLoop())
                .isEqualTo(RecursiveLoop.TERMINATE);

        lambda().putFunctionRecursionConfig(put -> put.functionName("loops").recursiveLoop(RecursiveLoop.ALLOW));

        assertThat(lambda().getFunctionRecursionConfig(get -> get.functionName("loops"))
                        .recursiveLoop())
                .isEqualTo(RecursiveLoop.ALLOW);
        assertThatThrownBy(() -> lambda().getFunctionRecursionConfig(get -> get.functionName("missing")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void runtimeIsManagedByAwsUnlessItIsPinned() {
        STACK.create("runtime");
        var before = lambda().getRuntimeManagementConfig(get -> get.functionName("runtime"));
        assertThat(before.updateRuntimeOn()).isEqualTo(UpdateRuntimeOn.AUTO);
        assertThat(before.functionArn()).endsWith(":function:runtime:$LATEST");

        lambda().putRuntimeManagementConfig(put -> put.functionName("runtime")
                .updateRuntimeOn(UpdateRuntimeOn.MANUAL)
                .runtimeVersionArn(RUNTIME));

        var after = lambda().getRuntimeManagementConfig(get -> get.functionName("runtime"));
        assertThat(after.updateRuntimeOn()).isEqualTo(UpdateRuntimeOn.MANUAL);
        assertThat(after.runtimeVersionArn()).isEqualTo(RUNTIME);
        assertThatThrownBy(() -> lambda().putRuntimeManagementConfig(
                                put -> put.functionName("runtime").updateRuntimeOn(UpdateRuntimeOn.MANUAL)))
                .isInstanceOf(InvalidParameterValueException.class);
    }
}
