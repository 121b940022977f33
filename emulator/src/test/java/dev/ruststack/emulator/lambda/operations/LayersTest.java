package dev.ruststack.emulator.lambda.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.lambda.LambdaStack;
import dev.ruststack.emulator.lambda.TestZip;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Architecture;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.LayerVersionsListItem;
import software.amazon.awssdk.services.lambda.model.LayersListItem;
import software.amazon.awssdk.services.lambda.model.PreconditionFailedException;
import software.amazon.awssdk.services.lambda.model.PublishLayerVersionResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.Runtime;

/** The operations of layers, and functions that have them. */
class LayersTest {
    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:layer:";

    @AutoClose
    private final LambdaStack stack = new LambdaStack();

    private LambdaClient lambda() {
        return stack.client();
    }

    private PublishLayerVersionResponse publish(String name, String text, Runtime... runtimes) {
        return lambda().publishLayerVersion(publish -> publish.layerName(name)
                .compatibleRuntimes(runtimes)
                .content(content -> content.zipFile(SdkBytes.fromByteArray(TestZip.of("python/lib.py", text)))));
    }

    private String version(String name, String text) {
        return publish(name, text).layerVersionArn();
    }

    @Test
    void versionIsToldAsItWasPublished() throws Exception {
        var zip = TestZip.of("python/lib.py", "x = 1");

        var published = lambda().publishLayerVersion(publish -> publish.layerName("told")
                .description("what it is for")
                .licenseInfo("MIT")
                .compatibleRuntimes(Runtime.PYTHON3_12, Runtime.PYTHON3_13)
                .compatibleArchitectures(Architecture.ARM64)
                .content(content -> content.zipFile(SdkBytes.fromByteArray(zip))));

        assertThat(published.sdkHttpResponse().statusCode()).isEqualTo(201);
        assertThat(published.version()).isEqualTo(1);
        assertThat(published.layerArn()).isEqualTo(ARN + "told");
        var version = lambda().getLayerVersion(get -> get.layerName("told").versionNumber(1L));
        assertThat(version.layerVersionArn()).isEqualTo(ARN + "told:1");
        assertThat(version.description()).isEqualTo("what it is for");
        assertThat(version.licenseInfo()).isEqualTo("MIT");
        assertThat(version.createdDate()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+0000");
        assertThat(version.compatibleRuntimes()).containsExactly(Runtime.PYTHON3_12, Runtime.PYTHON3_13);
        assertThat(version.compatibleArchitectures()).containsExactly(Architecture.ARM64);
        assertThat(version.content().codeSize()).isEqualTo(zip.length);
        assertThat(version.content().codeSha256()).isEqualTo(published.content().codeSha256());
        assertThat(stack.get(URI.create(version.content().location())).body()).isEqualTo(zip);
        assertThat(lambda().getLayerVersionByArn(get -> get.arn(ARN + "told:1")).version())
                .isEqualTo(1);
    }

    @Test
    void contentComesFromS3Too() {
        stack.object("bucket", "layer.zip", TestZip.of("python/lib.py", "x = 1"));

        var published = lambda().publishLayerVersion(publish -> publish.layerName("stored")
                .content(content -> content.s3Bucket("bucket").s3Key("layer.zip")));

        assertThat(published.version()).isEqualTo(1);
    }

    @Test
    void numbersAreNotGivenTwice() {
        version("counted", "1");
        version("counted", "2");
        var deleted = lambda().deleteLayerVersion(
                        delete -> delete.layerName("counted").versionNumber(2L));

        assertThat(deleted.sdkHttpResponse().statusCode()).isEqualTo(204);
        assertThat(publish("counted", "3").version()).isEqualTo(3);
        lambda().deleteLayerVersion(delete -> delete.layerName("counted").versionNumber(2L));
        assertThatThrownBy(() ->
                        lambda().getLayerVersion(get -> get.layerName("counted").versionNumber(2L)))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("The resource you requested does not exist.");
    }

    @Test
    void layersAreListedWithTheNewestVersionThatFits() {
        publish("a", "1", Runtime.PYTHON3_12);
        publish("a", "2", Runtime.NODEJS20_X);
        publish("b", "3", Runtime.NODEJS20_X);

        assertThat(lambda().listLayersPaginator(list -> list.maxItems(1)).layers())
                .extracting(
                        LayersListItem::layerName,
                        layer -> layer.latestMatchingVersion().version())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", 2L), org.assertj.core.groups.Tuple.tuple("b", 1L));
        assertThat(lambda().listLayers(list -> list.compatibleRuntime(Runtime.PYTHON3_12))
                        .layers())
                .singleElement()
                .satisfies(layer -> assertThat(layer.latestMatchingVersion().layerVersionArn())
                        .isEqualTo(ARN + "a:1"));
    }

    @Test
    void versionsAreListedFromTheNewest() {
        for (int i = 1; i <= 12; i++) {
            version("many", Integer.toString(i));
        }

        assertThat(lambda().listLayerVersionsPaginator(
                                list -> list.layerName("many").maxItems(5))
                        .layerVersions())
                .extracting(LayerVersionsListItem::version)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 12).mapToObj(i -> 13L - i).toList());
        assertThat(lambda().listLayerVersions(list -> list.layerName("none")).layerVersions())
                .isEmpty();
    }

    @Test
    void functionTellsItsLayers() {
        var first = version("first", "1");
        var second = version("second", "22");

        var created = lambda().createFunction(
                        LambdaStack.function("layered").layers(first, second).build());

        assertThat(created.layers()).hasSize(2);
        assertThat(created.layers().getFirst().arn()).isEqualTo(first);
        assertThat(created.layers().getFirst().codeSize()).isPositive();

        lambda().updateFunctionConfiguration(
                        update -> update.functionName("layered").timeout(9));
        assertThat(lambda().getFunctionConfiguration(get -> get.functionName("layered"))
                        .layers())
                .hasSize(2);
        lambda().updateFunctionConfiguration(
                        update -> update.functionName("layered").layers(List.of()));
        assertThat(lambda().getFunctionConfiguration(get -> get.functionName("layered"))
                        .hasLayers())
                .isFalse();
    }

    @Test
    void layersHaveToBeThereAndFew() {
        stack.create("strict");
        var arns = IntStream.range(0, 6).mapToObj(i -> version("l" + i, "" + i)).toList();

        assertThatThrownBy(() -> layers("strict", List.of(ARN + "missing:7")))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("Layer version " + ARN + "missing:7 does not exist.");
        assertThatThrownBy(() -> layers("strict", arns)).hasMessageContaining("Cannot reference more than 5 layers.");
        version("l0", "another");
        assertThatThrownBy(() -> layers("strict", List.of(ARN + "l0:1", ARN + "l0:2")))
                .hasMessageContaining("Two different versions of the same layer are not allowed");
        assertThatThrownBy(() -> layers("strict", List.of("l0")))
                .isInstanceOfSatisfying(
                        LambdaException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException"));
    }

    private void layers(String function, List<String> arns) {
        lambda().updateFunctionConfiguration(
                        update -> update.functionName(function).layers(arns));
    }

    @Test
    void layersAndPackageTogetherHave250MB() {
        var large = new byte[150_000_000];
        var zip =
                SdkBytes.fromByteArray(new TestZip().file("large", 0644, large).bytes());
        for (var name : new String[] {"one", "two"}) {
            lambda().publishLayerVersion(publish -> publish.layerName(name).content(content -> content.zipFile(zip)));
        }
        stack.create("full");

        assertThatThrownBy(() -> layers("full", List.of(ARN + "one:1", ARN + "two:1")))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("Function code combined with layers exceeds the maximum allowed size of "
                        + "262144000 bytes. The actual size is 3000000");
    }

    @Test
    void permissionsOfAVersionAreKept() {
        version("shared", "1");

        var added = lambda().addLayerVersionPermission(add -> add.layerName("shared")
                .versionNumber(1L)
                .statementId("all")
                .action("lambda:GetLayerVersion")
                .principal("*")
                .organizationId("o-0123456789"));
        var policy =
                lambda().getLayerVersionPolicy(get -> get.layerName("shared").versionNumber(1L));

        assertThat(added.statement())
                .isEqualTo("{\"Sid\":\"all\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":"
                        + "\"lambda:GetLayerVersion\",\"Resource\":\"" + ARN + "shared:1\",\"Condition\":"
                        + "{\"StringEquals\":{\"aws:PrincipalOrgID\":\"o-0123456789\"}}}");
        assertThat(policy.policy())
                .isEqualTo("{\"Version\":\"2012-10-17\",\"Id\":\"default\",\"Statement\":[" + added.statement() + "]}");
        assertThat(policy.revisionId()).isEqualTo(added.revisionId());
        assertThatThrownBy(() -> lambda().removeLayerVersionPermission(remove -> remove.layerName("shared")
                        .versionNumber(1L)
                        .statementId("all")
                        .revisionId("another")))
                .isInstanceOf(PreconditionFailedException.class);
        lambda().removeLayerVersionPermission(
                        remove -> remove.layerName("shared").versionNumber(1L).statementId("all"));
        assertThatThrownBy(() -> lambda().getLayerVersionPolicy(
                                get -> get.layerName("shared").versionNumber(1L)))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("No policy is associated with the given resource.");
    }
}
