package dev.ruststack.emulator.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;

/**
 * Lists over the wire, page by page, of keys that have to be encoded, beside a model: the keys in the order of their
 * bytes, of which those with the delimiter after the prefix are one.
 */
class ListingsModelTest {
    private static final Comparator<String> BY_BYTES =
            Comparator.comparing(key -> key.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);
    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "/",
            "//",
            "\u00e9",
            "\u20ac",
            "\ud83d\ude42",
            "\uffee",
            "+",
            " ",
            "%2F",
            "&",
            "<",
            "\"",
            "~",
            "\t",
            "=");
    private static final List<String> PREFIXES = List.of("", "a", "a/", "/", "\u00e9", "%", "+");
    private static final List<String> DELIMITERS = List.of("", "/", "a", "\ud83d\ude42", "//");

    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void everyListIsAsInASimpleModel(long seed) {
        var random = new Random(seed);
        var bucket = S3.bucket();
        S3.client()
                .putBucketVersioning(
                        r -> r.bucket(bucket).versioningConfiguration(c -> c.status(BucketVersioningStatus.ENABLED)));
        var keys = new TreeSet<>(BY_BYTES);
        var all = new TreeSet<>(BY_BYTES);
        for (int i = 0; i < 40; i++) {
            var key = key(random);
            S3.client().putObject(r -> r.bucket(bucket).key(key), RequestBody.empty());
            keys.add(key);
            all.add(key);
            if (random.nextInt(5) == 0) {
                S3.client().deleteObject(r -> r.bucket(bucket).key(key));
                keys.remove(key);
            }
        }
        for (int i = 0; i < 12; i++) {
            var prefix = PREFIXES.get(random.nextInt(PREFIXES.size()));
            var delimiter = DELIMITERS.get(random.nextInt(DELIMITERS.size()));
            int page = 1 + random.nextInt(5);
            var after = random.nextInt(3) == 0 ? key(random) : "";
            assertThat(second(bucket, prefix, delimiter, after, page))
                    .as("%s %s %s", prefix, delimiter, after)
                    .isEqualTo(rolledUp(keys, prefix, delimiter, after));
            assertThat(first(bucket, prefix, delimiter, page))
                    .as("%s %s", prefix, delimiter)
                    .isEqualTo(rolledUp(keys, prefix, delimiter, ""));
            assertThat(versions(bucket, prefix, delimiter, page))
                    .as("%s %s", prefix, delimiter)
                    .isEqualTo(rolledUp(all, prefix, delimiter, ""));
        }
    }

    private static String key(Random random) {
        var key = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            key.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        // Of some paths SDKs and proxies make others.
        return key.toString().replace("//", "/x/").replaceAll("^/", "a/");
    }

    private static List<String> rolledUp(TreeSet<String> keys, String prefix, String delimiter, String after) {
        var names = new TreeSet<>(BY_BYTES);
        for (var key : keys) {
            int at = delimiter.isEmpty() || !key.startsWith(prefix) ? -1 : key.indexOf(delimiter, prefix.length());
            var name = at < 0 ? key : key.substring(0, at + delimiter.length());
            if (key.startsWith(prefix) && BY_BYTES.compare(name, after) > 0) {
                names.add(name);
            }
        }
        return List.copyOf(names);
    }

    private static List<String> sorted(List<String> names) {
        names.sort(BY_BYTES);
        return names;
    }

    private static List<String> second(String bucket, String prefix, String delimiter, String after, int page) {
        var names = new ArrayList<String>();
        for (var each : S3.client()
                .listObjectsV2Paginator(r -> r.bucket(bucket)
                        .prefix(prefix)
                        .delimiter(delimiter)
                        .startAfter(after)
                        .maxKeys(page))) {
            assertThat(each.keyCount()).isLessThanOrEqualTo(page);
            each.contents().forEach(object -> names.add(object.key()));
            each.commonPrefixes().forEach(common -> names.add(common.prefix()));
        }
        return sorted(names);
    }

    private static List<String> first(String bucket, String prefix, String delimiter, int page) {
        var names = new ArrayList<String>();
        var request = ListObjectsRequest.builder()
                .bucket(bucket)
                .prefix(prefix)
                .delimiter(delimiter)
                .maxKeys(page);
        while (true) {
            var each = S3.client().listObjects(request.build());
            each.contents().forEach(object -> names.add(object.key()));
            each.commonPrefixes().forEach(common -> names.add(common.prefix()));
            if (!each.isTruncated()) {
                return sorted(names);
            }
            request.marker(each.nextMarker() == null ? each.contents().getLast().key() : each.nextMarker());
        }
    }

    private static List<String> versions(String bucket, String prefix, String delimiter, int page) {
        var names = new ArrayList<String>();
        for (var each : S3.client()
                .listObjectVersionsPaginator(r -> r.bucket(bucket)
                        .prefix(prefix)
                        .delimiter(delimiter)
                        .encodingType("url")
                        .maxKeys(page))) {
            each.versions().forEach(version -> names.add(version.key()));
            each.deleteMarkers().forEach(marker -> names.add(marker.key()));
            each.commonPrefixes().forEach(common -> names.add(common.prefix()));
        }
        return sorted(new ArrayList<>(new TreeSet<>(names)));
    }
}
