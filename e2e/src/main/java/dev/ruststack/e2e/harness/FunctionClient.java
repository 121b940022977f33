package dev.ruststack.e2e.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;

/** Makes and invokes functions of a stack, from outside of the cluster. */
public final class FunctionClient implements AutoCloseable {
    private final Outside outside;
    private final LambdaClient lambda;

    public FunctionClient(Stack stack) {
        this.outside = stack.outside();
        this.lambda = outside.lambda();
    }

    /** Makes a Python function of 128 MB. */
    public void createPython(String name, String runtime, String code) {
        create(name, runtime, "app.handler", "app.py", code);
    }

    /** Makes a function of one file. */
    public void create(String name, String runtime, String handler, String file, String code) {
        lambda.createFunction(CreateFunctionRequest.builder()
                .functionName(name)
                .runtime(runtime)
                .handler(handler)
                .role("arn:aws:iam::000000000000:role/any")
                .timeout(120)
                .code(it -> it.zipFile(SdkBytes.fromByteArray(zip(file, code))))
                .build());
        lambda.waiter().waitUntilFunctionActiveV2(request -> request.functionName(name));
    }

    public void delete(String name) {
        lambda.deleteFunction(request -> request.functionName(name));
    }

    /** Invokes one, with the end of its log. */
    public InvokeResponse invoke(String name, String event) {
        return lambda.invoke(
                request -> request.functionName(name).logType(LogType.TAIL).payload(SdkBytes.fromUtf8String(event)));
    }

    /** The answer of an invocation that has to succeed. */
    public String answer(String name, String event) {
        var response = invoke(name, event);
        if (response.functionError() != null) {
            throw new AssertionError(response.payload().asUtf8String() + "\n" + tail(response));
        }
        return response.payload().asUtf8String();
    }

    /** The end of the log of an invocation. */
    public static String tail(InvokeResponse response) {
        return new String(Base64.getDecoder().decode(response.logResult()), StandardCharsets.UTF_8);
    }

    private static byte[] zip(String name, String content) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        lambda.close();
        outside.close();
    }
}
