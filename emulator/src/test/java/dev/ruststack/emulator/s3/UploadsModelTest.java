package dev.ruststack.emulator.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Uploads in parts at random, over the wire, beside a model as simple as the User Guide's words: an upload is a key and
 * its parts by number; completing joins those that are named, or fails and changes nothing.
 */
class UploadsModelTest {
    private static final int LEAST = 5 << 20;
    private static final List<String> KEYS = List.of("a/1", "a/2", "b", "b/", "c");
    private static final byte[] LARGE = bytes(5, LEAST);

    @RegisterExtension
    static final S3Fixture S3 = S3Fixture.permissive();

    private final Map<String, byte[]> objects = new TreeMap<>();
    private final List<Upload> uploads = new ArrayList<>();
    private final List<Upload> ended = new ArrayList<>();
    private String bucket = "";

    private record Part(byte[] content, String etag) {}

    private record Upload(String id, String key, TreeMap<Integer, Part> parts) {}

    private static byte[] bytes(long seed, int length) {
        var bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everythingIsAsInASimpleModel(long seed) {
        var random = new Random(seed);
        bucket = S3.bucket();
        for (int step = 0; step < 150; step++) {
            step(random, step);
            if (step % 30 == 0) {
                compare(random);
            }
        }
        for (var upload : List.copyOf(uploads)) {
            abort(upload);
        }
        compare(random);
    }

    private void step(Random random, int step) {
        var upload = uploads.isEmpty() ? null : uploads.get(random.nextInt(uploads.size()));
        switch (random.nextInt(12)) {
            case 0, 1 -> begin(KEYS.get(random.nextInt(KEYS.size())));
            case 2 -> put(KEYS.get(random.nextInt(KEYS.size())), bytes(step, random.nextInt(50)));
            case 3 -> touchEnded(random);
            case 4 -> {
                if (upload != null && random.nextInt(3) == 0) {
                    abort(upload);
                }
            }
            case 5, 6, 7 -> {
                if (upload != null) {
                    complete(upload, random);
                }
            }
            default -> {
                if (upload != null) {
                    boolean large = random.nextInt(4) == 0;
                    part(upload, 1 + random.nextInt(4), large ? LARGE : bytes(step, random.nextInt(50)));
                }
            }
        }
    }

    private void begin(String key) {
        var id = S3.client()
                .createMultipartUpload(r -> r.bucket(bucket).key(key))
                .uploadId();
        uploads.add(new Upload(id, key, new TreeMap<>()));
    }

    private void put(String key, byte[] content) {
        S3.client().putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(content));
        objects.put(key, content);
    }

    private void part(Upload upload, int number, byte[] content) {
        var etag = S3.client()
                .uploadPart(
                        r -> r.bucket(bucket)
                                .key(upload.key)
                                .uploadId(upload.id)
                                .partNumber(number),
                        RequestBody.fromBytes(content))
                .eTag();
        upload.parts.put(number, new Part(content, etag));
    }

    private void abort(Upload upload) {
        S3.client().abortMultipartUpload(r -> r.bucket(bucket).key(upload.key).uploadId(upload.id));
        uploads.remove(upload);
        ended.add(upload);
    }

    /** What has ended takes nothing more. */
    private void touchEnded(Random random) {
        if (ended.isEmpty()) {
            return;
        }
        var upload = ended.get(random.nextInt(ended.size()));
        assertThat(failure(() -> part(upload, 1, new byte[1]))).isEqualTo("NoSuchUpload");
        assertThat(failure(() -> S3.client()
                        .listParts(r -> r.bucket(bucket).key(upload.key).uploadId(upload.id))))
                .isEqualTo("NoSuchUpload");
    }

    /** Names some of the parts, mostly rightly. */
    private void complete(Upload upload, Random random) {
        var numbers = new ArrayList<>(upload.parts.keySet());
        numbers.removeIf(number -> random.nextInt(4) == 0);
        if (random.nextInt(8) == 0) {
            Collections.reverse(numbers);
        }
        if (random.nextInt(8) == 0) {
            numbers.add(9);
        }
        boolean wrong = random.nextInt(8) == 0;
        var due = expected(upload, numbers, wrong);
        var named = numbers.stream()
                .map(number -> CompletedPart.builder()
                        .partNumber(number)
                        .eTag(wrong || !upload.parts.containsKey(number) ? "\"0\"" : upload.parts.get(number).etag)
                        .build())
                .toList();
        var failed = failure(() -> S3.client()
                .completeMultipartUpload(r ->
                        r.bucket(bucket).key(upload.key).uploadId(upload.id).multipartUpload(m -> m.parts(named))));
        assertThat(failed).as("%s of %s", numbers, upload.parts.keySet()).isEqualTo(due);
        if (due == null) {
            uploads.remove(upload);
            ended.add(upload);
            objects.put(upload.key, joined(upload, numbers));
        }
    }

    /** The error that is due first; null for none. */
    private static @Nullable String expected(Upload upload, List<Integer> numbers, boolean wrong) {
        if (numbers.isEmpty()) {
            return "InvalidRequest";
        }
        int last = 0;
        for (var number : numbers) {
            if (number <= last) {
                return "InvalidPartOrder";
            }
            if (wrong || !upload.parts.containsKey(number)) {
                return "InvalidPart";
            }
            last = number;
        }
        boolean small = numbers.subList(0, numbers.size() - 1).stream()
                .anyMatch(number -> upload.parts.get(number).content.length < LEAST);
        return small ? "EntityTooSmall" : null;
    }

    private static byte[] joined(Upload upload, List<Integer> numbers) {
        var joined = new byte[0];
        for (var number : numbers) {
            var content = upload.parts.get(number).content;
            int at = joined.length;
            joined = Arrays.copyOf(joined, at + content.length);
            System.arraycopy(content, 0, joined, at, content.length);
        }
        return joined;
    }

    private static @Nullable String failure(Runnable call) {
        try {
            call.run();
            return null;
        } catch (S3Exception e) {
            return e.awsErrorDetails().errorCode();
        }
    }

    private void compare(Random random) {
        for (var key : KEYS) {
            var due = objects.get(key);
            if (due == null) {
                assertThatThrownBy(() -> S3.client()
                                .getObjectAsBytes(r -> r.bucket(bucket).key(key)))
                        .isInstanceOf(NoSuchKeyException.class);
                continue;
            }
            var found = S3.client().getObjectAsBytes(r -> r.bucket(bucket).key(key));
            assertThat(Arrays.equals(found.asByteArrayUnsafe(), due)).as(key).isTrue();
        }
        compareLists(1 + random.nextInt(3));
    }

    private void compareLists(int page) {
        var listed = new ArrayList<String>();
        S3.client()
                .listMultipartUploadsPaginator(r -> r.bucket(bucket).maxUploads(page))
                .uploads()
                .forEach(upload -> listed.add(upload.key() + " " + upload.uploadId()));
        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(uploads.stream()
                        .map(upload -> upload.key + " " + upload.id)
                        .toList());
        assertThat(listed.stream().map(each -> each.substring(0, each.indexOf(' '))))
                .isSortedAccordingTo(Comparator.naturalOrder());
        for (var upload : uploads) {
            var parts = new ArrayList<String>();
            S3.client()
                    .listPartsPaginator(r ->
                            r.bucket(bucket).key(upload.key).uploadId(upload.id).maxParts(page))
                    .parts()
                    .forEach(part -> parts.add(part.partNumber() + " " + part.size() + " " + part.eTag()));
            var due = new ArrayList<String>();
            upload.parts.forEach((number, part) -> due.add(number + " " + part.content.length + " " + part.etag));
            assertThat(parts).isEqualTo(due);
        }
    }
}
