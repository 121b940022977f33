package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.lambda.FunctionControls;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.LambdaError;
import dev.ruststack.emulator.lambda.ResourcePolicy;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The policies of functions, versions and aliases: each has one of its own. */
final class FunctionPolicies {
    private FunctionPolicies() {}

    /** What a request means; {@code $LATEST} has no policy but that of the function. */
    static FunctionName function(String given, @Nullable String qualifier, Call call) {
        var name = FunctionName.parse(given, qualifier, FunctionName.Use.CHANGE, call);
        if (FunctionName.LATEST.equals(name.qualifier())) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying(
                    "We currently do not support adding policies for $LATEST.");
        }
        return name;
    }

    /** Changes a policy, which makes a new revision of what it belongs to. */
    static void change(
            Functions functions, FunctionName name, @Nullable String revisionId, UnaryOperator<ResourcePolicy> change) {
        var qualifier = FunctionControls.qualifier(name);
        functions.require(name);
        functions.change(name, function -> {
            if (function.find(name.qualifier()) == null) {
                throw name.notFound();
            }
            if (revisionId != null && !revisionId.equals(function.revisionId(name.qualifier()))) {
                throw LambdaError.PRECONDITION_FAILED.saying(
                        "The Revision Id provided does not match the latest Revision Id. Call the GetPolicy API to"
                                + " retrieve the latest Revision Id");
            }
            var before = function.controls().policies().getOrDefault(qualifier, ResourcePolicy.NONE);
            return function.withControls(function.controls().withPolicy(qualifier, change.apply(before)))
                    .revised(name.qualifier());
        });
    }
}
