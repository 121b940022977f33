package dev.ruststack.e2e.harness;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Namespaces with {@code pod-security.kubernetes.io/enforce: restricted} that end with a test, or, in a static field,
 * with the class. When something fails, what is in them is printed first.
 */
public final class TestNamespace
        implements BeforeAllCallback,
                BeforeEachCallback,
                AfterTestExecutionCallback,
                LifecycleMethodExecutionExceptionHandler,
                AfterEachCallback,
                AfterAllCallback {
    private static final int MOST_DIAGNOSES = 3;

    private final List<String> names = new ArrayList<>();
    private boolean shared;
    private boolean failed;
    private int diagnoses;

    /** The name of the first. */
    public String name() {
        return names.getFirst();
    }

    /** Makes one more. */
    public String another() {
        var name =
                "e2e-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        Cluster.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .addToLabels("ruststack.dev/e2e", "true")
                        .endMetadata()
                        .build())
                .create();
        names.add(name);
        return name;
    }

    /** Deletes one, and says how long it took until it was gone. */
    public Duration delete(String name) {
        var began = System.nanoTime();
        Cluster.kubectl("delete", "namespace", name, "--ignore-not-found", "--wait=false")
                .succeeded();
        await().atMost(Cluster.SOON)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> Cluster.client().namespaces().withName(name).get() == null);
        names.remove(name);
        return Duration.ofNanos(System.nanoTime() - began);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        shared = true;
        another();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!shared) {
            another();
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        context.getExecutionException()
                .filter(error -> !(error instanceof TestAbortedException))
                .ifPresent(error -> diagnose(context, error));
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable error) throws Throwable {
        diagnose(context, error);
        throw error;
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable error) throws Throwable {
        diagnose(context, error);
        throw error;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!shared) {
            end();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (shared) {
            end();
        }
    }

    private void diagnose(ExtensionContext context, Throwable error) {
        failed = true;
        System.out.printf(Locale.ROOT, "%n==== %s failed: %s%n", context.getDisplayName(), error);
        if (diagnoses++ < MOST_DIAGNOSES) {
            Diagnosis.printOperator();
            names.forEach(Diagnosis::print);
        }
    }

    private void end() {
        if (failed && Settings.KEEP) {
            System.out.println("kept: namespaces " + names);
            return;
        }
        for (var name : List.copyOf(names)) {
            Cluster.kubectl("delete", "namespace", name, "--ignore-not-found", "--wait=false")
                    .succeeded();
        }
        List.copyOf(names).forEach(this::delete);
    }
}
