package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.lambda.CodeArchives;
import dev.ruststack.emulator.lambda.CodeSource;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.FunctionConfiguration.Code;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.LambdaError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Takes in the deployment package that a request brings or names. */
public final class PackageSource {
    /** Bytes of a zip in a request; from S3 only its unzipped size counts. */
    private static final int MAX_ZIP = 52_428_800;

    private final CodeArchives archives;
    private final CodeSource source;

    public PackageSource(CodeArchives archives, CodeSource source) {
        this.archives = archives;
        this.source = source;
    }

    /** What a request says of a package. AWS: Lambda API Reference, FunctionCode. */
    record Given(
            byte @Nullable [] zipFile,
            @Nullable String s3Bucket,
            @Nullable String s3Key,
            @Nullable String s3ObjectVersion) {
        /** Whether it names no package at all. */
        boolean isEmpty() {
            return zipFile == null && s3Bucket == null && s3Key == null && s3ObjectVersion == null;
        }

        void check(Constraints constraints, String prefix) {
            constraints
                    .length(prefix + "s3Bucket", s3Bucket, 3, 63)
                    .matches(prefix + "s3Bucket", s3Bucket, "[0-9A-Za-z\\.\\-_]*(?<!\\.)")
                    .length(prefix + "s3Key", s3Key, 1, 1024)
                    .length(prefix + "s3ObjectVersion", s3ObjectVersion, 1, 1024);
        }
    }

    /** Adds the package for a function; who gets it gives it to a function or releases it. */
    Code take(FunctionName owner, Given given, String operation) throws IOException {
        try (var zip = open(owner, given, operation)) {
            return archives.add(zip);
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("No space left on device")) {
                throw LambdaError.CODE_STORAGE_EXCEEDED.saying("Code storage limit exceeded: the disk is full.");
            }
            throw e;
        }
    }

    private InputStream open(FunctionName owner, Given given, String operation) throws IOException {
        var zip = given.zipFile();
        boolean namesObject = given.s3Bucket() != null || given.s3Key() != null || given.s3ObjectVersion() != null;
        if (zip != null) {
            return open(zip, namesObject, operation);
        }
        if (given.s3Bucket() == null || given.s3Key() == null) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying("Please provide a source for function code.");
        }
        try {
            return source.fromS3(owner, given.s3Bucket(), given.s3Key(), given.s3ObjectVersion());
        } catch (AwsException e) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying("Error occurred while GetObject. S3 Error Code: "
                    + e.code().code() + ". S3 Error Message: " + e.text());
        }
    }

    private static InputStream open(byte[] zip, boolean namesObject, String operation) {
        if (namesObject) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying(
                    "Please do not provide other FunctionCode parameters when providing a ZipFile.");
        }
        if (zip.length > MAX_ZIP) {
            throw LambdaError.REQUEST_ENTITY_TOO_LARGE.saying(
                    "Zipped size must be smaller than " + MAX_ZIP + " bytes for the " + operation + " operation");
        }
        if (zip.length == 0) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying("Uploaded file must be a non-empty zip");
        }
        return new ByteArrayInputStream(zip);
    }
}
