package dev.ruststack.emulator.seed;

import dev.ruststack.crds.bucket.Versioning;
import dev.ruststack.emulator.s3.operations.PutBucketVersioning;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Versioning, which S3 never takes away again: it can only be suspended. */
record VersioningSetting(@Nullable String status) implements BucketSetting {
    private static final DocumentSetting.Name NAME =
            new DocumentSetting.Name("versioning", "versioning", "BucketVersioning");

    @Override
    public String field() {
        return NAME.field();
    }

    @Override
    public boolean declared() {
        return status != null;
    }

    @Override
    public boolean holds(Calls s3, String bucket) throws SeedException, IOException {
        var current = DocumentSetting.read(s3, bucket, NAME, PutBucketVersioning.Configuration.class);
        var found = current == null ? null : current.status();
        return status == null ? !Versioning.ENABLED.equals(found) : status.equals(found);
    }

    @Override
    public void put(Calls s3, String bucket) throws SeedException, IOException {
        var due = status == null ? Versioning.SUSPENDED : status;
        DocumentSetting.write(s3, bucket, NAME, new PutBucketVersioning.Configuration(due, null));
    }
}
