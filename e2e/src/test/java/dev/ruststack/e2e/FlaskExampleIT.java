package dev.ruststack.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ruststack.e2e.harness.ClientPod;
import dev.ruststack.e2e.harness.Cluster;
import dev.ruststack.e2e.harness.Settings;
import dev.ruststack.e2e.harness.Stack;
import dev.ruststack.e2e.harness.TestNamespace;
import java.nio.file.Files;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;

/** The Flask example, packaged by the program and applied by kubectl, used by a pod that knows the binding only. */
@Order(1)
final class FlaskExampleIT {
    @RegisterExtension
    private static final TestNamespace NAMESPACE = new TestNamespace();

    /** What the pods' programs share: a request of the HTTP front. */
    private static final String REQUEST = """
            import base64, hashlib, json, os, sys, urllib.request
            def request(method, path, body=None, **headers):
                headers = {name.replace('_', '-'): value for name, value in headers.items()}
                url = os.environ['RUSTSTACK_HTTP_URL'] + path
                return urllib.request.urlopen(
                    urllib.request.Request(url, data=body, method=method, headers=headers), timeout=120)
            """;

    private static Stack stack;
    private static ClientPod client;

    @BeforeAll
    static void apply() {
        var namespace = NAMESPACE.name();
        Cluster.kubectl("apply", "--server-side", "-n", namespace, "-f", Settings.FLASK_MANIFEST.toString())
                .succeeded();
        Cluster.kubectl("wait", "-n", namespace, "--for=condition=Ready", "ruststack/flask-orders", "--timeout=300s")
                .succeeded();
        stack = new Stack(namespace, "flask-orders");
        client = ClientPod.of(stack);
    }

    private static String newOrder() {
        return client.python(REQUEST + """
                order = {'customer': 'Grace Hopper', 'items': [{'sku': 'wire', 'quantity': 3, 'unitPriceCents': 1999}]}
                answer = request('POST', '/orders', json.dumps(order).encode(), Content_Type='application/json')
                print(json.load(answer)['orderId'])
                """);
    }

    @Test
    void theApplicationAnswersAnotherPod() {
        var order = client.python(REQUEST + "print(request('GET', '/orders/1001').read().decode())");

        assertThat(order).contains("\"orderId\"").contains("1001");
    }

    @Test
    void anOrderIsWrittenToDynamoDbByTheFunction() {
        var customer = client.python("""
                import boto3, sys
                item = boto3.resource('dynamodb').Table('orders').get_item(Key={'orderId': sys.argv[1]})['Item']
                print(item['customer'])
                """, newOrder());
        assertThat(customer).contains("Grace Hopper");
    }

    @Test
    void theSeededImageComesByteForByte() throws Exception {
        var image = Settings.PROJECT.resolve("examples/flask-orders/seed/images/parcel.png");

        var served = client.python(
                REQUEST + "print(base64.b64encode(request('GET', '/orders/1001/image').read()).decode())");

        assertThat(Base64.getDecoder().decode(served)).isEqualTo(Files.readAllBytes(image));
    }

    @Test
    void anUploadedImageGoesToS3AndComesBackByteForByte() {
        var said = client.python(REQUEST + """
                import boto3
                image = bytes(range(256)) + os.urandom(2_000_000)
                path = '/orders/' + sys.argv[1] + '/image'
                request('PUT', path, image, Content_Type='image/jpeg')
                back = request('GET', path)
                assert back.read() == image
                assert back.headers['Content-Type'] == 'image/jpeg'
                stored = boto3.client('s3').get_object(Bucket='order-images', Key=path[1:])
                assert stored['Body'].read() == image
                print('equal')
                """, newOrder());

        assertThat(said).isEqualTo("equal");
    }

    @Test
    void aFunctionIsInvokedFromOutside() throws Exception {
        var event = Files.readAllBytes(Settings.PROJECT.resolve("examples/flask-orders/events/get-order.json"));

        try (var outside = stack.outside();
                var lambda = outside.lambda()) {
            var answer =
                    lambda.invoke(request -> request.functionName("orders").payload(SdkBytes.fromByteArray(event)));

            assertThat(answer.functionError()).isNull();
            assertThat(answer.payload().asUtf8String()).contains("200").contains("1001");
        }
    }

    @Test
    void theNodeFunctionWritesAReceipt() {
        var receipt = client.python(REQUEST + "print(request('GET', '/orders/1001/receipt').read().decode())");

        assertThat(receipt).contains("1001");
    }
}
