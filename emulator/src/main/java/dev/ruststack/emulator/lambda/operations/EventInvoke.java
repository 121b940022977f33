package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.Destination;
import dev.ruststack.emulator.lambda.EventInvokeConfig;
import dev.ruststack.emulator.lambda.FunctionControls;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.LambdaError;
import dev.ruststack.emulator.lambda.StoredFunction;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What becomes of asynchronous events, on the wire. AWS: Lambda API Reference, FunctionEventInvokeConfig. */
record EventInvoke(
        BigDecimal lastModified,
        String functionArn,
        @Nullable Integer maximumRetryAttempts,
        @Nullable Integer maximumEventAgeInSeconds,
        DestinationConfig destinationConfig) {
    private static final String ARN =
            "$|kafka://([^.]([a-zA-Z0-9\\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+"
                    + ":((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)";

    record DestinationConfig(
            @Nullable Target onSuccess, @Nullable Target onFailure) {}

    record Target(@Nullable String destination) {
        static @Nullable String arn(@Nullable Target target) {
            var arn = target == null ? null : target.destination();
            return arn == null || arn.isEmpty() ? null : arn;
        }
    }

    /** What a request says; null for what it leaves out. */
    record Given(
            @Nullable Integer maximumRetryAttempts,
            @Nullable Integer maximumEventAgeInSeconds,
            @Nullable DestinationConfig destinationConfig) {
        void check() {
            new Constraints()
                    .range("maximumRetryAttempts", maximumRetryAttempts, 0, 2)
                    .range("maximumEventAgeInSeconds", maximumEventAgeInSeconds, 60, 21_600)
                    .matches("destinationConfig.onSuccess.destination", onSuccess(), ARN)
                    .matches("destinationConfig.onFailure.destination", onFailure(), ARN)
                    .check();
            if (maximumRetryAttempts == null && maximumEventAgeInSeconds == null && destinationConfig == null) {
                throw invalid("You must specify at least one of error handling or destination setting.");
            }
        }

        private @Nullable String onSuccess() {
            return destinationConfig == null ? null : Target.arn(destinationConfig.onSuccess());
        }

        private @Nullable String onFailure() {
            return destinationConfig == null ? null : Target.arn(destinationConfig.onFailure());
        }

        EventInvokeConfig config(Instant now) {
            return new EventInvokeConfig(maximumRetryAttempts, maximumEventAgeInSeconds, onSuccess(), onFailure(), now);
        }

        /** What it says, over what was before. */
        EventInvokeConfig over(EventInvokeConfig before, Instant now) {
            return new EventInvokeConfig(
                    maximumRetryAttempts == null ? before.maximumRetryAttempts() : maximumRetryAttempts,
                    maximumEventAgeInSeconds == null ? before.maximumEventAgeInSeconds() : maximumEventAgeInSeconds,
                    destinationConfig == null || destinationConfig.onSuccess() == null
                            ? before.onSuccess()
                            : onSuccess(),
                    destinationConfig == null || destinationConfig.onFailure() == null
                            ? before.onFailure()
                            : onFailure(),
                    now);
        }

        /** Throws where a record could not go where it is to go. */
        void requireReachable(Functions functions, FunctionName source) {
            var onSuccess = onSuccess();
            if (onSuccess != null && requireReachable(onSuccess, functions, source) instanceof Destination.OfBucket) {
                throw invalid("The destination ARN " + onSuccess
                        + " is invalid: a bucket can be the destination of failed events only.");
            }
            var onFailure = onFailure();
            if (onFailure != null) {
                requireReachable(onFailure, functions, source);
            }
        }

        private static Destination requireReachable(String arn, Functions functions, FunctionName source) {
            var destination = Destination.parse(arn);
            if (destination instanceof Destination.OfFunction function) {
                if (function.arn().equals(source.arn()) || function.arn().startsWith(source.arn() + ":")) {
                    throw invalid("You can't specify the function as a destination for itself.");
                }
                if (functions.configuration(arn) == null) {
                    throw invalid("The destination ARN " + arn + " is invalid.");
                }
            }
            return destination;
        }
    }

    private static AwsException invalid(String text) {
        return LambdaError.INVALID_PARAMETER_VALUE.saying(text);
    }

    /** Throws where there is no such function, version or alias, in the words that these operations have. */
    static void requireThere(Functions functions, FunctionName name) {
        var function = functions.find(name.arn());
        if (function == null || function.find(name.qualifier()) == null) {
            throw LambdaError.RESOURCE_NOT_FOUND.saying("The function doesn't exist.");
        }
    }

    /** The configuration that must be there; AWS answers the same where the function itself is not. */
    static EventInvokeConfig require(Functions functions, FunctionName name) {
        var function = functions.find(name.arn());
        if (function == null) {
            throw missing(name);
        }
        return require(function, name);
    }

    static EventInvokeConfig require(StoredFunction function, FunctionName name) {
        var config = function.controls().eventInvokes().get(FunctionControls.qualifier(name));
        if (config == null) {
            throw missing(name);
        }
        return config;
    }

    private static AwsException missing(FunctionName name) {
        return LambdaError.RESOURCE_NOT_FOUND.saying("The function " + name.arn() + ":"
                + FunctionControls.qualifier(name) + " doesn't have an EventInvokeConfig");
    }

    static EventInvoke of(String functionArn, String qualifier, EventInvokeConfig config) {
        return new EventInvoke(
                BigDecimal.valueOf(config.lastModified().toEpochMilli(), 3),
                functionArn + ":" + qualifier,
                config.maximumRetryAttempts(),
                config.maximumEventAgeInSeconds(),
                new DestinationConfig(new Target(config.onSuccess()), new Target(config.onFailure())));
    }
}
