package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.LambdaError;
import java.util.Map;

/** The rules that tags and their resources follow. AWS: Lambda Developer Guide, Using tags on Lambda functions. */
final class Tags {
    private static final int MAX_TAGS = 50;
    private static final int MAX_KEY = 128;
    private static final int MAX_VALUE = 256;
    private static final String RESOURCE =
            "arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}"
                    + ":\\d{12}:(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?|code-signing-config:csc-[a-z0-9]{17}"
                    + "|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
                    + "|(capacity-provider|network-connector):[a-zA-Z0-9-_]{1,64})";

    private Tags() {}

    /** Throws where a function cannot have all these tags. */
    static Map<String, String> require(Map<String, String> tags) {
        var constraints = new Constraints();
        tags.forEach((key, value) ->
                constraints.length("tags.key", key, 1, MAX_KEY).length("tags." + key + ".member", value, 0, MAX_VALUE));
        constraints.check();
        for (var key : tags.keySet()) {
            if (key.regionMatches(true, 0, "aws:", 0, 4)) {
                throw LambdaError.INVALID_PARAMETER_VALUE.saying(
                        "The tag key " + key + " is reserved: keys that start with aws: are for system use.");
            }
        }
        if (tags.size() > MAX_TAGS) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying("Number of tags exceeds resource tag limit.");
        }
        return tags;
    }

    /** Throws where this is the ARN of nothing that could have tags. */
    static void requireArn(String arn) {
        new Constraints().matches("resource", arn, RESOURCE).check();
    }

    /** The function that an ARN means; only functions as a whole have tags. */
    static FunctionName function(String arn, Call call) {
        var name = FunctionName.parse(arn, null, FunctionName.Use.CHANGE, call);
        if (name.qualifier() != null) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying(
                    "Tags on function aliases and versions are not supported. Please specify a function ARN.");
        }
        return name;
    }
}
