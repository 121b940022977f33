package dev.ruststack.emulator.s3;

import dev.ruststack.emulator.aws.Authenticator;
import dev.ruststack.emulator.aws.AwsService;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.OperationService;
import dev.ruststack.emulator.aws.wire.Route;
import dev.ruststack.emulator.s3.operations.AbortMultipartUpload;
import dev.ruststack.emulator.s3.operations.Access;
import dev.ruststack.emulator.s3.operations.BucketConfigurations;
import dev.ruststack.emulator.s3.operations.CompleteMultipartUpload;
import dev.ruststack.emulator.s3.operations.CopyObject;
import dev.ruststack.emulator.s3.operations.CreateBucket;
import dev.ruststack.emulator.s3.operations.CreateMultipartUpload;
import dev.ruststack.emulator.s3.operations.DeleteBucket;
import dev.ruststack.emulator.s3.operations.DeleteBucketPolicy;
import dev.ruststack.emulator.s3.operations.DeleteObject;
import dev.ruststack.emulator.s3.operations.DeleteObjectTagging;
import dev.ruststack.emulator.s3.operations.DeleteObjects;
import dev.ruststack.emulator.s3.operations.GetBucketAcl;
import dev.ruststack.emulator.s3.operations.GetBucketLocation;
import dev.ruststack.emulator.s3.operations.GetBucketPolicy;
import dev.ruststack.emulator.s3.operations.GetBucketPolicyStatus;
import dev.ruststack.emulator.s3.operations.GetBucketVersioning;
import dev.ruststack.emulator.s3.operations.GetObject;
import dev.ruststack.emulator.s3.operations.GetObjectAcl;
import dev.ruststack.emulator.s3.operations.GetObjectAttributes;
import dev.ruststack.emulator.s3.operations.GetObjectLegalHold;
import dev.ruststack.emulator.s3.operations.GetObjectLockConfiguration;
import dev.ruststack.emulator.s3.operations.GetObjectRetention;
import dev.ruststack.emulator.s3.operations.GetObjectTagging;
import dev.ruststack.emulator.s3.operations.HeadBucket;
import dev.ruststack.emulator.s3.operations.HeadObject;
import dev.ruststack.emulator.s3.operations.LifecycleSweep;
import dev.ruststack.emulator.s3.operations.ListBuckets;
import dev.ruststack.emulator.s3.operations.ListMultipartUploads;
import dev.ruststack.emulator.s3.operations.ListObjectVersions;
import dev.ruststack.emulator.s3.operations.ListObjects;
import dev.ruststack.emulator.s3.operations.ListObjectsV2;
import dev.ruststack.emulator.s3.operations.ListParts;
import dev.ruststack.emulator.s3.operations.Notifications;
import dev.ruststack.emulator.s3.operations.ObjectReader;
import dev.ruststack.emulator.s3.operations.ObjectRemover;
import dev.ruststack.emulator.s3.operations.ObjectWriter;
import dev.ruststack.emulator.s3.operations.PartAssembler;
import dev.ruststack.emulator.s3.operations.PartWriter;
import dev.ruststack.emulator.s3.operations.PostObject;
import dev.ruststack.emulator.s3.operations.PutBucketAcl;
import dev.ruststack.emulator.s3.operations.PutBucketPolicy;
import dev.ruststack.emulator.s3.operations.PutBucketVersioning;
import dev.ruststack.emulator.s3.operations.PutObject;
import dev.ruststack.emulator.s3.operations.PutObjectAcl;
import dev.ruststack.emulator.s3.operations.PutObjectLegalHold;
import dev.ruststack.emulator.s3.operations.PutObjectLockConfiguration;
import dev.ruststack.emulator.s3.operations.PutObjectRetention;
import dev.ruststack.emulator.s3.operations.PutObjectTagging;
import dev.ruststack.emulator.s3.operations.UploadPart;
import dev.ruststack.emulator.s3.operations.UploadPartCopy;
import dev.ruststack.emulator.s3.store.BlobStore;
import dev.ruststack.emulator.s3.store.Buckets;
import dev.ruststack.emulator.s3.store.KeptBuckets;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** S3: what it keeps, and the list of its operations. */
public final class S3Service implements AutoCloseable {
    private final S3Settings settings;
    private final Buckets buckets;
    private final BlobStore blobs;
    private final Notifications notifications;

    /** Null where nothing outlives the process. */
    private final @Nullable KeptBuckets kept;

    /** An S3 that is empty, or, where it is persistent, as it was; throws where the data directory cannot be used. */
    public S3Service(S3Settings settings) throws IOException {
        this.settings = settings;
        this.buckets = new Buckets(settings.clock());
        this.notifications = new Notifications(settings.clock());
        var directory = settings.dataDirectory();
        if (settings.persistent()) {
            this.blobs = BlobStore.kept(directory);
            this.kept = KeptBuckets.open(buckets, blobs, directory.resolve("journal"));
        } else {
            this.blobs = new BlobStore(directory, settings.memoryBudget());
            this.kept = null;
        }
    }

    /**
     * The service behind the AWS port.
     *
     * @param known every route of S3, for 501 where the operation is missing here
     */
    public AwsService service(Authenticator authenticator, List<Route> known) {
        var addressing = new Addressing(settings.hosts());
        var parameters = new SignedParameters();
        var protocol = new S3Protocol();
        var all = new ArrayList<>(operations());
        all.add(new PostObject(
                new Access(buckets, notifications),
                new ObjectWriter(blobs, settings.clock()),
                form -> authenticator.authenticateForm(form, protocol),
                settings.clock()));
        var service = new OperationService(
                "s3", protocol, all, known, authenticator, request -> addressing.apply(parameters.apply(request)));
        return new WebsiteService(new CorsService(service, buckets, addressing), buckets, addressing);
    }

    /**
     * Opens an object for the emulator itself, as Lambda reads deployment packages.
     *
     * @param versionId null for the current version
     * @throws dev.ruststack.emulator.aws.AwsException S3's own error where it is not there or cannot be read
     */
    public InputStream open(String bucket, String key, @Nullable String versionId) throws IOException {
        return new ObjectReader(new Access(buckets, notifications), blobs, settings.clock())
                .open(bucket, key, versionId);
    }

    /** Has functions told of what happens to objects, where buckets are configured so. */
    public void notify(NotificationTarget target) {
        notifications.send(target);
    }

    /** Does what the lifecycle rules of buckets ask for by now. */
    public void applyLifecycles() {
        new LifecycleSweep(buckets, blobs, notifications, settings.clock()).run();
    }

    /** Forgets every bucket and frees what they hold. */
    public void clear() {
        buckets.clear(blobs);
    }

    /** Returns once the disk has what is to outlive the process. Nothing can be changed after. */
    @Override
    public void close() throws IOException {
        if (kept != null) {
            kept.close();
        }
    }

    /** Every operation that RustStack has. */
    public List<Operation<?, ?>> operations() {
        var clock = settings.clock();
        var access = new Access(buckets, notifications);
        var reader = new ObjectReader(access, blobs, clock);
        var writer = new ObjectWriter(blobs, clock);
        var remover = new ObjectRemover(blobs, clock);
        var parts = new PartWriter(blobs, clock);
        var operations = new ArrayList<Operation<?, ?>>(List.of(
                new AbortMultipartUpload(access, blobs),
                new CompleteMultipartUpload(access, new PartAssembler(blobs, clock)),
                new CopyObject(access, writer, blobs, clock),
                new CreateBucket(buckets),
                new CreateMultipartUpload(access, clock),
                new DeleteBucket(access, buckets, blobs),
                new DeleteBucketPolicy(access),
                new DeleteObject(access, remover),
                new DeleteObjectTagging(access),
                new DeleteObjects(access, remover),
                new GetBucketAcl(access),
                new GetBucketLocation(access),
                new GetBucketPolicy(access),
                new GetBucketPolicyStatus(access),
                new GetBucketVersioning(access),
                new GetObject(reader),
                new GetObjectAttributes(access),
                new GetObjectLegalHold(access),
                new GetObjectLockConfiguration(access),
                new GetObjectRetention(access),
                new GetObjectTagging(access),
                new GetObjectAcl(access),
                new HeadBucket(access),
                new HeadObject(reader),
                new ListBuckets(buckets),
                new ListMultipartUploads(access),
                new ListObjectVersions(access),
                new ListObjects(access),
                new ListObjectsV2(access),
                new ListParts(access),
                new PutBucketVersioning(access),
                new PutObject(access, writer, clock),
                new PutObjectLegalHold(access),
                new PutObjectLockConfiguration(access),
                new PutObjectRetention(access, clock),
                new PutObjectTagging(access),
                new PutBucketAcl(access),
                new PutBucketPolicy(access),
                new PutObjectAcl(access),
                new UploadPart(access, parts),
                new UploadPartCopy(access, parts, blobs, clock)));
        operations.addAll(new BucketConfigurations(access, buckets).operations());
        return operations;
    }
}
