package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import java.io.IOException;

/** Returns an object, or a range of it. AWS: S3 API Reference, GetObject. */
@Http("GET /{Bucket}/{Key+}")
public final class GetObject implements Operation<ReadInput, ReadOutput> {
    private final ObjectReader reader;

    public GetObject(ObjectReader reader) {
        this.reader = reader;
    }

    @Override
    public ReadOutput handle(ReadInput input, Call call) throws IOException {
        return reader.read(input, call, true);
    }
}
