package dev.ruststack.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.core.util.VersionInfo;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records what the tests verify of S3 and Lambda through the AWS SDK for Java v2: one line of JSON for each test and each
 * operation that it is about; in {@code target/conformance}, a file for each class. The conformance tables are made from
 * them. Registered for every test, and with every client of the SDK, by the files in {@code src/test/resources}.
 */
public final class RecordedTests
        implements ExecutionInterceptor, BeforeEachCallback, AfterTestExecutionCallback, AfterAllCallback {
    private static final String OURS = RecordedTests.class.getPackageName() + ".";
    private static final Path FOLDER = Path.of("target", "conformance");
    private static final ThreadLocal<@Nullable Set<Called>> CALLED = new InheritableThreadLocal<>();
    private static final Map<Class<?>, List<String>> LINES = new ConcurrentHashMap<>();

    /** What makes something to test with, and is waited for. */
    private static final Set<String> PREPARING =
            Set.of("CreateFunction", "GetFunction", "GetFunctionConfiguration", "PublishVersion", "ListFunctions");

    private record Called(String service, String operation) {}

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        var called = CALLED.get();
        if (called != null) {
            called.add(new Called(
                    attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME),
                    attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME)));
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        CALLED.set(ConcurrentHashMap.newKeySet());
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        var called = CALLED.get();
        var type = context.getRequiredTestClass();
        if (called == null || !type.getName().startsWith(OURS)) {
            return;
        }
        if (type.getName().startsWith(OURS + "s3.")) {
            record(context, "S3", ofS3(type, operations(called, "S3")));
        } else {
            record(context, "Lambda", ofLambda(type, operations(called, "Lambda")));
        }
    }

    private static Set<String> operations(Set<Called> called, String service) {
        return called.stream()
                .filter(each -> each.service().equals(service))
                .map(Called::operation)
                .collect(Collectors.toSet());
    }

    private static void record(ExtensionContext context, String service, Set<String> operations) {
        var lines = LINES.computeIfAbsent(context.getRequiredTestClass(), any -> new ArrayList<>());
        for (var operation : operations) {
            lines.add(JsonMapper.shared()
                    .writeValueAsString(Map.of(
                            "client",
                            "java",
                            "version",
                            VersionInfo.SDK_VERSION,
                            "service",
                            service,
                            "operation",
                            operation,
                            "test",
                            context.getRequiredTestMethod().getName(),
                            "passed",
                            context.getExecutionException().isEmpty())));
        }
    }

    private static String subject(Class<?> type) {
        return type.getSimpleName().replaceFirst("Test$", "");
    }

    /** The operations that a class is named for, or its subject where it called others. */
    private static Set<String> ofS3(Class<?> type, Set<String> called) {
        var named = called.stream()
                .filter(operation -> operation.contains(subject(type)))
                .collect(Collectors.toSet());
        return named.isEmpty() && !called.isEmpty() && !called.equals(Set.of("CreateBucket"))
                ? Set.of(subject(type))
                : named;
    }

    /** The operation that a class is named for, or all that were called but those that only prepare others. */
    private static Set<String> ofLambda(Class<?> type, Set<String> called) {
        if (called.contains(subject(type))) {
            return Set.of(subject(type));
        }
        return called.stream()
                .filter(operation -> !PREPARING.contains(operation))
                .collect(Collectors.toSet());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        var lines = LINES.remove(context.getRequiredTestClass());
        if (lines != null && !lines.isEmpty()) {
            try {
                Files.createDirectories(FOLDER);
                Files.write(FOLDER.resolve(context.getRequiredTestClass().getName() + ".jsonl"), lines);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
