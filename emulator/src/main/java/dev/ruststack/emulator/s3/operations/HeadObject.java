package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import java.io.IOException;

/** Returns what GetObject would, without the bytes. AWS: S3 API Reference, HeadObject. */
@Http("HEAD /{Bucket}/{Key+}")
public final class HeadObject implements Operation<ReadInput, ReadOutput> {
    private final ObjectReader reader;

    public HeadObject(ObjectReader reader) {
        this.reader = reader;
    }

    @Override
    public ReadOutput handle(ReadInput input, Call call) throws IOException {
        return reader.read(input, call, false);
    }
}
