package dev.ruststack.emulator.lambda.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.lambda.LambdaStack;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionEventInvokeConfig;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** The operations of FunctionEventInvokeConfig. */
class FunctionEventInvokeConfigTest {
    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";
    private static final String BUCKET = "arn:aws:s3:::failed";

    @AutoClose
    private static final LambdaStack STACK = new LambdaStack();

    private static LambdaClient lambda() {
        return STACK.client();
    }

    private static void putFailure(String name, String destination) {
        lambda().putFunctionEventInvokeConfig(put -> put.functionName(name)
                .destinationConfig(to -> to.onFailure(failure -> failure.destination(destination))));
    }

    @Test
    void whatIsPutIsTold() {
        STACK.create("told");
        STACK.create("target");
        var before = Instant.now().minusSeconds(1);

        lambda().putFunctionEventInvokeConfig(put -> put.functionName("told")
                .maximumRetryAttempts(0)
                .maximumEventAgeInSeconds(60)
                .destinationConfig(to -> to.onSuccess(success -> success.destination(ARN + "target"))
                        .onFailure(failure -> failure.destination(BUCKET))));

        var config = lambda().getFunctionEventInvokeConfig(get -> get.functionName("told"));
        assertThat(config.functionArn()).isEqualTo(ARN + "told:$LATEST");
        assertThat(config.maximumRetryAttempts()).isZero();
        assertThat(config.maximumEventAgeInSeconds()).isEqualTo(60);
        assertThat(config.destinationConfig().onSuccess().destination()).isEqualTo(ARN + "target");
        assertThat(config.destinationConfig().onFailure().destination()).isEqualTo(BUCKET);
        assertThat(config.lastModified()).isBetween(before, Instant.now().plusSeconds(1));
    }

    @Test
    void putForgetsWhatItLeavesOutAndUpdateKeepsIt() {
        STACK.create("updated");
        lambda().putFunctionEventInvokeConfig(put -> put.functionName("updated").maximumRetryAttempts(1));

        var updated = lambda().updateFunctionEventInvokeConfig(
                        update -> update.functionName("updated").maximumEventAgeInSeconds(100));
        assertThat(updated.maximumRetryAttempts()).isEqualTo(1);
        assertThat(updated.maximumEventAgeInSeconds()).isEqualTo(100);

        var put = lambda().putFunctionEventInvokeConfig(
                        request -> request.functionName("updated").maximumRetryAttempts(2));
        assertThat(put.maximumEventAgeInSeconds()).isNull();
    }

    @Test
    void versionsAndAliasesHaveTheirOwn() {
        STACK.create("own");
        lambda().publishVersion(publish -> publish.functionName("own"));
        lambda().createAlias(create -> create.functionName("own").name("live").functionVersion("1"));
        for (var qualifier : new String[] {"$LATEST", "1", "live"}) {
            lambda().putFunctionEventInvokeConfig(
                            put -> put.functionName("own").qualifier(qualifier).maximumRetryAttempts(0));
        }

        assertThat(lambda().listFunctionEventInvokeConfigsPaginator(
                                list -> list.functionName("own").maxItems(2))
                        .functionEventInvokeConfigs())
                .extracting(FunctionEventInvokeConfig::functionArn)
                .containsExactly(ARN + "own:$LATEST", ARN + "own:1", ARN + "own:live");

        lambda().deleteFunctionEventInvokeConfig(
                        delete -> delete.functionName("own").qualifier("1"));
        assertThatThrownBy(() -> lambda().getFunctionEventInvokeConfig(
                                get -> get.functionName("own").qualifier("1")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("The function " + ARN + "own:1 doesn't have an EventInvokeConfig");
    }

    @Test
    void whatIsNotThereCannotBeUpdatedOrDeleted() {
        STACK.create("without");

        assertThatThrownBy(() -> lambda().updateFunctionEventInvokeConfig(
                                update -> update.functionName("without").maximumRetryAttempts(1)))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("without:$LATEST doesn't have an EventInvokeConfig");
        assertThatThrownBy(() -> lambda().deleteFunctionEventInvokeConfig(delete -> delete.functionName("without")))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> lambda().putFunctionEventInvokeConfig(
                                put -> put.functionName("missing").maximumRetryAttempts(1)))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("The function doesn't exist.");
    }

    @Test
    void numbersHaveBounds() {
        STACK.create("bounds");

        assertThatThrownBy(() -> lambda().putFunctionEventInvokeConfig(put ->
                        put.functionName("bounds").maximumRetryAttempts(3).maximumEventAgeInSeconds(59)))
                .isInstanceOf(LambdaException.class)
                .hasMessageContaining("2 validation errors detected: Value '3' at 'maximumRetryAttempts' failed to "
                        + "satisfy constraint: Member must have value less than or equal to 2");
        assertThatThrownBy(() -> lambda().putFunctionEventInvokeConfig(put -> put.functionName("bounds")))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("You must specify at least one of error handling or destination setting.");
    }

    @Test
    void recordsGoWhereThereIsSomething() {
        STACK.create("reach");

        assertThatThrownBy(() -> putFailure("reach", ARN + "missing"))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("The destination ARN " + ARN + "missing is invalid.");
        assertThatThrownBy(() -> putFailure("reach", ARN + "reach"))
                .hasMessageContaining("You can't specify the function as a destination for itself.");
        for (var service : new String[] {"sqs", "sns", "events"}) {
            assertThatThrownBy(() -> putFailure("reach", "arn:aws:" + service + ":us-east-1:000000000000:x"))
                    .isInstanceOfSatisfying(
                            LambdaException.class,
                            e -> assertThat(e.statusCode()).isEqualTo(501))
                    .hasMessageContaining("A destination of the service " + service);
        }
        assertThatThrownBy(() -> lambda().putFunctionEventInvokeConfig(put -> put.functionName("reach")
                        .destinationConfig(to -> to.onSuccess(success -> success.destination(BUCKET)))))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("a bucket can be the destination of failed events only");
    }
}
