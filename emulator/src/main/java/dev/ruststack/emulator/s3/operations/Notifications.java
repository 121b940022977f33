package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.wire.XmlWriter;
import dev.ruststack.emulator.s3.NotificationTarget;
import dev.ruststack.emulator.s3.Owner;
import dev.ruststack.emulator.s3.configuration.NotificationConfiguration;
import dev.ruststack.emulator.s3.operations.EventRecord.Thing;
import dev.ruststack.emulator.s3.store.Bucket;
import dev.ruststack.emulator.s3.store.ObjectVersion;
import dev.ruststack.emulator.s3.store.Version;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Tells functions what happens to objects, where a bucket's notification configuration asks for it. AWS: S3 User Guide,
 * Amazon S3 Event Notifications.
 */
public final class Notifications {
    /** The events of operations that make objects. */
    private static final Map<String, String> CREATIONS = Map.of(
            "PutObject", "Put",
            "PostObject", "Post",
            "CopyObject", "Copy",
            "RenameObject", "Put",
            "CompleteMultipartUpload", "CompleteMultipartUpload");

    private final Clock clock;
    private final AtomicLong lastSequence = new AtomicLong();
    private volatile NotificationTarget target = NotificationTarget.NONE;

    public Notifications(Clock clock) {
        this.clock = clock;
    }

    /** Says where events go from now on. */
    public void send(NotificationTarget newTarget) {
        target = newTarget;
    }

    /** Who did something, as the event tells. */
    private record Actor(
            String principalId,
            String address,
            String requestId,
            @Nullable String trace) {
        static final Actor S3 = new Actor("s3.amazonaws.com", "s3.amazonaws.com", "0000000000000000", null);

        static Actor of(Call call) {
            var address = call.request().remote().getAddress();
            var account = PolicyContext.isAnonymous(call) ? "Anonymous" : "AWS:" + call.accountId();
            return new Actor(
                    account,
                    address == null ? "127.0.0.1" : address.getHostAddress(),
                    call.requestId(),
                    call.request().headers().first("X-Amzn-Trace-Id"));
        }
    }

    boolean exists(String functionArn) {
        return target.exists(functionArn);
    }

    /** An object was made. */
    void created(Bucket bucket, String key, ObjectVersion version, Call call) {
        tell("ObjectCreated:" + CREATIONS.getOrDefault(call.operation(), "Put"), bucket, key, version, call);
    }

    /** Something of an object that is there was changed; {@code event} such as {@code ObjectAcl:Put}. */
    void tell(String event, Bucket bucket, String key, ObjectVersion version, Call call) {
        if (listens(bucket)) {
            send(event, bucket, thing(key, version.size(), version.etag().value(), version.id()), key, Actor.of(call));
        }
    }

    /** An object was deleted, or a delete marker was made or removed; nothing, where nothing was there. */
    void removed(Bucket bucket, String key, @Nullable String versionId, Bucket.Deletion deletion, Call call) {
        var marker = deletion.marker();
        if (!listens(bucket) || marker == null && deletion.freed() == null) {
            return;
        }
        if (marker != null && versionId == null) {
            var thing = thing(key, null, null, marker.id());
            send("ObjectRemoved:DeleteMarkerCreated", bucket, thing, key, Actor.of(call));
        } else {
            send("ObjectRemoved:Delete", bucket, thing(key, null, null, versionId), key, Actor.of(call));
        }
    }

    /** A lifecycle rule deleted an object or made a delete marker. */
    void expired(Bucket bucket, String key, Bucket.Deletion deletion) {
        if (listens(bucket)) {
            var marker = deletion.marker();
            send(
                    marker == null ? "LifecycleExpiration:Delete" : "LifecycleExpiration:DeleteMarkerCreated",
                    bucket,
                    thing(key, null, null, marker == null ? null : marker.id()),
                    key,
                    Actor.S3);
        }
    }

    /** A lifecycle rule brought a version to another storage class. */
    void moved(Bucket bucket, String key, ObjectVersion version) {
        if (listens(bucket)) {
            var thing = thing(key, version.size(), version.etag().value(), version.id());
            send("LifecycleTransition", bucket, thing, key, Actor.S3);
        }
    }

    private static boolean listens(Bucket bucket) {
        return bucket.configurations().get(NotificationConfiguration.KIND) != null;
    }

    private Thing thing(String key, @Nullable Long size, @Nullable String etag, @Nullable String versionId) {
        return new Thing(
                URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/"),
                size,
                etag,
                Version.NULL_ID.equals(versionId) ? null : versionId,
                sequencer());
    }

    /** Greater than any before, also than those of an earlier process. */
    private String sequencer() {
        long now = clock.instant().toEpochMilli() << 12;
        long next = lastSequence.updateAndGet(last -> Math.max(last + 1, now));
        return String.format(Locale.ROOT, "%018X", next);
    }

    private void send(String event, Bucket bucket, Thing thing, String key, Actor actor) {
        var configuration = bucket.configurations().get(NotificationConfiguration.KIND);
        if (configuration == null) {
            return;
        }
        for (var function : configuration.functions()) {
            var arn = function.cloudFunction();
            if (arn != null && function.hears("s3:" + event, key)) {
                var entity = new EventRecord.Entity("1.0", String.valueOf(function.id()), place(bucket), thing);
                target.deliver(arn, event(event, bucket, actor, entity).json(), actor.trace);
            }
        }
    }

    private EventRecord event(String event, Bucket bucket, Actor actor, EventRecord.Entity entity) {
        return new EventRecord(
                "2.1",
                "aws:s3",
                bucket.region(),
                XmlWriter.timestamp(clock.instant()),
                event,
                new EventRecord.Identity(actor.principalId),
                new EventRecord.RequestParameters(actor.address),
                new EventRecord.ResponseElements(actor.requestId, "RustStack/" + actor.requestId),
                entity);
    }

    private static EventRecord.Place place(Bucket bucket) {
        var owner = Owner.ofAccount(bucket.ownerAccountId()).id().substring(0, 13);
        return new EventRecord.Place(
                bucket.name(), new EventRecord.Identity("A" + owner.toUpperCase(Locale.ROOT)), bucket.arn());
    }
}
