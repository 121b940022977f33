package dev.ruststack.emulator.lambda.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.lambda.LambdaStack;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

class DeleteFunctionTest {
    @AutoClose
    private static final LambdaStack STACK = new LambdaStack();

    @Test
    void functionIsGone() {
        STACK.create("goes");

        var answer = STACK.client().deleteFunction(delete -> delete.functionName("goes"));

        assertThat(answer.sdkHttpResponse().statusCode()).isEqualTo(204);
        assertThatThrownBy(() -> STACK.client().getFunction(get -> get.functionName("goes")))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThat(STACK.invoker().retired()).contains("arn:aws:lambda:us-east-1:000000000000:function:goes");
    }

    @Test
    void nameCanBeUsedAgain() {
        STACK.create("again");
        STACK.client().deleteFunction(delete -> delete.functionName("again"));

        STACK.create("again");

        assertThat(STACK.client()
                        .getFunctionConfiguration(get -> get.functionName("again"))
                        .stateAsString())
                .isEqualTo("Active");
    }

    @Test
    void functionThatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> STACK.client().deleteFunction(delete -> delete.functionName("missing")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Function not found: arn:aws:lambda:us-east-1:000000000000:function:missing");
    }

    @Test
    void latestVersionAloneCannotBeDeleted() {
        STACK.create("latest");

        assertThatThrownBy(() -> STACK.client()
                        .deleteFunction(delete -> delete.functionName("latest").qualifier("$LATEST")))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("$LATEST version cannot be deleted without deleting the function.");
    }
}
