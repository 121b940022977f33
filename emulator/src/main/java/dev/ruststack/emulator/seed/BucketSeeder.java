package dev.ruststack.emulator.seed;

import dev.ruststack.crds.bucket.BucketSpec;
import dev.ruststack.crds.bucket.ObjectSpec;
import dev.ruststack.crds.bucket.ObjectsFrom;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.RequestBody;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Seeds one bucket: the bucket itself, then how it is set up, then its objects, written over what is there. */
final class BucketSeeder {
    private final Place place;
    private final BucketSpec bucket;
    private final SeedSources sources;
    private final References references;
    private final BucketSettings settings;
    private final Calls s3;

    /**
     * Where buckets are made.
     *
     * @param functionArn the ARN of a function of the stack, by its name
     */
    record Place(Calls s3, String region, UnaryOperator<String> functionArn) {}

    BucketSeeder(Place place, SeedSources sources, BucketSpec bucket) {
        this.place = place;
        this.bucket = bucket;
        this.sources = sources;
        this.references = new References(sources);
        this.settings = new BucketSettings(bucket, place.functionArn);
        this.s3 = place.s3;
    }

    /**
     * Makes it, without its notifications.
     *
     * @param exact whether everything goes that is not declared: other objects, older versions and other settings
     */
    SeedItem seed(boolean exact) throws SeedException, IOException {
        create(exact);
        settings.apply(s3, exact);
        int objects = putObjects(exact);
        Calls.require(s3.call("HEAD", "/" + bucket.name()), "the bucket does not answer");
        return ready(objects);
    }

    /** Lets functions hear of it, which must be there. */
    void seedNotification() throws SeedException, IOException {
        settings.applyNotification(s3);
    }

    /** What has become of a bucket that was made before. */
    SeedItem look() throws SeedException, IOException {
        if (!s3.call("HEAD", "/" + bucket.name()).ok()) {
            return SeedItem.deleted("Bucket", bucket.name());
        }
        var changed = changed();
        return changed == null ? ready(null) : SeedItem.changed("Bucket", bucket.name(), changed);
    }

    /** The first declared setting that it does not have; null where it has them all. */
    @Nullable
    String changed() throws SeedException, IOException {
        return settings.changed(s3);
    }

    private SeedItem ready(@Nullable Integer objects) {
        return SeedItem.ready("Bucket", bucket.name(), "arn:aws:s3:::" + bucket.name(), objects);
    }

    private void create(boolean exact) throws SeedException, IOException {
        var target = "/" + bucket.name();
        if (s3.call("HEAD", target).ok()) {
            boolean lockedForGood = bucket.objectLock() == null
                    && s3.call("GET", target + "?object-lock").ok();
            if (!exact || !lockedForGood) {
                return;
            }
            new ObjectPruner(s3).remove(bucket.name());
        }
        var configuration = place.region.equals("us-east-1")
                ? ""
                : "<CreateBucketConfiguration><LocationConstraint>" + place.region
                        + "</LocationConstraint></CreateBucketConfiguration>";
        var body = RequestBody.of(configuration.getBytes(StandardCharsets.UTF_8));
        var headers =
                bucket.objectLock() == null ? Headers.empty() : Headers.of("x-amz-bucket-object-lock-enabled", "true");
        Calls.require(s3.call("PUT", target, headers, body), "CreateBucket");
    }

    private int putObjects(boolean exact) throws SeedException, IOException {
        var seeder = new ObjectSeeder(s3, bucket.name());
        for (var object : bucket.objects()) {
            put(object, seeder);
        }
        for (var from : bucket.objectsFrom()) {
            putAll(from, seeder);
        }
        if (exact) {
            new ObjectPruner(s3).prune(bucket.name(), seeder.keys());
        }
        return seeder.keys().size();
    }

    private void put(ObjectSpec object, ObjectSeeder seeder) throws SeedException, IOException {
        var path = object.content().path();
        if (path == null) {
            seeder.put(ObjectDeclaration.of(object, null, ObjectContent.of(bytes(object))));
        } else {
            var file = sources.resolve(path);
            var name = file.getFileName().toString();
            seeder.put(ObjectDeclaration.of(object, name, ObjectContent.of(file)));
        }
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

    private void putAll(ObjectsFrom from, ObjectSeeder seeder) throws SeedException, IOException {
        ZipFiles.Visitor each = (path, content) -> seeder.put(ObjectDeclaration.of(from, path, content));
        if (from.path() != null) {
            var path = sources.resolve(from.path());
            if (Files.isDirectory(path)) {
                putDirectory(path, each);
            } else {
                ZipFiles.each(path, each);
            }
        } else if (!from.parts().isEmpty()) {
            ZipFiles.each(references.join(from.parts()), each);
        } else {
            for (var entry :
                    references.all(from.configMapRef(), from.secretRef()).entrySet()) {
                each.visit(entry.getKey(), ObjectContent.of(entry.getValue()));
            }
        }
    }

    private static void putDirectory(Path directory, ZipFiles.Visitor each) throws SeedException, IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (var file : files) {
            each.visit(directory.relativize(file).toString().replace('\\', '/'), ObjectContent.of(file));
        }
    }
}
