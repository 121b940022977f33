package dev.ruststack.emulator.seed;

import dev.ruststack.crds.function.LayerSpec;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Seeds one layer: the newest version that is as declared, or else a version more. */
final class LayerSeeder {
    private static final String LAYERS = "/2018-10-31/layers/";

    private final Calls lambda;
    private final Calls s3;
    private final FunctionSources sources;

    /** Where the version of each layer is noted, by the layer's name. */
    private final Map<String, String> versions;

    LayerSeeder(Calls lambda, Calls s3, FunctionSources sources, Map<String, String> versions) {
        this.lambda = lambda;
        this.s3 = s3;
        this.sources = sources;
        this.versions = versions;
    }

    SeedItem seed(LayerSpec layer) throws SeedException, IOException, InterruptedException {
        var zip = zip(layer);
        var found = find(layer, FunctionSources.digest(zip));
        if (found == null) {
            var request = members(layer);
            request.putObject("Content").put("ZipFile", Base64.getEncoder().encodeToString(zip));
            var published = lambda.json("POST", LAYERS + layer.name() + "/versions", request);
            found = Calls.read(Calls.require(published, "PublishLayerVersion"));
        }
        return ready(layer, found);
    }

    private SeedItem ready(LayerSpec layer, JsonNode version) {
        var arn = version.path("LayerVersionArn").asString("");
        versions.put(layer.name(), arn);
        return SeedItem.ready("Layer", layer.name(), arn, null);
    }

    /** What has become of a layer that was made before. */
    SeedItem look(LayerSpec layer) throws SeedException, IOException, InterruptedException {
        var found = find(layer, FunctionSources.digest(zip(layer)));
        return found == null ? SeedItem.deleted("Layer", layer.name()) : ready(layer, found);
    }

    private byte[] zip(LayerSpec layer) throws SeedException, IOException, InterruptedException {
        var location = layer.code().s3();
        if (location == null) {
            return sources.layer(layer.name(), layer.code());
        }
        var target = "/" + location.bucket() + "/"
                + LambdaPlace.encoded(location.key()).replace("+", "%20");
        return Calls.require(s3.call("GET", target), "code.s3: GetObject").body();
    }

    private @Nullable JsonNode find(LayerSpec layer, String digest) throws SeedException, IOException {
        var declared = members(layer);
        var marker = "";
        do {
            var query = marker.isEmpty() ? "" : "?Marker=" + LambdaPlace.encoded(marker);
            var answer = lambda.call("GET", LAYERS + layer.name() + "/versions" + query);
            var page = Calls.read(Calls.require(answer, "ListLayerVersions"));
            for (var version : page.path("LayerVersions")) {
                if (Documents.holds(version, declared) && digest.equals(digest(layer, version))) {
                    return version;
                }
            }
            marker = page.path("NextMarker").asString("");
        } while (!marker.isEmpty());
        return null;
    }

    private String digest(LayerSpec layer, JsonNode version) throws SeedException, IOException {
        var target = LAYERS + layer.name() + "/versions/" + version.path("Version");
        return Calls.read(Calls.require(lambda.call("GET", target), "GetLayerVersion"))
                .path("Content")
                .path("CodeSha256")
                .asString("");
    }

    private static ObjectNode members(LayerSpec layer) {
        var members = Calls.JSON.createObjectNode();
        members.put("Description", layer.description() == null ? "" : layer.description());
        members.put("LicenseInfo", layer.licenseInfo() == null ? "" : layer.licenseInfo());
        layer.compatibleRuntimes().forEach(members.putArray("CompatibleRuntimes")::add);
        layer.compatibleArchitectures().forEach(members.putArray("CompatibleArchitectures")::add);
        return members;
    }
}
