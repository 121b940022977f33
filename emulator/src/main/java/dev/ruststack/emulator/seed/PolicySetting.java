package dev.ruststack.emulator.seed;

import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.RequestBody;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The policy of a bucket.
 *
 * @param document JSON; null where none is declared
 */
record PolicySetting(@Nullable String document) implements BucketSetting {
    private static final String REMEDY = "; a policy that is open to everyone needs publicAccessBlock with "
            + "blockPublicPolicy: false, and restrictPublicBuckets: false to count";

    @Override
    public String field() {
        return "policy";
    }

    @Override
    public boolean declared() {
        return document != null;
    }

    @Override
    public boolean holds(Calls s3, String bucket) throws SeedException, IOException {
        var answer = s3.call("GET", target(bucket));
        if (answer.status() == 404) {
            return document == null;
        }
        var current = Calls.require(answer, "policy: GetBucketPolicy").text();
        return document != null && tree(current).equals(tree(document));
    }

    @Override
    public void put(Calls s3, String bucket) throws SeedException, IOException {
        if (document == null) {
            Calls.require(s3.call("DELETE", target(bucket)), "policy: DeleteBucketPolicy");
            return;
        }
        var body = RequestBody.of(document.strip().getBytes(StandardCharsets.UTF_8));
        var headers = Headers.of("Content-Length", Long.toString(body.length()));
        var answer = s3.call("PUT", target(bucket), headers, body);
        if (answer.status() == 403) {
            throw new SeedException("policy: PutBucketPolicy: " + Calls.error(answer) + REMEDY);
        }
        Calls.require(answer, "policy: PutBucketPolicy");
    }

    private static String target(String bucket) {
        return "/" + bucket + "?policy";
    }

    /** Text that is no JSON is unlike every policy: S3 has the word for it. */
    private static JsonNode tree(String text) {
        try {
            return Calls.JSON.readTree(text);
        } catch (JacksonException e) {
            return Calls.JSON.getNodeFactory().stringNode(text);
        }
    }
}
