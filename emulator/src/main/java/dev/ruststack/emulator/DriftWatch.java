package dev.ruststack.emulator;

import dev.ruststack.emulator.aws.AwsService;
import dev.ruststack.emulator.aws.CallObserver;
import dev.ruststack.emulator.aws.InProcess;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.RequestBody;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks after declared items: one that a client deletes has drifted, and so has a bucket or a function of which a client
 * changes a declared setting. Nothing is asked but after a deletion or a change.
 */
final class DriftWatch implements CallObserver {
    private static final Logger LOG = LoggerFactory.getLogger(DriftWatch.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What changes a bucket, beside what says so in its name. */
    private static final Set<String> OF_BUCKETS =
            Set.of("PutPublicAccessBlock", "DeletePublicAccessBlock", "PutObjectLockConfiguration");

    private final StackState state;
    private final Services services;
    private final Settings settings;

    /** What Lambda is asked that changes nothing of a function. */
    private static final Pattern READING = Pattern.compile("(Get|List|Invoke|Unknown).*");

    /** Compares what is there with what is declared. */
    interface Settings {
        /** The first declared setting that the bucket does not have any more; null where there is none. */
        @Nullable
        String ofBucket(String bucket) throws IOException;

        /** The first declared field that the function does not have any more; null where there is none. */
        @Nullable
        String ofFunction(String function) throws IOException;

        /** Whether there is still a version of the layer that is as declared. */
        boolean hasLayer(String layer) throws IOException;
    }

    DriftWatch(StackState state, Services services, Settings settings) {
        this.state = state;
        this.services = services;
        this.settings = settings;
    }

    @Override
    public void called(Observed call) {
        if (call.within() || call.status() / 100 != 2) {
            return;
        }
        switch (call.operation()) {
            case "DeleteLayerVersion" -> look("Layer", this::layer);
            case "DeleteTable" -> look("Table", this::table);
            case String operation when isOfBuckets(operation) -> look("Bucket", this::bucket);
            case String operation when isOfFunctions(call.service(), operation) -> look("Function", this::function);
            default -> {}
        }
    }

    private static boolean isOfFunctions(String service, String operation) {
        return service.equals("lambda")
                && !operation.contains("Layer")
                && !READING.matcher(operation).matches();
    }

    private static boolean isOfBuckets(String operation) {
        return operation.startsWith("PutBucket")
                || operation.startsWith("DeleteBucket")
                || OF_BUCKETS.contains(operation);
    }

    private void look(String kind, StackState.Look look) {
        Thread.ofVirtual().name("drift").start(() -> state.check(kind, look));
    }

    private StackItem.@Nullable Drift bucket(String name) {
        if (!isThere(services.s3Api, "HEAD", "/" + name)) {
            return StackItem.Drift.DELETED;
        }
        try {
            var field = settings.ofBucket(name);
            return field == null ? null : StackItem.Drift.changed(field);
        } catch (IOException e) {
            LOG.debug("Could not look after bucket {}", name, e);
            return null;
        }
    }

    private StackItem.@Nullable Drift function(String name) {
        var target = "/2015-03-31/functions/" + name + "/configuration";
        if (!isThere(services.lambdaApi, "GET", target)) {
            return StackItem.Drift.DELETED;
        }
        try {
            var field = settings.ofFunction(name);
            return field == null ? null : StackItem.Drift.changed(field);
        } catch (IOException e) {
            LOG.debug("Could not look after function {}", name, e);
            return null;
        }
    }

    private StackItem.@Nullable Drift layer(String name) {
        try {
            return settings.hasLayer(name) ? null : StackItem.Drift.DELETED;
        } catch (IOException e) {
            LOG.debug("Could not look after layer {}", name, e);
            return null;
        }
    }

    private StackItem.@Nullable Drift table(String name) {
        var headers = Headers.of(
                "Content-Type", "application/x-amz-json-1.0", "X-Amz-Target", "DynamoDB_20120810.DescribeTable");
        var body = RequestBody.of(JSON.writeValueAsBytes(Map.of("TableName", name)));
        var dynamoDb = services.dynamoDbApi;
        boolean there = dynamoDb == null || isThere(dynamoDb, new InProcess.Call("POST", "/", headers, body));
        return there ? null : StackItem.Drift.DELETED;
    }

    private static boolean isThere(AwsService service, String method, String target) {
        return isThere(service, new InProcess.Call(method, target, Headers.empty(), RequestBody.of(new byte[0])));
    }

    /** Only what says that the item is not there counts: trouble of another kind is no drift. */
    private static boolean isThere(AwsService service, InProcess.Call call) {
        try {
            var answer = InProcess.call(service, call);
            return answer.status() != 404 && !answer.text().contains("ResourceNotFoundException");
        } catch (IOException e) {
            LOG.debug("Could not look after a declared item", e);
            return true;
        }
    }
}
