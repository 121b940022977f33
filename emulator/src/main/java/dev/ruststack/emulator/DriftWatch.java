package dev.ruststack.emulator;

import dev.ruststack.emulator.aws.AwsService;
import dev.ruststack.emulator.aws.CallObserver;
import dev.ruststack.emulator.aws.InProcess;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.RequestBody;
import java.io.IOException;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Looks after declared items: one that a client deletes has drifted. Nothing is asked but after a deletion. */
final class DriftWatch implements CallObserver {
    private static final Logger LOG = LoggerFactory.getLogger(DriftWatch.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final StackState state;
    private final Map<String, Watched> watched;

    private record Watched(String kind, Predicate<String> there) {}

    DriftWatch(StackState state, Services services) {
        this.state = state;
        this.watched = Map.of(
                "DeleteBucket", new Watched("Bucket", name -> ok(services.s3Api, "HEAD", "/" + name)),
                "DeleteFunction",
                        new Watched(
                                "Function",
                                name -> ok(
                                        services.lambdaApi, "GET", "/2015-03-31/functions/" + name + "/configuration")),
                "DeleteTable", new Watched("Table", name -> table(services.dynamoDbApi, name)));
    }

    @Override
    public void called(Observed call) {
        var deleted = watched.get(call.operation());
        if (deleted != null && !call.within() && call.status() / 100 == 2) {
            Thread.ofVirtual().name("drift").start(() -> state.check(deleted.kind, deleted.there));
        }
    }

    private static boolean ok(AwsService service, String method, String target) {
        return ok(service, new InProcess.Call(method, target, Headers.empty(), RequestBody.of(new byte[0])));
    }

    private static boolean table(@Nullable AwsService dynamoDb, String name) {
        var headers = Headers.of(
                "Content-Type", "application/x-amz-json-1.0", "X-Amz-Target", "DynamoDB_20120810.DescribeTable");
        var body = RequestBody.of(JSON.writeValueAsBytes(Map.of("TableName", name)));
        return dynamoDb == null || ok(dynamoDb, new InProcess.Call("POST", "/", headers, body));
    }

    /** Only what says that the item is not there counts: trouble of another kind is no drift. */
    private static boolean ok(AwsService service, InProcess.Call call) {
        try {
            var answer = InProcess.call(service, call);
            return answer.status() != 404 && !answer.text().contains("ResourceNotFoundException");
        } catch (IOException e) {
            LOG.debug("Could not look after a declared item", e);
            return true;
        }
    }
}
