package dev.ruststack.emulator.lambda.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.lambda.LambdaStack;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** PutFunctionConcurrency, GetFunctionConcurrency, DeleteFunctionConcurrency and GetAccountSettings. */
class FunctionConcurrencyTest {
    @AutoClose
    private final LambdaStack stack = new LambdaStack();

    private LambdaClient lambda() {
        return stack.client();
    }

    private void reserve(String name, int concurrency) {
        lambda().putFunctionConcurrency(put -> put.functionName(name).reservedConcurrentExecutions(concurrency));
    }

    @Test
    void whatIsReservedIsTold() {
        stack.create("orders");

        var put = lambda().putFunctionConcurrency(
                        request -> request.functionName("orders").reservedConcurrentExecutions(5));

        assertThat(put.reservedConcurrentExecutions()).isEqualTo(5);
        assertThat(lambda().getFunctionConcurrency(get -> get.functionName("orders"))
                        .reservedConcurrentExecutions())
                .isEqualTo(5);
        assertThat(lambda().getFunction(get -> get.functionName("orders"))
                        .concurrency()
                        .reservedConcurrentExecutions())
                .isEqualTo(5);
    }

    @Test
    void zeroIsAReservationToo() {
        stack.create("stopped");

        reserve("stopped", 0);

        assertThat(lambda().getFunction(get -> get.functionName("stopped"))
                        .concurrency()
                        .reservedConcurrentExecutions())
                .isZero();
    }

    @Test
    void aReservationIsNoNewRevision() {
        stack.create("orders");
        var before = lambda().getFunctionConfiguration(get -> get.functionName("orders"))
                .revisionId();

        reserve("orders", 5);

        assertThat(lambda().getFunctionConfiguration(get -> get.functionName("orders"))
                        .revisionId())
                .isEqualTo(before);
    }

    @Test
    void whatIsGivenBackIsNotTold() {
        stack.create("orders");
        reserve("orders", 5);

        var answer = lambda().deleteFunctionConcurrency(delete -> delete.functionName("orders"));

        assertThat(answer.sdkHttpResponse().statusCode()).isEqualTo(204);
        assertThat(lambda().getFunctionConcurrency(get -> get.functionName("orders"))
                        .reservedConcurrentExecutions())
                .isNull();
        assertThat(lambda().getFunction(get -> get.functionName("orders")).concurrency())
                .isNull();
    }

    @Test
    void ahundredStayWithTheOtherFunctions() {
        stack.create("greedy");
        stack.create("other");
        reserve("greedy", 900);
        reserve("greedy", 899);

        assertThatThrownBy(() -> reserve("other", 2))
                .isInstanceOfSatisfying(
                        InvalidParameterValueException.class,
                        e -> assertThat(e.awsErrorDetails().errorMessage())
                                .isEqualTo("Specified ReservedConcurrentExecutions for function decreases account's"
                                        + " UnreservedConcurrentExecution below its minimum value of [100]."));
        reserve("other", 1);
    }

    @Test
    void reservationIsOfTheFunctionAsAWhole() {
        stack.create("whole");

        assertThatThrownBy(() -> reserve("whole:$LATEST", 1))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("This operation is permitted on Lambda functions only.");
    }

    @Test
    void negativeAndMissingNumbersAreRefused() {
        stack.create("orders");

        assertThatThrownBy(() -> reserve("orders", -1))
                .isInstanceOfSatisfying(
                        LambdaException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException"));
        assertThat(stack.send("PUT", "/2017-10-31/functions/orders/concurrency", "{}")
                        .body())
                .contains("Value null at 'reservedConcurrentExecutions' failed to satisfy constraint");
    }

    @Test
    void functionThatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> reserve("missing", 1)).isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> lambda().getFunctionConcurrency(get -> get.functionName("missing")))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> lambda().deleteFunctionConcurrency(delete -> delete.functionName("missing")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void accountSettingsTellWhatIsUsed() {
        stack.create("one");
        stack.create("two");
        lambda().publishVersion(publish -> publish.functionName("two"));
        reserve("one", 30);
        long size = lambda().getFunctionConfiguration(get -> get.functionName("one"))
                .codeSize();

        var settings = lambda().getAccountSettings();

        assertThat(settings.accountUsage().functionCount()).isEqualTo(2);
        assertThat(settings.accountUsage().totalCodeSize()).isEqualTo(3 * size);
        assertThat(settings.accountLimit().concurrentExecutions()).isEqualTo(1000);
        assertThat(settings.accountLimit().unreservedConcurrentExecutions()).isEqualTo(970);
        assertThat(settings.accountLimit().totalCodeSize()).isEqualTo(80_530_636_800L);
        assertThat(settings.accountLimit().codeSizeUnzipped()).isEqualTo(262_144_000);
        assertThat(settings.accountLimit().codeSizeZipped()).isEqualTo(52_428_800);
    }

    @Test
    void deletedFunctionReservesNothing() {
        stack.create("gone");
        reserve("gone", 30);

        lambda().deleteFunction(delete -> delete.functionName("gone"));

        assertThat(lambda().getAccountSettings().accountLimit().unreservedConcurrentExecutions())
                .isEqualTo(1000);
    }
}
