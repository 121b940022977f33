package dev.ruststack.e2e.harness;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** What {@code e2e/run} tells the tests, by environment variables. */
public final class Settings {
    /** The namespace of the operator. */
    static final String SYSTEM = variable("RUSTSTACK_E2E_SYSTEM", "ruststack-system");

    /** The image of client pods: AWS's Python image, which has boto3. */
    public static final String CLIENT_IMAGE =
            variable("RUSTSTACK_E2E_CLIENT_IMAGE", "public.ecr.aws/lambda/python:3.11");

    /** The operator's image, by which charts wait. */
    public static final String OPERATOR_IMAGE =
            variable("RUSTSTACK_E2E_OPERATOR_IMAGE", "ghcr.io/ruststack/operator:0.1.0");

    /** The source tree. */
    public static final Path PROJECT = Path.of(variable("RUSTSTACK_E2E_PROJECT", ".."));

    /** The Flask example as {@code ./ruststack package} wrote it. */
    public static final Path FLASK_MANIFEST = PROJECT.resolve("e2e/target/flask-orders.yaml");

    /** Whether the cluster is one of {@code e2e/cluster}, whose node may be handled. */
    public static final boolean OWN_CLUSTER = Boolean.parseBoolean(variable("RUSTSTACK_E2E_OWN_CLUSTER", "false"));

    /** Whether namespaces of failed tests stay. */
    static final boolean KEEP = Boolean.parseBoolean(variable("RUSTSTACK_E2E_KEEP", "false"));

    private Settings() {}

    /** For what only a node of our own can show. Elsewhere it is skipped, which CI takes for a failure. */
    public static void requireOwnCluster() {
        if (!OWN_CLUSTER && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(
                    "this test needs a cluster of e2e/cluster, and CI skips nothing: unset KUBECONFIG");
        }
        Assumptions.assumeTrue(OWN_CLUSTER, "needs a cluster of e2e/cluster");
    }

    /** Runs {@code e2e/cluster}. */
    public static Program ownCluster(String command) {
        return Program.run(List.of(PROJECT.resolve("e2e/cluster").toString(), command));
    }

    private static String variable(String name, String otherwise) {
        var value = System.getenv(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }
}
