package dev.ruststack.emulator.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
 * Records what the tests of S3 verify through the AWS SDK for Java v2: one line of JSON for each test and each operation
 * that it called and its class is named for, or for the subject of the class where it called others; in {@code
 * target/conformance}, a file for each class. The conformance table is made from them. Registered for every test, and
 * with every client of the SDK, by the files in {@code src/test/resources}.
 */
public final class RecordedTests
        implements ExecutionInterceptor, BeforeEachCallback, AfterTestExecutionCallback, AfterAllCallback {
    private static final String OURS = RecordedTests.class.getPackageName() + ".";
    private static final Path FOLDER = Path.of("target", "conformance");
    private static final ThreadLocal<@Nullable Set<String>> CALLED = new InheritableThreadLocal<>();
    private static final Map<Class<?>, List<String>> LINES = new ConcurrentHashMap<>();

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        var called = CALLED.get();
        if (called != null && "S3".equals(attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME))) {
            called.add(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
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
        if (called == null || called.isEmpty() || !type.getName().startsWith(OURS)) {
            return;
        }
        var lines = LINES.computeIfAbsent(type, any -> new ArrayList<>());
        for (var operation : verified(type, called)) {
            lines.add(JsonMapper.shared()
                    .writeValueAsString(Map.of(
                            "client",
                            "java",
                            "version",
                            VersionInfo.SDK_VERSION,
                            "operation",
                            operation,
                            "test",
                            context.getRequiredTestMethod().getName(),
                            "passed",
                            context.getExecutionException().isEmpty())));
        }
    }

    private static Set<String> verified(Class<?> type, Set<String> called) {
        var subject = type.getSimpleName().replaceFirst("Test$", "");
        var operations = new HashSet<String>();
        for (var operation : called) {
            if (operation.contains(subject)) {
                operations.add(operation);
            }
        }
        if (operations.isEmpty() && !called.equals(Set.of("CreateBucket"))) {
            operations.add(subject);
        }
        return operations;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        var lines = LINES.remove(context.getRequiredTestClass());
        if (lines != null) {
            try {
                Files.createDirectories(FOLDER);
                Files.write(FOLDER.resolve(context.getRequiredTestClass().getName() + ".jsonl"), lines);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
