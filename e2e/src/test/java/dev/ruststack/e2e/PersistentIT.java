package dev.ruststack.e2e;

import static dev.ruststack.e2e.harness.Stack.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.e2e.harness.ClientPod;
import dev.ruststack.e2e.harness.Cluster;
import dev.ruststack.e2e.harness.Settings;
import dev.ruststack.e2e.harness.Stack;
import dev.ruststack.e2e.harness.TestNamespace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A stack on a volume: what clients have made survives its pod. */
@Order(7)
final class PersistentIT {
    private static final String SPEC = """
            storage: {type: Persistent, size: 1Gi, storageClassName: %s}
            seedPolicy: {mode: Once}
            buckets: [{name: uploads, objects: [{key: hello.txt, content: {text: hello}}]}]
            tables:
            - name: orders
              attributeDefinitions: [{attributeName: id, attributeType: S}]
              keySchema: [{attributeName: id, keyType: HASH}]
            functions:
            - name: echo
              runtime: python3.11
              handler: app.handler
              code:
                files:
                  app.py: |
                    def handler(event, context):
                        return event
            """;

    private static final String MAKE = """
            import boto3, io, zipfile
            s3, db, functions = (boto3.client(name) for name in ('s3', 'dynamodb', 'lambda'))
            s3.put_object(Bucket='uploads', Key='hello.txt', Body=b'changed')
            s3.put_object(Bucket='uploads', Key='large.bin', Body=bytes(9_000_000))
            db.put_item(TableName='orders', Item={'id': {'S': '7'}, 'customer': {'S': 'Ada'}})
            code = io.BytesIO()
            with zipfile.ZipFile(code, 'w') as archive:
                archive.writestr('app.py', 'def handler(event, context):\\n    return 42\\n')
            functions.create_function(FunctionName='made', Runtime='python3.11', Handler='app.handler',
                Role='arn:aws:iam::000000000000:role/any', Code={'ZipFile': code.getvalue()})
            """;

    private static final String READ = """
            import boto3
            s3, db, functions = (boto3.client(name) for name in ('s3', 'dynamodb', 'lambda'))
            print(s3.get_object(Bucket='uploads', Key='hello.txt')['Body'].read().decode())
            print(len(s3.get_object(Bucket='uploads', Key='large.bin')['Body'].read()))
            print(db.get_item(TableName='orders', Key={'id': {'S': '7'}})['Item']['customer']['S'])
            print(functions.invoke(FunctionName='made', Payload=b'{}')['Payload'].read().decode())
            print(functions.invoke(FunctionName='echo', Payload=b'"hi"')['Payload'].read().decode())
            """;

    @RegisterExtension
    final TestNamespace namespace = new TestNamespace();

    /** On the node, which is this machine; what pods have left there is theirs, and goes with the volume. */
    @TempDir(cleanup = CleanupMode.ALWAYS)
    Path folder;

    @BeforeEach
    void volume() throws Exception {
        Settings.requireOwnCluster();
        var data = Files.createDirectory(folder.resolve("data"));
        var node = Cluster.client().nodes().list().getItems().getFirst().getMetadata();
        Cluster.kubectlWith(
                        """
                        apiVersion: v1
                        kind: PersistentVolume
                        metadata: {name: %1$s}
                        spec:
                          capacity: {storage: 1Gi}
                          accessModes: [ReadWriteOnce]
                          persistentVolumeReclaimPolicy: Retain
                          storageClassName: %1$s
                          local: {path: %2$s}
                          nodeAffinity:
                            required:
                              nodeSelectorTerms:
                              - matchExpressions:
                                - {key: kubernetes.io/hostname, operator: In, values: [%3$s]}
                        """.formatted(namespace.name(), data, node.getLabels().get("kubernetes.io/hostname")),
                        "apply",
                        "-f",
                        "-")
                .succeeded();
    }

    /** It goes once nobody claims it. */
    @AfterEach
    void deleteVolume() {
        Cluster.kubectl("delete", "persistentvolume", namespace.name(), "--wait=false")
                .succeeded();
    }

    @Test
    void whatClientsHaveMadeSurvivesThePod() {
        var stack = Stack.apply(namespace.name(), "kept", SPEC.formatted(namespace.name()))
                .awaitReady();
        var client = ClientPod.of(stack);
        client.python(MAKE);
        var before = stack.emulatorPod().getMetadata().getUid();

        Cluster.kubectl(
                        "delete",
                        "pod",
                        stack.emulatorPod().getMetadata().getName(),
                        "-n",
                        stack.namespace(),
                        "--grace-period=0",
                        "--force")
                .succeeded();

        eventually(() -> {
            assertThat(stack.emulatorPod().getMetadata().getUid()).isNotEqualTo(before);
            stack.requireReady();
            assertThat(client.python(READ)).isEqualTo("changed\n9000000\nAda\n42\n\"hi\"");
        });
    }
}
