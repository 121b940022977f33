package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.NotHonoured;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Versions;
import org.jspecify.annotations.Nullable;

/** Publishes a version of a function. AWS: Lambda API Reference, PublishVersion. */
@Http(value = "POST /2015-03-31/functions/{FunctionName}/versions", code = 201)
public final class PublishVersion implements Operation<PublishVersion.Input, FunctionDocument> {
    private final Versions versions;

    public PublishVersion(Versions versions) {
        this.versions = versions;
    }

    record Input(
            @HttpLabel String functionName,
            @Nullable String codeSha256,
            @Nullable String description,
            @NotHonoured @Nullable String publishTo,
            @Nullable String revisionId) {}

    @Override
    public FunctionDocument handle(Input input, Call call) {
        new Constraints()
                .length("description", input.description(), 0, AliasRouting.MAX_DESCRIPTION)
                .check();
        new Unsupported("PublishVersion").refuse("PublishTo", input.publishTo());
        var name = FunctionName.parse(input.functionName(), null, FunctionName.Use.CHANGE, call);
        var published = versions.publish(
                name, new Versions.Publication(input.description(), input.codeSha256(), input.revisionId()));
        return FunctionDocument.version(published);
    }
}
