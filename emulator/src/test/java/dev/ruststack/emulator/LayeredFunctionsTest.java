package dev.ruststack.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.emulator.lambda.TestZip;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;

/** Functions that run with what is in their layers. */
class LayeredFunctionsTest {
    @TempDir
    Path data;

    private static String layer(FunctionStack stack, String name, byte[] zip) {
        return stack.lambda
                .publishLayerVersion(publish ->
                        publish.layerName(name).content(content -> content.zipFile(SdkBytes.fromByteArray(zip))))
                .layerVersionArn();
    }

    private static void layers(FunctionStack stack, String function, String... arns) {
        stack.lambda.updateFunctionConfiguration(
                update -> update.functionName(function).layers(arns));
        stack.lambda.waiter().waitUntilFunctionUpdatedV2(get -> get.functionName(function));
    }

    private static String result(FunctionStack stack, String function) {
        return stack.lambda
                .invoke(invoke -> invoke.functionName(function))
                .payload()
                .asUtf8String();
    }

    @Test
    void laterLayersLieOverEarlierOnesAndOutliveTheProcessAndTheirOwnDeletion() throws Exception {
        var persistent = Map.of("RUSTSTACK_STORAGE", "Persistent");
        try (var stack = FunctionStack.start(data, persistent)) {
            stack.python("layered", "import one, two\ndef handler(event, context): return one.NAME + two.NAME");
            var below = layer(stack, "below", TestZip.of("python/one.py", "NAME = 'below'"));
            var above = layer(
                    stack,
                    "above",
                    new TestZip()
                            .file("python/one.py", "NAME = 'above'")
                            .file("python/two.py", "NAME = ' and two'")
                            .bytes());
            layers(stack, "layered", below, above);
            assertThat(result(stack, "layered")).isEqualTo("\"above and two\"");
            stack.lambda.deleteLayerVersion(delete -> delete.layerName("below").versionNumber(1L));
            stack.lambda.deleteLayerVersion(delete -> delete.layerName("above").versionNumber(1L));
            layer(stack, "above", TestZip.of("python/one.py", "NAME = 'newer'"));
        }

        try (var stack = FunctionStack.start(data, persistent)) {
            assertThat(result(stack, "layered")).isEqualTo("\"above and two\"");
            assertThat(stack.lambda.listLayers().layers())
                    .singleElement()
                    .satisfies(layer ->
                            assertThat(layer.latestMatchingVersion().version()).isEqualTo(2));
        }
    }

    @Test
    void layerBringsProgramsAndTheBootstrap() throws Exception {
        var bootstrap = """
                #!/bin/sh
                while true; do
                  headers=$(mktemp)
                  curl -sS -D "$headers" -o /dev/null "http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation/next"
                  id=$(tr -d '\\r' < "$headers" | sed -n 's/^[Ll]ambda-[Rr]untime-[Aa]ws-[Rr]equest-[Ii]d: //p')
                  curl -sS -o /dev/null -d "\\"$(tool)\\"" "http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation/$id/response"
                done
                """;
        try (var stack = FunctionStack.start(data, Map.of())) {
            var arn = layer(
                    stack,
                    "runtime",
                    new TestZip()
                            .file("bootstrap", 0755, bootstrap.getBytes(StandardCharsets.UTF_8))
                            .file("bin/tool", 0755, "#!/bin/sh\necho from the layer".getBytes(StandardCharsets.UTF_8))
                            .bytes());
            stack.lambda.createFunction(create -> create.functionName("tools")
                    .runtime("provided.al2023")
                    .handler("any")
                    .role("arn:aws:iam::000000000000:role/any")
                    .layers(arn)
                    .timeout(30)
                    .code(code -> code.zipFile(SdkBytes.fromByteArray(TestZip.of("data.txt", "x")))));
            stack.lambda.waiter().waitUntilFunctionActiveV2(get -> get.functionName("tools"));

            assertThat(result(stack, "tools")).isEqualTo("\"from the layer\"");
        }
    }
}
