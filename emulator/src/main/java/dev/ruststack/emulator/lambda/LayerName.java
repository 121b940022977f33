package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.aws.Call;

/** The layer that a request means, by its name or its ARN. AWS: Lambda API Reference, LayerName of each operation. */
public final class LayerName {
    /** What an ARN of a layer's version looks like. */
    public static final String VERSION_ARN =
            "arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+";

    private static final String LAYER_ARN = "arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+";
    private static final int MAX_LENGTH = 140;

    private LayerName() {}

    /** The ARN of the layer that a request names. */
    public static String arn(String given, Call call) {
        new Constraints()
                .matches("layerName", given, "(" + LAYER_ARN + ")|[a-zA-Z0-9-_]+")
                .length("layerName", given, 1, MAX_LENGTH)
                .check();
        return given.startsWith("arn:") ? given : arn(call.accountId(), call.region(), given);
    }

    /** The ARN of a layer. */
    public static String arn(String accountId, String region, String name) {
        return FunctionName.arn(accountId, region, name).replace(":function:", ":layer:");
    }

    /** The ARN without the version. */
    public static String layer(String versionArn) {
        return versionArn.substring(0, versionArn.lastIndexOf(':'));
    }

    /** The name in an ARN of a layer. */
    public static String name(String arn) {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    static int version(String versionArn) {
        var number = name(versionArn);
        return number.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(number);
    }
}
