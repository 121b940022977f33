package dev.ruststack.crds.yaml;

import dev.ruststack.crds.function.AliasSpec;
import dev.ruststack.crds.function.FunctionEventInvokeConfig;
import dev.ruststack.crds.function.FunctionSpec;
import dev.ruststack.crds.function.LoggingConfig;
import dev.ruststack.crds.function.Permission;

/** Rules between the fields of a function and of what belongs to it. */
final class FunctionRules {
    private FunctionRules() {}

    static void function(FunctionSpec function, Place place) {
        var image = function.code().imageUri() != null;
        needed(image, function.runtime() != null, place.field("runtime"));
        needed(image, function.handler() != null, place.field("handler"));
        if (image && !function.layers().isEmpty()) {
            place.field("layers").problem(FunctionSpec.LAYERS_RULE);
        }
    }

    private static void needed(boolean image, boolean given, Place place) {
        if (image && given) {
            place.problem("cannot be given with code.imageUri; the image decides it");
        } else if (!image && !given) {
            place.problem("missing; it is needed except with code.imageUri");
        }
    }

    static void logging(LoggingConfig logging, Place place) {
        if (LoggingConfig.JSON.equals(logging.logFormat())) {
            return;
        }
        if (logging.applicationLogLevel() != null) {
            place.field("applicationLogLevel").problem(LoggingConfig.LEVEL_RULE);
        }
        if (logging.systemLogLevel() != null) {
            place.field("systemLogLevel").problem(LoggingConfig.LEVEL_RULE);
        }
    }

    static void eventInvoke(FunctionEventInvokeConfig config, Place place) {
        if (config.maximumRetryAttempts() == null
                && config.maximumEventAgeInSeconds() == null
                && config.destinationConfig() == null) {
            place.problem(FunctionEventInvokeConfig.RULE);
        }
    }

    static void destinations(FunctionEventInvokeConfig.DestinationConfig config, Place place) {
        if (config.onSuccess() != null && config.onSuccess().bucket() != null) {
            place.field("onSuccess")
                    .field("bucket")
                    .problem("a bucket can be the destination of failed events only, as on AWS");
        }
    }

    static void permission(Permission permission, Place place) {
        if (permission.functionUrlAuthType() != null && !permission.action().equals("lambda:InvokeFunctionUrl")) {
            place.field("functionUrlAuthType").problem(Permission.URL_RULE);
        }
    }

    static void alias(AliasSpec alias, Place place) {
        if (alias.provisionedConcurrentExecutions() != null && AliasSpec.LATEST.equals(alias.functionVersion())) {
            place.field("provisionedConcurrentExecutions").problem(AliasSpec.PROVISIONED_RULE);
        }
    }
}
