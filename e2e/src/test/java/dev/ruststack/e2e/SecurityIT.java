package dev.ruststack.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ruststack.e2e.harness.Cluster;
import dev.ruststack.e2e.harness.Outside;
import dev.ruststack.e2e.harness.Stack;
import dev.ruststack.e2e.harness.TestNamespace;
import dev.ruststack.e2e.harness.Visitor;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What the operator may do, and what pods of a stack cannot. */
@Order(3)
final class SecurityIT {
    private static final String ACCOUNT = "system:serviceaccount:%s:%s".formatted(Cluster.SYSTEM, Cluster.OPERATOR);
    private static final long USER = 10001;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @RegisterExtension
    private static final TestNamespace NAMESPACE = new TestNamespace();

    private static Stack stack;

    @BeforeAll
    static void apply() {
        stack = Stack.apply(NAMESPACE.name(), "safe", """
                dynamodb: {mode: Disabled}
                buckets: [{name: uploads}]
                functions:
                - name: look
                  runtime: python3.11
                  handler: app.handler
                  timeout: 20
                  code:
                    files:
                      app.py: |
                        import glob, os
                        def text(path):
                            try:
                                return open(path, errors='replace').read()
                            except OSError as e:
                                return type(e).__name__
                        def handler(event, context):
                            return {
                                'environment': dict(os.environ),
                                'tokens': os.path.exists('/var/run/secrets/kubernetes.io'),
                                'processes': {p: text(p) for p in glob.glob('/proc/[0-9]*/environ')},
                                'files': {p: text(p) for p in glob.glob('/ruststack/*') if p != '/ruststack/runner'},
                            }
                """).awaitReady();
    }

    @Test
    void theOperatorHasTheRoleOfItsChartAndNoOther() {
        var cluster = Cluster.client().rbac().clusterRoleBindings().list().getItems().stream()
                .filter(binding -> binding.getSubjects().stream().anyMatch(SecurityIT::isOperator))
                .map(binding -> binding.getRoleRef())
                .map(RoleRef::getName);
        var namespaced = Cluster.client().rbac().roleBindings().inAnyNamespace().list().getItems().stream()
                .filter(binding -> binding.getSubjects().stream().anyMatch(SecurityIT::isOperator))
                .map(binding -> binding.getRoleRef().getName());

        assertThat(cluster).containsExactly(Cluster.SYSTEM + "-" + Cluster.OPERATOR);
        assertThat(namespaced).isEmpty();
    }

    @Test
    void itsRoleIsTheListOfItsDocumentation() {
        var role = Cluster.client()
                .rbac()
                .clusterRoles()
                .withName(Cluster.SYSTEM + "-" + Cluster.OPERATOR)
                .require();

        var rights = new TreeSet<String>();
        role.getRules().forEach(rule -> rights.addAll(rights(rule)));

        var every = List.of("create", "delete", "get", "list", "patch", "watch");
        var expected = new TreeSet<String>();
        add(expected, "ruststack.dev/ruststacks", List.of("get", "list", "watch", "delete"));
        add(expected, "ruststack.dev/ruststacks/status", List.of("patch"));
        add(expected, "ruststack.dev/ruststacks/finalizers", List.of("update"));
        add(expected, "apps/deployments", every);
        add(expected, "/services", every);
        add(expected, "/configmaps", every);
        add(expected, "/persistentvolumeclaims", every);
        add(expected, "/pods", every);
        add(expected, "/pods/log", List.of("get"));
        add(expected, "/secrets", List.of("get", "create", "patch", "delete"));
        add(expected, "networking.k8s.io/networkpolicies", every);
        add(expected, "networking.k8s.io/ingresses", every);
        add(expected, "events.k8s.io/events", List.of("create", "patch"));
        assertThat(rights).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list secrets",
                "watch secrets",
                "create pods/exec",
                "create pods/ephemeralcontainers",
                "create pods/portforward",
                "create serviceaccounts/token",
                "create serviceaccounts",
                "create roles.rbac.authorization.k8s.io",
                "create rolebindings.rbac.authorization.k8s.io",
                "patch clusterroles.rbac.authorization.k8s.io",
                "create clusterrolebindings.rbac.authorization.k8s.io",
                "get nodes",
                "get nodes/proxy",
                "delete namespaces",
                "create namespaces",
                "patch customresourcedefinitions.apiextensions.k8s.io",
                "create daemonsets.apps",
                "create jobs.batch",
                "patch ruststacks.ruststack.dev",
                "create validatingwebhookconfigurations.admissionregistration.k8s.io",
                "escalate clusterroles.rbac.authorization.k8s.io",
                "impersonate users"
            })
    void theApiServerDeniesTheOperator(String right) {
        assertThat(isAllowed(right)).isFalse();
    }

    @Test
    void theApiServerLetsTheOperatorMakePods() {
        assertThat(isAllowed("create pods")).isTrue();
    }

    /** @param right a verb, and a resource with its group and, after a slash, its subresource */
    private static boolean isAllowed(String right) {
        var words = right.split("[ /]", 3);
        var resource = words[1].split("\\.", 2);
        var review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(ACCOUNT)
                .withNewResourceAttributes()
                .withNamespace(NAMESPACE.name())
                .withVerb(words[0])
                .withResource(resource[0])
                .withGroup(resource.length > 1 ? resource[1] : "")
                .withSubresource(words.length > 2 ? words[2] : "")
                .endResourceAttributes()
                .endSpec()
                .build();
        return Cluster.client()
                .authorization()
                .v1()
                .subjectAccessReview()
                .create(review)
                .getStatus()
                .getAllowed();
    }

    @Test
    void theEmulatorsPodHoldsNoTokenOfTheCluster() {
        var pod = stack.emulatorPod();

        assertThat(mountsToken(pod)).isFalse();
        assertThat(Visitor.visit(pod, "emulator", USER, """
                import os
                root = '/proc/1/root'
                print(os.path.exists(root + '/var/run/secrets/kubernetes.io'), len(os.listdir(root)) > 3)
                """)).isEqualTo("False True");
    }

    @Test
    void aFunctionSeesNeitherTokenNorKey() throws Exception {
        var key = stack.secret("safe-internal", "runnerKey");
        var admin = stack.secret("safe-internal", "adminToken");

        try (var outside = stack.outside();
                var lambda = outside.lambda()) {
            var answer = lambda.invoke(request -> request.functionName("look"));
            var seen = answer.payload().asUtf8String();

            assertThat(answer.functionError()).isNull();
            assertThat(MAPPER.readTree(seen).path("tokens").asBoolean()).isFalse();
            assertThat(seen).doesNotContain(key, admin, "RUNNER_KEY", "ADMIN_TOKEN");
            assertThat(MAPPER.readTree(seen).path("files").has("/ruststack/token"))
                    .isFalse();
        }
        assertThat(stack.pods("runner")).isNotEmpty().noneMatch(SecurityIT::mountsToken);
    }

    @Test
    void theAdminPortAnswersWithItsTokenOnly() throws Exception {
        try (var forward = Outside.admin(stack);
                var http = HttpClient.newHttpClient()) {
            var state = URI.create("http://127.0.0.1:" + forward.getLocalPort() + "/_ruststack/v1/state");

            assertThat(status(http, HttpRequest.newBuilder(state))).isEqualTo(401);
            assertThat(status(http, bearer(state, "0".repeat(64)))).isEqualTo(401);
            assertThat(status(http, bearer(state, stack.secret("safe-internal", "runnerKey"))))
                    .isEqualTo(401);
            assertThat(status(http, bearer(state, stack.secret("safe-internal", "adminToken"))))
                    .isEqualTo(200);
        }
    }

    @Test
    void aRequestSignedWithAnotherKeyIsRefused() {
        var wrong = AwsBasicCredentials.create(stack.secret("safe-binding", "AWS_ACCESS_KEY_ID"), "wrong");

        try (var outside = stack.outside();
                var s3 = outside.s3()) {
            assertThatThrownBy(() -> s3.listBuckets(request -> request.overrideConfiguration(
                            config -> config.credentialsProvider(StaticCredentialsProvider.create(wrong)))))
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            refusal -> assertThat(refusal.awsErrorDetails().errorCode())
                                    .isEqualTo("SignatureDoesNotMatch"));
        }
    }

    private static boolean isOperator(Subject subject) {
        return subject.getKind().equals("ServiceAccount")
                && subject.getName().equals(Cluster.OPERATOR)
                && Objects.equals(subject.getNamespace(), Cluster.SYSTEM);
    }

    private static void add(Set<String> rights, String resource, List<String> verbs) {
        verbs.forEach(verb -> rights.add(resource + " " + verb));
    }

    private static Set<String> rights(PolicyRule rule) {
        var rights = new TreeSet<String>();
        for (var group : rule.getApiGroups()) {
            for (var resource : rule.getResources()) {
                add(rights, group + "/" + resource, rule.getVerbs());
            }
        }
        return rights;
    }

    private static boolean mountsToken(Pod pod) {
        return !Boolean.FALSE.equals(pod.getSpec().getAutomountServiceAccountToken())
                || pod.getSpec().getVolumes().stream()
                        .filter(volume -> volume.getProjected() != null)
                        .flatMap(volume -> volume.getProjected().getSources().stream())
                        .anyMatch(source -> source.getServiceAccountToken() != null);
    }

    private static HttpRequest.Builder bearer(URI uri, String token) {
        return HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token);
    }

    private static int status(HttpClient http, HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
