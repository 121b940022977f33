package dev.ruststack.emulator.lambda.operations;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.NotHonoured;
import dev.ruststack.emulator.lambda.CodeSigningConfigs;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.FunctionConfiguration;
import dev.ruststack.emulator.lambda.FunctionConfiguration.Code;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.FunctionSettings;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.Layers;
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
    private final Layers layers;
    private final Versions versions;
    private final PackageSource packages;
    private final CodeSigningConfigs codeSigning;

    public UpdateFunctionCode(
            Functions functions,
            Layers layers,
            Versions versions,
            PackageSource packages,
            CodeSigningConfigs codeSigning) {
        this.codeSigning = codeSigning;
        this.functions = functions;
        this.layers = layers;
        this.versions = versions;
        this.packages = packages;
    }

    record Input(
            @HttpLabel String functionName,
            byte @Nullable [] zipFile,
            @Nullable String s3Bucket,
            @Nullable String s3Key,
            @Nullable String s3ObjectVersion,
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
        codeSigning.requireUnsigned(functions.require(name).controls().codeSigningConfigArn(), name.name());
        if (current.image() != null || input.imageUri() != null) {
            return updateImage(name, input, given, current);
        }
        return update(name, input, given, current);
    }

    /** A dry run tells what the function would be; a publication tells of the version. */
    private FunctionDocument update(
            Input input, FunctionName name, FunctionConfiguration current, FunctionSettings settings, Code code) {
        if (Boolean.TRUE.equals(input.dryRun())) {
            return FunctionDocument.of(
                    current.toBuilder().code(code).settings(settings).build(), name);
        }
        return Boolean.TRUE.equals(input.publish())
                ? FunctionDocument.version(versions.update(name, input.revisionId(), code, settings))
                : FunctionDocument.of(functions.update(name, input.revisionId(), code, settings), name);
    }

    /** Another image, started as the one before. */
    private FunctionDocument updateImage(
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
        return update(input, name, current, settings, ImageSource.code(uri));
    }

    /** A dry run goes as far as unpacking. */
    private FunctionDocument update(
            FunctionName name, Input input, PackageSource.Given given, FunctionConfiguration current)
            throws IOException {
        var code = packages.take(name, given, name());
        boolean owned = false;
        try {
            layers.requireRoom(current.layers(), code);
            var updated = update(input, name, current, input.settings(), code);
            owned = !Boolean.TRUE.equals(input.dryRun());
            return updated;
        } finally {
            if (!owned) {
                functions.archives().release(code, Duration.ZERO);
            }
        }
    }
}
