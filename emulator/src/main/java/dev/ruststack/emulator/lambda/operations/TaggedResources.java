package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.lambda.CodeSigningConfigs;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.LambdaError;
import dev.ruststack.emulator.lambda.ResourceTags;
import dev.ruststack.emulator.lambda.eventsource.EventSourceMappings;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What has tags: functions as a whole, event source mappings and code signing configurations. */
public record TaggedResources(
        Functions functions, EventSourceMappings mappings, CodeSigningConfigs codeSigning, ResourceTags tags) {
    Map<String, String> of(String arn, Call call) {
        var function = function(arn, call);
        return function == null ? tags.of(arn) : functions.require(function).tags();
    }

    void change(String arn, Call call, UnaryOperator<Map<String, String>> change) {
        var function = function(arn, call);
        if (function == null) {
            tags.change(arn, before -> Tags.require(change.apply(before)));
        } else {
            functions.change(function, before -> before.withTags(Tags.require(change.apply(before.tags()))));
        }
    }

    /** The function that an ARN means; null for another resource, which is there. */
    private @Nullable FunctionName function(String arn, Call call) {
        Tags.requireArn(arn);
        if (arn.contains(":function:")) {
            return Tags.function(arn, call);
        }
        if (arn.contains(":code-signing-config:")) {
            codeSigning.require(arn);
        } else if (arn.contains(":event-source-mapping:")) {
            mappings.require(arn.substring(arn.lastIndexOf(':') + 1));
        } else {
            throw LambdaError.RESOURCE_NOT_FOUND.error();
        }
        return null;
    }
}
