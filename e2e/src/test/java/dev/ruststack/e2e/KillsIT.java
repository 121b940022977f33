package dev.ruststack.e2e;

import static dev.ruststack.e2e.harness.Stack.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ruststack.e2e.harness.ClientPod;
import dev.ruststack.e2e.harness.Cluster;
import dev.ruststack.e2e.harness.Pods;
import dev.ruststack.e2e.harness.Settings;
import dev.ruststack.e2e.harness.Stack;
import dev.ruststack.e2e.harness.TestNamespace;
import dev.ruststack.e2e.harness.Visitor;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** Something is killed, deleted or edited, and all is as declared again without help. */
@Order(4)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class KillsIT {
    private static final long DYNAMODB_USER = 1000;
    private static final String UID = "{.metadata.uid}";
    private static final String ADDRESS = "{.spec.clusterIP}";

    private static final String SPEC = """
            buckets:
            - name: uploads
              objects:
              - {key: hello.txt, content: {text: hello}}
            tables:
            - name: orders
              attributeDefinitions: [{attributeName: id, attributeType: S}]
              keySchema: [{attributeName: id, keyType: HASH}]
              items: [{id: "1", customer: Ada}]
            functions:
            - name: nap
              runtime: python3.11
              handler: app.handler
              timeout: 120
              code:
                files:
                  app.py: |
                    import time
                    def handler(event, context):
                        print(event.get('say', 'nothing'), flush=True)
                        time.sleep(event.get('seconds', 0))
                        return 'rested'
            """;

    @RegisterExtension
    private static final TestNamespace NAMESPACE = new TestNamespace();

    private static Stack stack;
    private static ClientPod client;
    private static String provider = "";
    private static String seedUid = "";

    @BeforeAll
    static void apply() {
        stack = Stack.apply(NAMESPACE.name(), "shop", SPEC).awaitReady();
        client = ClientPod.of(stack);
        awaitWhole();
        changeSecrets();
    }

    @BeforeEach
    void isWhole() {
        awaitWhole();
    }

    /** Ready, and what is declared is there for a client that is another pod. */
    private static void awaitWhole() {
        eventually(() -> {
            stack.requireReady();
            assertThat(client.python("""
                    import boto3
                    from botocore.config import Config
                    config = Config(connect_timeout=5, read_timeout=60, retries={'max_attempts': 0})
                    s3, db, functions = (boto3.client(name, config=config) for name in ('s3', 'dynamodb', 'lambda'))
                    print(s3.get_object(Bucket='uploads', Key='hello.txt')['Body'].read().decode())
                    print(db.get_item(TableName='orders', Key={'id': {'S': '1'}})['Item']['customer']['S'])
                    print(functions.invoke(FunctionName='nap', Payload=b'{}')['Payload'].read().decode())
                    """)).isEqualTo("hello\nAda\n\"rested\"");
        });
    }

    @Test
    void theEmulatorsPodIsDeleted() {
        var before = uid(stack.emulatorPod());

        Cluster.kubectl(
                        "delete",
                        "pod",
                        stack.emulatorPod().getMetadata().getName(),
                        "-n",
                        stack.namespace(),
                        "--grace-period=0",
                        "--force")
                .succeeded();

        eventually(() -> assertThat(uid(stack.emulatorPod())).isNotEqualTo(before));
        awaitWhole();
    }

    @Test
    void dynamoDbIsKilled() {
        var pod = stack.emulatorPod();
        int restarts = Pods.restarts(pod, "dynamodb");

        Visitor.visit(pod, "dynamodb", DYNAMODB_USER, "import os, signal; os.kill(1, signal.SIGTERM)");

        eventually(
                () -> assertThat(Pods.restarts(stack.emulatorPod(), "dynamodb")).isGreaterThan(restarts));
        awaitWhole();
        assertThat(uid(stack.emulatorPod())).isEqualTo(uid(pod));
    }

    @Test
    void aRunnersPodIsDeletedInTheMiddleOfAnInvocation() throws Exception {
        try (var outside = stack.outside();
                var lambda = outside.lambda();
                var background = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<InvokeResponse> answer = CompletableFuture.supplyAsync(
                    () -> lambda.invoke(request -> request.functionName("nap")
                            .payload(SdkBytes.fromUtf8String("{\"seconds\": 100, \"say\": \"napping\"}"))),
                    background);
            var busy = awaitNapping();

            Cluster.kubectl("delete", "pod", busy, "-n", stack.namespace(), "--grace-period=0", "--force")
                    .succeeded();

            var failure = answer.get(2, TimeUnit.MINUTES);
            assertThat(failure.statusCode()).isEqualTo(200);
            assertThat(failure.functionError()).isEqualTo("Unhandled");
            assertThat(failure.payload().asUtf8String())
                    .contains("\"errorType\":\"Runtime.ExitError\"")
                    .contains("Runtime exited with error: signal: killed");
        }
        awaitWhole();
    }

    private static String awaitNapping() {
        var busy = new AtomicReference<String>();
        eventually(() -> {
            for (var pod : stack.pods("runner")) {
                var name = pod.getMetadata().getName();
                if (log(name).contains("napping")) {
                    busy.set(name);
                }
            }
            assertThat(busy.get()).isNotNull();
        });
        return busy.get();
    }

    private static String log(String pod) {
        return Cluster.client()
                .pods()
                .inNamespace(stack.namespace())
                .withName(pod)
                .inContainer("function")
                .getLog();
    }

    @Test
    void theOperatorIsKilledWhileAStackIsBeingMade() {
        var made = Stack.apply(NAMESPACE.another(), "made", "{buckets: [{name: uploads}]}");
        for (int i = 0; i < 2; i++) {
            killOperator();
        }

        made.awaitReady();
        awaitWhole();
    }

    private static void killOperator() {
        var operator = Cluster.operatorPods().getFirst();
        Cluster.kubectl(
                        "delete",
                        "pod",
                        operator.getMetadata().getName(),
                        "-n",
                        Cluster.SYSTEM,
                        "--grace-period=0",
                        "--force")
                .succeeded();
        eventually(() -> assertThat(Cluster.operatorPods())
                .hasSize(1)
                .noneMatch(pod -> uid(pod).equals(uid(operator)))
                .allMatch(Pods::isReady));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "service/shop",
                "service/shop-runtime",
                "deployment/shop",
                "configmap/shop-binding",
                "networkpolicy/shop"
            })
    void aChildIsDeleted(String child) {
        var before = get(child, UID);
        var address = get(child, ADDRESS);

        Cluster.kubectl("delete", child, "-n", stack.namespace(), "--wait=false")
                .succeeded();

        eventually(() -> assertThat(get(child, UID)).isNotEmpty().isNotEqualTo(before));
        if (child.equals("service/shop")) {
            assertThat(get(child, ADDRESS))
                    .as("applications have read it when they started")
                    .isEqualTo(address);
        }
        awaitWhole();
    }

    @Test
    void childrenAreEditedByHand() {
        patch("configmap/shop-binding", "{\"data\": {\"AWS_REGION\": \"elsewhere\"}}");
        patch("service/shop", "{\"spec\": {\"selector\": {\"ruststack.dev/stack\": \"other\"}}}");
        patch("deployment/shop", "{\"spec\": {\"replicas\": 0}}");

        eventually(() -> {
            assertThat(get("configmap/shop-binding", "{.data.AWS_REGION}")).isEqualTo("us-east-1");
            assertThat(get("service/shop", "{.spec.selector['ruststack\\.dev/stack']}"))
                    .isEqualTo("shop");
            assertThat(get("deployment/shop", "{.spec.replicas}")).isEqualTo("1");
        });
        awaitWhole();
    }

    /** The operator may not watch Secrets: it looks at them every few minutes, for which the other tests are time enough. */
    @Test
    @Order(Integer.MAX_VALUE)
    void secretsAreDeletedAndEditedByHand() {
        await().atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    assertThat(get("secret/shop-binding", "{.data.provider}")).isEqualTo(provider);
                    assertThat(get("secret/shop-seed", UID)).isNotEmpty().isNotEqualTo(seedUid);
                });
        awaitWhole();
    }

    private static void changeSecrets() {
        provider = get("secret/shop-binding", "{.data.provider}");
        seedUid = get("secret/shop-seed", UID);
        patch("secret/shop-binding", "{\"data\": {\"provider\": \"d3Jvbmc=\"}}");
        Cluster.kubectl("delete", "secret", "shop-seed", "-n", stack.namespace())
                .succeeded();
    }

    @Test
    void theSeedIsEdited() {
        var pod = uid(stack.emulatorPod());

        stack.change(SPEC.replace("- {key: hello.txt", "- {key: new.txt, content: {text: new}}\n  - {key: hello.txt"));

        eventually(() -> assertThat(client.python("""
                        import boto3
                        print(boto3.client('s3').get_object(Bucket='uploads', Key='new.txt')['Body'].read().decode())
                        """)).isEqualTo("new"));
        awaitWhole();
        assertThat(uid(stack.emulatorPod())).isEqualTo(pod);
        stack.change(SPEC);
    }

    @Test
    void aDeclaredBucketIsDeletedByAClient() {
        client.python("""
                import boto3
                bucket = boto3.resource('s3').Bucket('uploads')
                bucket.objects.all().delete()
                bucket.delete()
                """);

        awaitWhole();
    }

    @Test
    void aDeclaredTableAndFunctionAreDeletedByAClient() {
        client.python("""
                import boto3
                boto3.client('dynamodb').delete_table(TableName='orders')
                boto3.client('lambda').delete_function(FunctionName='nap')
                """);

        awaitWhole();
    }

    @Test
    void theApiServerIsRestarted() {
        Settings.requireOwnCluster();

        Settings.ownCluster("restart-apiserver").succeeded();
        stack.change(SPEC.replace("Ada", "Grace"));

        eventually(() -> assertThat(client.python("""
                        import boto3
                        item = boto3.resource('dynamodb').Table('orders').get_item(Key={'id': '1'})['Item']
                        print(item['customer'])
                        """)).isEqualTo("Grace"));
        stack.change(SPEC);
        awaitWhole();
    }

    private static String uid(Pod pod) {
        return pod.getMetadata().getUid();
    }

    private static void patch(String child, String patch) {
        Cluster.kubectl("patch", child, "-n", stack.namespace(), "--type=merge", "-p", patch)
                .succeeded();
    }

    private static String get(String child, String path) {
        return Cluster.kubectl("get", child, "-n", stack.namespace(), "-o", "jsonpath=" + path)
                .output();
    }
}
