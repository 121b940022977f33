package dev.ruststack.emulator.seed;

import dev.ruststack.crds.RustStackSpec;
import dev.ruststack.crds.bucket.BucketSpec;
import dev.ruststack.crds.function.FunctionSpec;
import dev.ruststack.crds.function.LayerSpec;
import dev.ruststack.crds.table.TableSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Removes what is there and not declared, of the stack's own account and region: the last step where
 * {@code seedPolicy.mode} is Exact. What seeded items hold beside what is declared goes with their own step.
 */
final class Pruner {
    private static final String FUNCTIONS = "/2015-03-31/functions";

    private static final String LAYERS = "/2018-10-31/layers";

    private final Calls s3;
    private final @Nullable Calls dynamoDb;
    private final Calls lambda;
    private final List<SeedItem> failures = new ArrayList<>();

    /** @param dynamoDb null where the stack has none */
    Pruner(Calls s3, @Nullable Calls dynamoDb, Calls lambda) {
        this.s3 = s3;
        this.dynamoDb = dynamoDb;
        this.lambda = lambda;
    }

    /** Removes one thing. */
    private interface Removal {
        void remove(String name) throws SeedException, IOException;
    }

    /** Names everything that is there. */
    private interface Inventory {
        List<String> names() throws SeedException, IOException;
    }

    /** Returns what could not be removed. */
    List<SeedItem> prune(RustStackSpec spec) {
        prune("Function", names(spec.functions(), FunctionSpec::name), this::functions, this::removeFunction);
        prune("Layer", names(spec.layers(), LayerSpec::name), this::layers, this::removeLayer);
        var objects = new ObjectPruner(s3);
        prune("Bucket", names(spec.buckets(), BucketSpec::name), objects::buckets, objects::remove);
        if (dynamoDb != null) {
            var tables = new ItemPruner(dynamoDb);
            prune("Table", names(spec.tables(), TableSpec::name), tables::tables, tables::remove);
        }
        return failures;
    }

    private static <T> Set<String> names(List<T> declared, SeedRun.Named<T> named) {
        return declared.stream().map(named::name).collect(Collectors.toSet());
    }

    private void prune(String kind, Set<String> declared, Inventory inventory, Removal removal) {
        try {
            for (var name : inventory.names()) {
                if (!declared.contains(name)) {
                    remove(kind, name, removal);
                }
            }
        } catch (SeedException | IOException e) {
            failures.add(SeedItem.failed(kind, "*", "NotRemoved", String.valueOf(e.getMessage())));
        }
    }

    private void remove(String kind, String name, Removal removal) throws IOException {
        try {
            removal.remove(name);
        } catch (SeedException e) {
            failures.add(SeedItem.failed(
                    kind, name, "NotRemoved", "it is not declared, and cannot be removed: " + e.getMessage()));
        }
    }

    private List<String> functions() throws SeedException, IOException {
        return all(new Listing("ListFunctions", FUNCTIONS + "/", "Functions", "FunctionName"));
    }

    private List<String> layers() throws SeedException, IOException {
        return all(new Listing("ListLayers", LAYERS, "Layers", "LayerName"));
    }

    /** A list of Lambda's: the operation, where it is, and which members hold the names. */
    private record Listing(String operation, String target, String list, String member) {}

    private List<String> all(Listing listing) throws SeedException, IOException {
        var names = new ArrayList<String>();
        var marker = "";
        while (true) {
            var query = marker.isEmpty() ? "" : "?Marker=" + LambdaPlace.encoded(marker);
            var page = Calls.read(Calls.require(lambda.call("GET", listing.target + query), listing.operation));
            page.path(listing.list)
                    .forEach(each -> names.add(each.path(listing.member).asString()));
            marker = page.path("NextMarker").asString("");
            if (marker.isEmpty()) {
                return names;
            }
        }
    }

    private void removeLayer(String name) throws SeedException, IOException {
        var versions =
                all(new Listing("ListLayerVersions", LAYERS + "/" + name + "/versions", "LayerVersions", "Version"));
        for (var version : versions) {
            Calls.require(lambda.call("DELETE", LAYERS + "/" + name + "/versions/" + version), "DeleteLayerVersion");
        }
    }

    private void removeFunction(String name) throws SeedException, IOException {
        Calls.require(lambda.call("DELETE", FUNCTIONS + "/" + name), "DeleteFunction");
    }
}
