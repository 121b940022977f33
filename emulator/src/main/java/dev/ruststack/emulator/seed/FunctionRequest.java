package dev.ruststack.emulator.seed;

import dev.ruststack.crds.FunctionDefaults;
import dev.ruststack.crds.function.FunctionSpec;
import dev.ruststack.crds.function.ImageConfig;
import dev.ruststack.crds.function.LoggingConfig;
import dev.ruststack.crds.function.VpcConfig;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is declared of a function, as CreateFunction and the updates take it.
 *
 * @param layers the version of each declared layer, by the layer's name
 * @param exact whether what is not declared is asked for as a new function has it
 */
record FunctionRequest(
        LambdaPlace place,
        FunctionSources sources,
        FunctionDefaults defaults,
        Map<String, String> layers,
        boolean exact) {
    /** Its configuration, without what belongs to its code. */
    ObjectNode configuration(FunctionSpec function) throws SeedException, ReferenceMissingException {
        var node = exact ? fresh() : Calls.JSON.createObjectNode();
        node.put(
                        "Role",
                        function.role() == null
                                ? "arn:aws:iam::" + place.accountId() + ":role/ruststack"
                                : function.role())
                .put("MemorySize", function.memorySize(defaults))
                .put("Timeout", function.timeout(defaults));
        if (function.code().imageUri() == null) {
            node.put("Runtime", function.runtime()).put("Handler", function.handler());
        } else {
            imageConfig(function.imageConfig(), node);
        }
        put(node, "Description", function.description());
        put(node, "KMSKeyArn", function.kmsKeyArn());
        var variables = sources.variables(function);
        if (exact || !variables.isEmpty()) {
            var environment = node.putObject("Environment").putObject("Variables");
            variables.forEach(environment::put);
        }
        layers(function, node);
        services(function, node);
        return node;
    }

    /** What a new function has that says nothing. */
    private static ObjectNode fresh() {
        var node = Calls.JSON.createObjectNode().put("Description", "").put("KMSKeyArn", "");
        node.putObject("EphemeralStorage").put("Size", 512);
        node.putArray("Layers");
        node.putObject("TracingConfig").put("Mode", "PassThrough");
        node.putObject("DeadLetterConfig").put("TargetArn", "");
        node.putObject("SnapStart").put("ApplyOn", "None");
        node.putArray("FileSystemConfigs");
        return node;
    }

    private void layers(FunctionSpec function, ObjectNode node) throws SeedException {
        if (function.layers().isEmpty()) {
            return;
        }
        var list = node.putArray("Layers");
        for (var layer : function.layers()) {
            var version = layer.startsWith("arn:") ? layer : layers.get(layer);
            if (version == null) {
                throw new UnavailableException("layers: there is no layer " + layer);
            }
            list.add(version);
        }
    }

    private void services(FunctionSpec function, ObjectNode node) {
        if (function.ephemeralStorage() != null) {
            node.putObject("EphemeralStorage")
                    .put("Size", function.ephemeralStorage().size());
        }
        if (function.tracingConfig() != null) {
            node.putObject("TracingConfig").put("Mode", function.tracingConfig().mode());
        }
        if (function.snapStart() != null) {
            node.putObject("SnapStart").put("ApplyOn", function.snapStart().applyOn());
        }
        var deadLetters = function.deadLetterConfig();
        if (deadLetters != null) {
            node.putObject("DeadLetterConfig")
                    .put("TargetArn", place.arn(deadLetters.targetArn(), deadLetters.function(), deadLetters.bucket()));
        }
        if (function.loggingConfig() != null) {
            logging(function.loggingConfig(), node.putObject("LoggingConfig"));
        }
        if (function.vpcConfig() != null) {
            network(function.vpcConfig(), node.putObject("VpcConfig"));
        }
        if (!function.fileSystemConfigs().isEmpty()) {
            var list = node.putArray("FileSystemConfigs");
            function.fileSystemConfigs()
                    .forEach(each ->
                            list.addObject().put("Arn", each.arn()).put("LocalMountPath", each.localMountPath()));
        }
    }

    private static void logging(LoggingConfig logging, ObjectNode node) {
        put(node, "LogFormat", logging.logFormat());
        put(node, "ApplicationLogLevel", logging.applicationLogLevel());
        put(node, "SystemLogLevel", logging.systemLogLevel());
        put(node, "LogGroup", logging.logGroup());
    }

    private static void network(VpcConfig network, ObjectNode node) {
        network.subnetIds().forEach(node.putArray("SubnetIds")::add);
        network.securityGroupIds().forEach(node.putArray("SecurityGroupIds")::add);
        if (network.ipv6AllowedForDualStack() != null) {
            node.put("Ipv6AllowedForDualStack", network.ipv6AllowedForDualStack());
        }
    }

    private static void put(ObjectNode node, String member, @Nullable String value) {
        if (value != null) {
            node.put(member, value);
        }
    }

    private static void imageConfig(ImageConfig image, ObjectNode node) {
        if (image.equals(ImageConfig.NONE)) {
            return;
        }
        var config = node.putObject("ImageConfig");
        if (!image.entryPoint().isEmpty()) {
            image.entryPoint().forEach(config.putArray("EntryPoint")::add);
        }
        if (!image.command().isEmpty()) {
            image.command().forEach(config.putArray("Command")::add);
        }
        put(config, "WorkingDirectory", image.workingDirectory());
    }

    /** Adds what decides for which machines the code is. */
    static void architectures(FunctionSpec function, ObjectNode request) {
        if (!function.architectures().isEmpty()) {
            function.architectures().forEach(request.putArray("Architectures")::add);
        }
    }

    /** Its code: a zip, an object of a bucket, or an image. */
    ObjectNode code(FunctionSpec function) throws SeedException, IOException, InterruptedException {
        var code = function.code();
        var node = Calls.JSON.createObjectNode();
        if (code.imageUri() != null) {
            return node.put("ImageUri", code.imageUri());
        }
        var s3 = code.s3();
        if (s3 != null) {
            return node.put("S3Bucket", s3.bucket()).put("S3Key", s3.key());
        }
        return node.put("ZipFile", Base64.getEncoder().encodeToString(sources.zip(function.name(), code)));
    }
}
