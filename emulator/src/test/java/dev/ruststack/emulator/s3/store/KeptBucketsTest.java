package dev.ruststack.emulator.s3.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.s3.Checksum;
import dev.ruststack.emulator.s3.ChecksumAlgorithm;
import dev.ruststack.emulator.s3.CustomerKey;
import dev.ruststack.emulator.s3.ETag;
import dev.ruststack.emulator.s3.Encryption;
import dev.ruststack.emulator.s3.LegalHold;
import dev.ruststack.emulator.s3.Retention;
import dev.ruststack.emulator.s3.S3Error;
import dev.ruststack.emulator.s3.StorageClass;
import dev.ruststack.emulator.s3.Tag;
import dev.ruststack.emulator.s3.Versioning;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptBucketsTest {
    private static final String ACCOUNT = "000000000000";

    @TempDir
    Path folder;

    private static byte[] random(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private long files() throws IOException {
        try (var list = Files.list(folder)) {
            return list.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void everythingOfAnObjectComesBack() throws IOException {
        var metadata = new ObjectMetadata(
                "image/png",
                "no-cache",
                "inline",
                "gzip",
                "de",
                "never",
                "/else",
                StorageClass.STANDARD_IA,
                Map.of("a", "ä"));
        ObjectVersion before;
        Instant created;
        try (var state = KeptState.open(folder)) {
            state.buckets().create("bucket", ACCOUNT, "eu-west-1");
            created = state.buckets().require("bucket").created();
            state.put("bucket", "a/\n\"ключ\" 🙂", random(100_000), metadata);
            before = state.find("bucket", "a/\n\"ключ\" 🙂");
        }

        try (var state = KeptState.open(folder)) {
            var bucket = state.buckets().require("bucket");
            assertThat(bucket.created()).isEqualTo(created);
            assertThat(bucket.region()).isEqualTo("eu-west-1");
            assertThat(bucket.ownerAccountId()).isEqualTo(ACCOUNT);
            assertThat(state.find("bucket", "a/\n\"ключ\" 🙂")).isEqualTo(before);
            assertThat(state.get("bucket", "a/\n\"ключ\" 🙂")).isEqualTo(random(100_000));
        }
    }

    @Test
    void whatWasRemovedStaysAway() throws IOException {
        try (var state = KeptState.open(folder)) {
            state.buckets().create("bucket", ACCOUNT, "us-east-1");
            state.buckets().create("gone", ACCOUNT, "us-east-1");
            state.put("bucket", "a", random(10));
            state.put("bucket", "b", random(11));
            state.put("bucket", "b", random(0));
            state.remove("bucket", "a");
            state.buckets().delete(state.buckets().require("gone"));
        }

        try (var state = KeptState.open(folder)) {
            assertThat(state.all()).containsOnlyKeys("bucket", "bucket/b").containsEntry("bucket/b", "[]");
            assertThat(files()).isZero();
        }
    }

    @Test
    void aResetIsKeptToo() throws IOException {
        try (var state = KeptState.open(folder)) {
            state.buckets().create("bucket", ACCOUNT, "us-east-1");
            state.put("bucket", "a", random(10));
            state.buckets().clear(state.blobs());
            state.buckets().create("bucket", ACCOUNT, "us-east-1");
        }

        try (var state = KeptState.open(folder)) {
            assertThat(state.all()).containsOnlyKeys("bucket");
        }
    }

    @Test
    void filesOfNoObjectAreRemovedAndTheirNumbersNotUsedTwice() throws IOException {
        try (var state = KeptState.open(folder)) {
            state.buckets().create("bucket", ACCOUNT, "us-east-1");
            state.put("bucket", "a", random(10));
            state.blobs().store(new ByteArrayInputStream(random(20)), ChecksumAlgorithm.CRC32);
        }
        Files.writeString(folder.resolve("ff.blob"), "half of something");

        try (var state = KeptState.open(folder)) {
            assertThat(files()).isEqualTo(1);
            state.put("bucket", "b", random(30));
            assertThat(folder.resolve("100.blob")).exists();
            assertThat(state.get("bucket", "a")).isEqualTo(random(10));
        }
    }

    @Test
    void anObjectWhoseFileIsGoneIsNoObjectEvenWhenItsNumberComesAgain() throws IOException {
        try (var state = KeptState.open(folder)) {
            state.buckets().create("bucket", ACCOUNT, "us-east-1");
            state.put("bucket", "lost", random(10));
        }
        Files.delete(folder.resolve("1.blob"));

        for (int start = 0; start < 2; start++) {
            try (var state = KeptState.open(folder)) {
                assertThat(state.buckets().require("bucket").find("lost")).isNull();
                state.put("bucket", "other" + start, random(20));
            }
        }
        try (var state = KeptState.open(folder)) {
            assertThat(state.all()).containsOnlyKeys("bucket", "bucket/other0", "bucket/other1");
        }
    }

    @Test
    void aFileThatIsShorterThanItWasIsNotServed() throws IOException {
        try (var state = KeptState.open(folder)) {
            state.buckets().create("bucket", ACCOUNT, "us-east-1");
            state.put("bucket", "a", random(100_000));
            state.put("bucket", "b", random(10));
            Files.write(folder.resolve("1.blob"), random(99_999));
            Files.write(folder.resolve("2.blob"), random(9));

            for (var key : new String[] {"a", "b"}) {
                var version = state.find("bucket", key);
                assertThatThrownBy(() -> state.blobs().body(version.blob(), 0, version.size()))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("has not the " + version.size() + " bytes");
            }
        }
    }

    @Test
    void aCopyIsAnObjectOfItsOwn() throws IOException {
        try (var state = KeptState.open(folder)) {
            state.buckets().create("bucket", ACCOUNT, "us-east-1");
            state.put("bucket", "a", random(100));
            var original = state.find("bucket", "a");
            var copy = new ObjectVersion(
                    state.blobs().share(original.blob()),
                    original.etag(),
                    original.checksum(),
                    original.lastModified(),
                    original.metadata());
            state.buckets().require("bucket").put("b", copy, any -> {});
            state.remove("bucket", "a");
        }

        try (var state = KeptState.open(folder)) {
            assertThat(state.all()).containsOnlyKeys("bucket", "bucket/b");
            assertThat(state.get("bucket", "b")).isEqualTo(random(100));
        }
    }

    @Test
    void whatCannotBeKeptIsNotDone() throws IOException {
        try (var state = KeptState.open(folder)) {
            state.buckets().create("bucket", ACCOUNT, "us-east-1");
            state.put("bucket", "a", random(10));
            state.kept().close();

            assertThatThrownBy(() -> state.put("bucket", "a", random(20)))
                    .hasMessage("RustStack cannot keep the change: free space in its data directory and try again.")
                    .extracting("code")
                    .isEqualTo(S3Error.SERVICE_UNAVAILABLE);
            assertThatThrownBy(() -> state.remove("bucket", "a")).hasMessageContaining("cannot keep the change");
            assertThatThrownBy(() -> state.buckets().create("more", ACCOUNT, "us-east-1"))
                    .hasMessageContaining("cannot keep the change");

            assertThat(state.get("bucket", "a")).isEqualTo(random(10));
            assertThat(state.buckets().find("more")).isNull();
        }
    }

    /** Cut anywhere, the journal tells of everything up to that place and of nothing after. */
    @Test
    void whatWasDoneUpToTheTornTailIsThere() throws IOException {
        var random = new Random(3);
        var after = new TreeMap<Long, Map<String, String>>();
        var journal = folder.resolve("journal/0.log");
        try (var state = KeptState.open(folder)) {
            after.put(Files.size(journal), Map.of());
            for (int i = 0; i < 150; i++) {
                change(state, random);
                after.put(Files.size(journal), state.all());
                keepFiles();
            }
        }
        var whole = Files.readAllBytes(journal);
        int first = after.firstKey().intValue();

        for (int round = 0; round < 60; round++) {
            int cut = first + random.nextInt(whole.length - first + 1);
            try (var state = KeptState.open(copyOfStart(whole, cut))) {
                assertThat(state.all())
                        .as("cut at %s", cut)
                        .isEqualTo(after.floorEntry((long) cut).getValue());
            }
        }
    }

    /** As a file system does for which it is still the moment before the removal of a file. */
    private void keepFiles() throws IOException {
        var attic = Files.createDirectories(folder.resolve("attic"));
        try (var list = Files.list(folder)) {
            for (var file : list.filter(Files::isRegularFile).toList()) {
                var kept = attic.resolve(file.getFileName());
                if (!Files.exists(kept)) {
                    Files.createLink(kept, file);
                }
            }
        }
    }

    private static void change(KeptState state, Random random) throws IOException {
        var name = "bucket" + random.nextInt(3);
        var bucket = state.buckets().find(name);
        if (bucket == null) {
            state.buckets().create(name, ACCOUNT, "us-east-1");
        } else if (random.nextInt(12) == 0 && bucket.isEmpty()) {
            state.buckets().delete(bucket);
        } else if (random.nextInt(10) == 0) {
            state.version(name, random.nextBoolean() ? "Enabled" : "Suspended");
        } else if (random.nextInt(4) == 0) {
            state.remove(name, "key" + random.nextInt(4));
        } else if (random.nextInt(4) == 0) {
            var key = "key" + random.nextInt(4);
            var history = bucket.history(key);
            if (history != null) {
                var versions = history.versions();
                state.removeVersion(
                        name, key, versions.get(random.nextInt(versions.size())).id());
            }
        } else {
            state.put(name, "key" + random.nextInt(4), random(random.nextInt(200)));
        }
    }

    private Path copyOfStart(byte[] journal, int length) throws IOException {
        var copy = Files.createDirectories(folder.resolve("copies/" + length));
        try (var list = Files.list(folder.resolve("attic"))) {
            for (var file : list.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.createDirectories(copy.resolve("journal"));
        Files.write(copy.resolve("journal/0.log"), Arrays.copyOf(journal, length));
        return copy;
    }

    private static MultipartUpload begin(KeptState state, String id) {
        return state.buckets()
                .require("bucket")
                .begin(new MultipartUpload.Start(
                        id,
                        "key",
                        Instant.now(),
                        ObjectMetadata.of("text/plain", Map.of()),
                        null,
                        Checksum.Type.FULL_OBJECT,
                        null));
    }

    private static void part(KeptState state, MultipartUpload upload, int number, byte[] content) throws IOException {
        var stored = state.blobs().store(new ByteArrayInputStream(content), ChecksumAlgorithm.CRC64NVME);
        var part = new MultipartUpload.Part(
                number, stored.blob(), ETag.ofMd5(stored.md5()), stored.checksum(), Instant.now());
        state.buckets().require("bucket").put(upload, part);
    }

    private static ObjectVersion whole(MultipartUpload upload) {
        var parts = upload.parts().values();
        return new ObjectVersion(
                new Blob.InParts(parts.stream().map(MultipartUpload.Part::blob).toList()),
                ETag.ofParts(parts.stream().map(MultipartUpload.Part::etag).toList()),
                parts.iterator().next().checksum(),
                Instant.now(),
                upload.start().metadata(),
                new Assembly(
                        upload.start().uploadId(),
                        parts.stream()
                                .map(part -> new Assembly.Part(
                                        part.number(), part.blob().size(), part.checksum()))
                                .toList()),
                Attachments.NONE);
    }

    @Test
    void uploadsGoOnAndWhatIsMadeOfThemStays() throws IOException {
        try (var state = KeptState.open(folder)) {
            state.buckets().create("bucket", ACCOUNT, "us-east-1");
            var upload = begin(state, "one");
            part(state, upload, 2, random(70_000));
            part(state, upload, 5, random(10));
            var aborted = begin(state, "two");
            part(state, aborted, 1, random(20));
            state.buckets()
                    .require("bucket")
                    .abort(aborted)
                    .forEach(part -> state.blobs().release(part.blob()));
        }
        ObjectVersion made;
        try (var state = KeptState.open(folder)) {
            var uploads = state.buckets().require("bucket").uploads();
            assertThat(uploads.all()).hasSize(1);
            var upload = uploads.require("key", "one");
            assertThat(upload.parts().keySet()).containsExactly(2, 5);
            part(state, upload, 7, random(30));
            made = whole(upload);
            var version = made;
            state.buckets().require("bucket").complete(upload, current -> {}, parts -> version);
        }
        try (var state = KeptState.open(folder)) {
            assertThat(state.buckets().require("bucket").uploads().all()).isEmpty();
            assertThat(state.get("bucket", "key")).hasSize(70_040).startsWith(random(70_000));
            var found = state.find("bucket", "key");
            assertThat(found.etag()).isEqualTo(made.etag());
            assertThat(found.assembly()).isEqualTo(made.assembly());
            assertThat(files()).isEqualTo(3);
        }
    }

    @Test
    void anUploadOfWhichAPartIsGoneIsGone() throws IOException {
        try (var state = KeptState.open(folder)) {
            state.buckets().create("bucket", ACCOUNT, "us-east-1");
            part(state, begin(state, "one"), 1, random(20));
        }
        try (var files = Files.newDirectoryStream(folder, "*.blob")) {
            for (var file : files) {
                Files.delete(file);
            }
        }

        try (var state = KeptState.open(folder)) {
            assertThat(state.buckets().require("bucket").uploads().all()).isEmpty();
        }
        try (var state = KeptState.open(folder)) {
            assertThat(state.buckets().require("bucket").uploads().all()).isEmpty();
        }
    }

    @Test
    void versionsComeBackInTheirOrderWithWhatIsAttached() throws IOException {
        Map<String, String> before;
        List<Version> versions;
        try (var state = KeptState.open(folder)) {
            state.buckets().create("bucket", ACCOUNT, "us-east-1");
            state.put("bucket", "key", random(10));
            state.version("bucket", "Enabled");
            state.put("bucket", "key", random(20));
            state.remove("bucket", "key");
            state.put("bucket", "key", random(30));
            state.version("bucket", "Suspended");
            state.put("bucket", "key", random(40));
            state.remove("bucket", "other");
            var bucket = state.buckets().require("bucket");
            var oldest = bucket.history("key").versions().getLast();
            bucket.amend(
                    "key",
                    history -> (ObjectVersion) history.find(oldest.id()),
                    version -> version.attachments()
                            .withTags(List.of(new Tag("b", "1"), new Tag("a", "")))
                            .withRetention(
                                    new Retention(Retention.Mode.GOVERNANCE, Instant.parse("2030-01-02T03:04:05Z")))
                            .withLegalHold(LegalHold.OFF));
            before = state.all();
            versions = bucket.history("key").versions();
            assertThat(files()).isEqualTo(3);
        }

        for (int start = 0; start < 2; start++) {
            try (var state = KeptState.open(folder)) {
                var bucket = state.buckets().require("bucket");
                assertThat(state.all()).isEqualTo(before);
                assertThat(bucket.history("key").versions()).isEqualTo(versions);
                assertThat(bucket.versioning()).isEqualTo(Versioning.SUSPENDED);
                assertThat(bucket.list(new ListingRequest("", "", "", 10)).objects())
                        .hasSize(1);
                assertThat(files()).isEqualTo(3);
            }
        }
    }

    @Test
    void encryptionsComeBackAndCustomersKeysAreNotKept() throws IOException {
        var key = random(32);
        var byKms = Encryption.byKms(Encryption.Method.KMS, "alias/mine", "e30=", true);
        var byCustomer = Encryption.byCustomer(CustomerKey.of(key));
        try (var state = KeptState.open(folder)) {
            state.buckets().create("bucket", ACCOUNT, "us-east-1");
            for (var encryption : List.of(byKms, byCustomer)) {
                var name = encryption.method().name();
                state.put("bucket", name, random(10));
                state.buckets()
                        .require("bucket")
                        .amend(
                                name,
                                history -> (ObjectVersion) history.current(),
                                version -> version.attachments().withEncryption(encryption));
            }
        }

        try (var state = KeptState.open(folder)) {
            assertThat(state.find("bucket", "KMS").attachments().encryption()).isEqualTo(byKms);
            var back = state.find("bucket", "CUSTOMER").attachments().encryption();
            assertThat(back).isEqualTo(byCustomer);
            assertThat(back.customerKey().is(key)).isTrue();
            assertThat(back.customerKey().is(random(31))).isFalse();
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .doesNotContain(Base64.getEncoder().encodeToString(key))
                        .doesNotContain(new String(key, StandardCharsets.ISO_8859_1));
            }
        }
    }

    @Test
    void theFileOfAVersionThatIsRemovedIsRemoved() throws IOException {
        try (var state = KeptState.open(folder)) {
            state.buckets().create("bucket", ACCOUNT, "us-east-1");
            state.version("bucket", "Enabled");
            state.put("bucket", "key", random(10));
            var id = state.find("bucket", "key").id();
            state.put("bucket", "key", random(20));
            assertThat(files()).isEqualTo(2);

            state.removeVersion("bucket", "key", id);
            assertThat(files()).isEqualTo(1);
            state.buckets().clear(state.blobs());
            assertThat(files()).isZero();
        }
    }

    @Test
    void aVersionWhoseFileIsGoneIsForgottenAndTheOthersStay() throws IOException {
        try (var state = KeptState.open(folder)) {
            state.buckets().create("bucket", ACCOUNT, "us-east-1");
            state.version("bucket", "Enabled");
            state.put("bucket", "key", random(10));
            state.put("bucket", "key", random(20));
        }
        Files.delete(folder.resolve("2.blob"));

        for (int start = 0; start < 2; start++) {
            try (var state = KeptState.open(folder)) {
                assertThat(state.get("bucket", "key")).isEqualTo(random(10));
            }
        }
    }

    @Test
    void recordsOfBeforeThereWereVersionsAreRead() throws IOException {
        var put = BucketRecord.parse("""
                {"op":"put","bucket":"bucket","key":"key","version":{"files":[],"etag":"e",
                "checksum":{"algorithm":"CRC32","value":"AAAAAA==","type":"FULL_OBJECT"},
                "lastModified":"2026-01-02T03:04:05Z","metadata":{"contentType":"text/plain",
                "storageClass":"STANDARD","user":{}}}}""".getBytes(StandardCharsets.UTF_8));
        var removed = BucketRecord.parse(
                "{\"op\":\"removed\",\"bucket\":\"bucket\",\"key\":\"key\"}".getBytes(StandardCharsets.UTF_8));
        var buckets = new Buckets(Clock.systemUTC());
        buckets.create("bucket", ACCOUNT, "us-east-1");

        buckets.replay(put);
        assertThat(buckets.require("bucket").find("key"))
                .isNotNull()
                .extracting(ObjectVersion::id)
                .isEqualTo("null");
        buckets.replay(removed);
        assertThat(buckets.require("bucket").isEmpty()).isTrue();
    }

    @Test
    void recordsOfALaterProgramAreRefused() {
        assertThatThrownBy(() -> BucketRecord.parse(
                        "{\"op\":\"renamed\",\"bucket\":\"bucket\"}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessage("this version of RustStack does not know renamed");
    }
}
