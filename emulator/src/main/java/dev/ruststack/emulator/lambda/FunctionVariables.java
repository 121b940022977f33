package dev.ruststack.emulator.lambda;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The environment variables of a function that do not depend on where it runs. AWS: Lambda Developer Guide, Defined
 * runtime environment variables.
 */
final class FunctionVariables {
    private FunctionVariables() {}

    /** The function's own variables, over the defaults, under those that Lambda reserves. */
    static Map<String, String> of(
            FunctionConfiguration function,
            LambdaSettings settings,
            InitializationType initialization,
            String runtimeApi,
            String logStream) {
        var variables = new HashMap<String, String>();
        variables.put("AWS_ENDPOINT_URL", settings.endpoint().toString());
        if (settings.s3Endpoint() != null) {
            variables.put("AWS_ENDPOINT_URL_S3", settings.s3Endpoint().toString());
        }
        variables.put("AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR");
        variables.putAll(function.environment());
        if (function.image() == null) {
            variables.put("_HANDLER", function.handler());
        }
        variables.put("AWS_REGION", settings.region());
        variables.put("AWS_DEFAULT_REGION", settings.region());
        variables.put("AWS_ACCESS_KEY_ID", settings.accessKeyId());
        variables.put("AWS_SECRET_ACCESS_KEY", settings.secretAccessKey());
        if (settings.sessionToken() != null) {
            variables.put("AWS_SESSION_TOKEN", settings.sessionToken());
        }
        variables.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
        variables.put("AWS_LAMBDA_FUNCTION_VERSION", function.version());
        variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memorySize()));
        variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", initialization.value());
        var logging = function.services().logging(function.name());
        variables.put("AWS_LAMBDA_LOG_GROUP_NAME", Objects.requireNonNull(logging.logGroup()));
        // A function may ask for JSON by a variable of its own.
        variables.putIfAbsent("AWS_LAMBDA_LOG_FORMAT", Objects.requireNonNull(logging.logFormat()));
        if (logging.applicationLogLevel() != null) {
            variables.putIfAbsent("AWS_LAMBDA_LOG_LEVEL", logging.applicationLogLevel());
        }
        variables.put("AWS_LAMBDA_LOG_STREAM_NAME", logStream);
        variables.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
        if (function.image() == null && !function.runtime().startsWith("provided")) {
            variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + function.runtime());
        }
        return variables;
    }
}
