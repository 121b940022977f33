package dev.ruststack.emulator.seed;

import dev.ruststack.crds.bucket.BucketSpec;
import dev.ruststack.crds.bucket.Content;
import dev.ruststack.crds.bucket.ObjectSpec;
import dev.ruststack.crds.bucket.ObjectsFrom;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.PercentEncoding;
import dev.ruststack.emulator.http.RequestBody;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Seeds one bucket, once: the bucket itself, then its objects, written over what is there. */
final class BucketSeeder {
    /** What the JDK does not know of the files that applications keep in buckets. */
    private static final Map<String, String> MORE_TYPES = Map.of(
            "json", "application/json",
            "js", "text/javascript",
            "css", "text/css",
            "svg", "image/svg+xml",
            "webp", "image/webp",
            "md", "text/markdown",
            "csv", "text/csv",
            "yaml", "application/yaml",
            "wasm", "application/wasm");

    private final Calls s3;
    private final String region;
    private final SeedSources sources;
    private final References references;
    private final boolean exact;

    /** The keys of what was put. */
    private final Set<String> keys = new HashSet<>();

    /** @param exact whether other objects are removed */
    BucketSeeder(Calls s3, String region, SeedSources sources, boolean exact) {
        this.exact = exact;
        this.s3 = s3;
        this.region = region;
        this.sources = sources;
        this.references = new References(sources);
    }

    SeedItem seed(BucketSpec bucket) throws SeedException, IOException {
        create(bucket.name());
        int objects = 0;
        for (var object : bucket.objects()) {
            put(bucket.name(), object);
            objects++;
        }
        for (var from : bucket.objectsFrom()) {
            objects += putAll(bucket.name(), from);
        }
        if (exact) {
            new ObjectPruner(s3).prune(bucket.name(), keys);
        }
        Calls.require(s3.call("HEAD", "/" + bucket.name()), "the bucket does not answer");
        return SeedItem.ready("Bucket", bucket.name(), "arn:aws:s3:::" + bucket.name(), objects);
    }

    /** What has become of a bucket that was made before. */
    SeedItem look(BucketSpec bucket) throws IOException {
        return s3.call("HEAD", "/" + bucket.name()).ok()
                ? SeedItem.ready("Bucket", bucket.name(), "arn:aws:s3:::" + bucket.name(), null)
                : SeedItem.drifted("Bucket", bucket.name());
    }

    private void create(String bucket) throws SeedException, IOException {
        if (s3.call("HEAD", "/" + bucket).ok()) {
            return;
        }
        var configuration = region.equals("us-east-1")
                ? ""
                : "<CreateBucketConfiguration><LocationConstraint>" + region
                        + "</LocationConstraint></CreateBucketConfiguration>";
        var body = RequestBody.of(configuration.getBytes(StandardCharsets.UTF_8));
        Calls.require(s3.call("PUT", "/" + bucket, Headers.empty(), body), "CreateBucket");
    }

    private void put(String bucket, ObjectSpec object) throws SeedException, IOException {
        var headers = Headers.builder().setIfPresent("Content-Type", object.contentType());
        object.metadata().forEach((name, value) -> headers.set("x-amz-meta-" + name, value));
        var file = file(object.content());
        if (file == null) {
            put(bucket, object.key(), headers.build(), RequestBody.of(bytes(object)));
            return;
        }
        if (object.contentType() == null) {
            headers.setIfPresent("Content-Type", contentType(file.getFileName().toString()));
        }
        putFile(bucket, object.key(), headers.build(), file);
    }

    private @Nullable Path file(Content content) throws IOException {
        var path = content.path();
        return path == null ? null : sources.resolve(path);
    }

    private byte[] bytes(ObjectSpec object) throws SeedException, ReferenceMissingException {
        var content = object.content();
        var inline = content.inlineBytes();
        if (inline != null) {
            return inline;
        }
        if (!content.parts().isEmpty()) {
            return references.join(content.parts());
        }
        var referred = references.find(content.configMapKeyRef(), content.secretKeyRef());
        if (referred == null) {
            throw new SeedException("object " + object.key() + " has no content");
        }
        return referred;
    }

    private int putAll(String bucket, ObjectsFrom from) throws SeedException, IOException {
        if (from.path() != null) {
            return putDirectory(bucket, from.keyPrefix(), sources.resolve(from.path()));
        }
        if (!from.parts().isEmpty()) {
            return putZip(bucket, from.keyPrefix(), references.join(from.parts()));
        }
        int objects = 0;
        for (var entry : references.all(from.configMapRef(), from.secretRef()).entrySet()) {
            put(bucket, from.keyPrefix() + entry.getKey(), typed(entry.getKey()), RequestBody.of(entry.getValue()));
            objects++;
        }
        return objects;
    }

    private int putZip(String bucket, String prefix, byte[] zip) throws SeedException, IOException {
        int[] objects = {0};
        ZipFiles.each(zip, (path, length, content) -> {
            put(bucket, prefix + path, typed(path), new FileBody(length, content));
            objects[0]++;
        });
        return objects[0];
    }

    private int putDirectory(String bucket, String prefix, Path directory) throws SeedException, IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (var file : files) {
            var key = prefix + directory.relativize(file).toString().replace('\\', '/');
            putFile(bucket, key, typed(file.getFileName().toString()), file);
        }
        return files.size();
    }

    private void putFile(String bucket, String key, Headers headers, Path file) throws SeedException, IOException {
        try (var in = Files.newInputStream(file)) {
            put(bucket, key, headers, new FileBody(Files.size(file), in));
        }
    }

    private void put(String bucket, String key, Headers headers, RequestBody body) throws SeedException, IOException {
        var target = "/" + bucket + "/" + PercentEncoding.encodePath(key);
        var all = headers.toBuilder()
                .set("Content-Length", Long.toString(body.length()))
                .build();
        Calls.require(s3.call("PUT", target, all, body), "PutObject " + key);
        keys.add(key);
    }

    private static Headers typed(String name) {
        return Headers.builder().setIfPresent("Content-Type", contentType(name)).build();
    }

    private static @Nullable String contentType(String name) {
        var extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        var known = MORE_TYPES.get(extension);
        return known == null ? URLConnection.guessContentTypeFromName(name) : known;
    }

    /** A file on its way into a bucket. */
    private record FileBody(long length, InputStream stream) implements RequestBody {}
}
