package dev.ruststack.emulator.lambda.operations;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.NotHonoured;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.FunctionConfiguration;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.FunctionSettings;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.Versions;
import dev.ruststack.emulator.lambda.sandbox.Sandbox.Image;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives a function another deployment package, or image. AWS: Lambda API Reference, UpdateFunctionCode. */
@Http("PUT /2015-03-31/functions/{FunctionName}/code")
public final class UpdateFunctionCode implements Operation<UpdateFunctionCode.Input, FunctionDocument> {
    private final Functions functions;
    private final Versions versions;
    private final PackageSource packages;

    public UpdateFunctionCode(Functions functions, Versions versions, PackageSource packages) {
        this.functions = functions;
        this.versions = versions;
        this.packages = packages;
    }

    record Input(
            @HttpLabel String functionName,
            byte @Nullable [] zipFile,
            @Nullable String s3Bucket,
            @Nullable String s3Key,
            @NotHonoured @Nullable String s3ObjectVersion,
            @Nullable String imageUri,
            @Nullable List<String> architectures,
            @Nullable Boolean publish,
            @Nullable Boolean dryRun,
            @Nullable String revisionId,

            @NotHonoured @JsonProperty("SourceKMSKeyArn") @Nullable
            String sourceKmsKeyArn) {
        FunctionSettings settings() {
            return new FunctionSettings(null, null, null, null, null, null, null, null, architectures);
        }
    }

    @Override
    public FunctionDocument handle(Input input, Call call) throws IOException {
        var given = new PackageSource.Given(input.zipFile(), input.s3Bucket(), input.s3Key(), input.s3ObjectVersion());
        var constraints = input.settings().check(new Constraints());
        given.check(constraints, "");
        constraints.check();
        var name = FunctionName.parse(input.functionName(), null, FunctionName.Use.CHANGE, call);
        var current = functions.requireLatest(name);
        new Unsupported("UpdateFunctionCode").refuse("SourceKMSKeyArn", input.sourceKmsKeyArn());
        functions.requireChangeable(current, input.revisionId());
        if (current.image() != null || input.imageUri() != null) {
            return answer(input, name, updateImage(name, input, given, current));
        }
        return answer(input, name, update(name, input, given, current));
    }

    private FunctionDocument answer(Input input, FunctionName name, FunctionConfiguration updated) {
        return Boolean.TRUE.equals(input.publish()) && !Boolean.TRUE.equals(input.dryRun())
                ? FunctionDocument.version(versions.publishNow(name))
                : FunctionDocument.of(updated, name);
    }

    /** Another image, started as the one before. */
    private FunctionConfiguration updateImage(
            FunctionName name, Input input, PackageSource.Given given, FunctionConfiguration current) {
        var before = current.image();
        var uri = input.imageUri();
        if (before == null) {
            throw ImageSource.invalid("Please don't provide ImageUri when updating a function with packageType Zip.");
        }
        if (uri == null || !given.isEmpty()) {
            throw ImageSource.invalid("Please provide ImageUri when updating a function with packageType Image.");
        }
        var settings = input.settings()
                .withImage(new Image(uri, before.entryPoint(), before.command(), before.workingDirectory()));
        var code = ImageSource.code(uri);
        return Boolean.TRUE.equals(input.dryRun())
                ? current.toBuilder().code(code).settings(settings).build()
                : functions.update(name, input.revisionId(), code, settings);
    }

    /** A dry run goes as far as unpacking, and tells what the function would be. */
    private FunctionConfiguration update(
            FunctionName name, Input input, PackageSource.Given given, FunctionConfiguration current)
            throws IOException {
        var code = packages.take(name, given, name());
        boolean owned = false;
        try {
            if (Boolean.TRUE.equals(input.dryRun())) {
                return current.toBuilder().code(code).settings(input.settings()).build();
            }
            var updated = functions.update(name, input.revisionId(), code, input.settings());
            owned = true;
            return updated;
        } finally {
            if (!owned) {
                functions.archives().release(code, Duration.ZERO);
            }
        }
    }
}
