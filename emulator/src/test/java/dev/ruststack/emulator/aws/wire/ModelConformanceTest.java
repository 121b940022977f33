package dev.ruststack.emulator.aws.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.lambda.LambdaService;
import dev.ruststack.emulator.s3.S3Service;
import dev.ruststack.emulator.s3.operations.Access;
import dev.ruststack.emulator.s3.operations.BucketConfigurations;
import dev.ruststack.emulator.s3.operations.Notifications;
import dev.ruststack.emulator.s3.store.Buckets;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.core.protocol.MarshallLocation;

/**
 * Holds every operation's route, parameters, headers and elements against AWS's model, as the AWS SDK carries it, and
 * writes what is not honoured into {@code docs/operations.md}: {@code -Dregenerate=true} writes it anew.
 */
class ModelConformanceTest {
    private static final Path PAGE = Path.of("..", "docs", "operations.md");

    /** What is on the wire and not in the model, with the reason. */
    private static final Set<String> NOT_IN_MODEL = Set.of(
            // The model leaves out what HTTP itself defines.
            "host",
            "content-length",
            "content-type",
            "transfer-encoding",
            "location",
            "content-md5",
            "accept-ranges",
            "last-modified",
            "expires",
            // AWS X-Ray Developer Guide, Tracing header.
            "x-amzn-trace-id");

    /** What only browsers call. */
    private static final Set<String> BUILT_BUT_NOT_IN_THE_SDK = Set.of("PostObject");

    /** Configurations of buckets that are kept and given back, and change nothing else. */
    private static final String WITHOUT_EFFECT = "Kept and given back, without effect: accelerate, analytics, "
            + "intelligent tiering, inventory, logging, metrics, "
            + "replication, request payment. Built and not in the model: PostObject.\n";

    private static final String LAMBDA_WITHOUT_EFFECT = "Kept and given back, without effect: `FileSystemConfigs` "
            + "(nothing is mounted), `KMSKeyArn`, `LoggingConfig.LogGroup` (lines stay in the function's usual group), "
            + "`LoggingConfig.SystemLogLevel`, `SnapStart`, `TracingConfig`, `VpcConfig`, resource policies, the "
            + "management of runtimes and of recursion. Code signing configurations let unsigned code pass (`Warn`) or "
            + "refuse all code (`Enforce`): nothing can be signed here. Destinations and dead letters go to functions "
            + "and buckets of the stack (AWS takes dead letters to queues and topics only); queues, topics and event "
            + "buses are refused.\n";

    /** What operations read from the request itself, and members that only the SDK has. */
    private static final Set<String> HONOURED_ELSEWHERE = Set.of(
            "Content-Length",
            "Content-MD5",
            "x-amz-acl",
            "x-amz-checksum-crc32",
            "x-amz-checksum-crc32c",
            "x-amz-checksum-crc64nvme",
            "x-amz-checksum-sha1",
            "x-amz-checksum-sha256",
            "x-amz-grant-full-control",
            "x-amz-grant-read",
            "x-amz-grant-read-acp",
            "x-amz-grant-write",
            "x-amz-grant-write-acp",
            "x-amz-object-ownership",
            "x-amz-sdk-checksum-algorithm",
            "x-amz-transition-default-minimum-object-size",
            "SourceBucket",
            "SourceKey",
            "SourceVersionId");

    /** An operation of ours. */
    private record Ours(String name, String template, Shape input, Shape output) {
        static Ours of(Class<?> operation) {
            return new Ours(
                    operation.getSimpleName(),
                    operation.getAnnotation(Http.class).value(),
                    shape(operation, 0),
                    shape(operation, 1));
        }

        static Ours of(Operation<?, ?> operation) {
            var model = operation.model();
            return new Ours(operation.name(), model.template(), Shape.of(model.input()), Shape.of(model.output()));
        }

        private static Shape shape(Class<?> operation, int which) {
            for (var type : operation.getGenericInterfaces()) {
                if (type instanceof ParameterizedType generic && generic.getRawType() == Operation.class) {
                    return Shape.of((Class<?>) generic.getActualTypeArguments()[which]);
                }
            }
            throw new AssertionError(operation);
        }
    }

    private record Service(String name, String title, Class<?> type, List<Ours> operations) {
        /** @param further operations of which several are one class */
        static Service of(String name, String title, Class<?> type, List<Operation<?, ?>> further) {
            var found = new ClassFileImporter()
                    .importPackages(type.getPackageName() + ".operations").stream()
                            .filter(each -> each.isAnnotatedWith(Http.class))
                            .map(JavaClass::reflect)
                            .map(Ours::of);
            var all = Stream.concat(found, further.stream().map(Ours::of))
                    .sorted(Comparator.comparing(Ours::name))
                    .toList();
            assertThat(all).as("operations of %s", title).isNotEmpty();
            return new Service(name, title, type, all);
        }
    }

    private static List<Service> services() {
        var buckets = new Buckets(Clock.systemUTC());
        var configurations = new BucketConfigurations(
                        new Access(buckets, new Notifications(Clock.systemUTC())), buckets)
                .operations();
        return List.of(
                Service.of("s3", "S3", S3Service.class, configurations),
                Service.of("lambda", "Lambda", LambdaService.class, List.of()));
    }

    @TestFactory
    Stream<DynamicTest> everyOperationIsAsAwsModelsIt() {
        return services().stream()
                .flatMap(service -> service.operations().stream()
                        .map(operation -> DynamicTest.dynamicTest(
                                service.title() + " " + operation.name(), () -> check(service, operation))));
    }

    private static void check(Service service, Ours operation) {
        var model = new SdkModel(service.name(), operation.name());
        var route = Route.parse(operation.name(), operation.template(), "");
        var modelled = Route.parse(operation.name(), model.route(), "");

        assertThat(route.method()).isEqualTo(modelled.method());
        assertThat(route.segments()).isEqualTo(modelled.segments());
        assertThat(route.literals()).containsAll(modelled.literals());
        conforms(operation.input(), model.request());
        conforms(operation.output(), SdkModel.asDocument(model.response(), operation.output()));
    }

    /** Every component of ours is a member of theirs, in the same place, under the same name. */
    private static void conforms(Shape shape, Map<String, SdkModel.Member> members) {
        for (var ours : SdkModel.flat(shape).toList()) {
            if (ours.mixed()) {
                SdkModel.itemTypes(ours).forEach((element, type) -> {
                    var item = members.get(element.toLowerCase(Locale.ROOT));
                    assertThat(item).as(element).isNotNull();
                    conforms(Shape.of(type), item.nested());
                });
                continue;
            }
            var name = SdkModel.wireName(ours).toLowerCase(Locale.ROOT);
            var theirs = members.get(name);
            boolean streamed = ours.annotation(HttpPayload.class) != null
                    && (ours.type() == Payload.class || ours.type() == Body.class);
            if (theirs == null) {
                boolean known =
                        NOT_IN_MODEL.contains(name) || streamed || ours.annotation(HttpResponseCode.class) != null;
                assertThat(known)
                        .as("%s of %s is not in AWS's model %s", name, shape.name(), members.keySet())
                        .isTrue();
                continue;
            }
            assertThat(place(ours)).as("where %s travels", name).contains(theirs.location());
            if (theirs.location() == MarshallLocation.PAYLOAD) {
                assertThat(SdkModel.wireName(ours)).as("spelling").isEqualTo(theirs.wireName());
            }
            if (ours.type().isRecord() && !theirs.nested().isEmpty()) {
                conforms(Shape.of(ours.type()), theirs.nested());
            }
        }
    }

    private static Set<MarshallLocation> place(Shape.Member member) {
        if (member.annotation(HttpLabel.class) != null) {
            return Set.of(MarshallLocation.PATH, MarshallLocation.GREEDY_PATH);
        }
        if (member.annotation(HttpQuery.class) != null) {
            return Set.of(MarshallLocation.QUERY_PARAM);
        }
        if (member.annotation(HttpHeader.class) != null || member.annotation(HttpPrefixHeaders.class) != null) {
            return Set.of(MarshallLocation.HEADER);
        }
        if (member.annotation(HttpResponseCode.class) != null) {
            return Set.of(MarshallLocation.STATUS_CODE);
        }
        return Set.of(MarshallLocation.PAYLOAD);
    }

    @Test
    void everyRouteThatAwsHasIsKnown() {
        for (var service : services()) {
            var known = KnownRoutes.of(service.type()).stream()
                    .map(Route::operation)
                    .toList();
            for (var operation : service.operations()) {
                assertThat(known).contains(operation.name());
            }
        }
    }

    @Test
    void theListOfOperationsIsCurrent() throws IOException {
        var page = page();
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as("docs/operations.md is out of date: "
                        + "./mvnw -pl emulator -am test -Dtest=ModelConformanceTest -Dregenerate=true "
                        + "-Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(page);
    }

    private static String page() {
        var page = new StringBuilder("""
                # Operations

                Made by `ModelConformanceTest` from the code and AWS's model. *Not honoured* are members of AWS's model
                that the operation does not have: sent by a client they are refused by name, unless they are listed as
                safe to ignore; in answers they are left out. An operation that is not built answers `501 NotImplemented`
                naming it. DynamoDB has every operation of DynamoDB Local; STS has GetCallerIdentity; API Gateway has
                [a page of its own](operations-api-gateway.md), and IAM has [roles](http.md#roles).
                """);
        for (var service : services()) {
            section(service, page);
        }
        return page.toString();
    }

    private static void section(Service service, StringBuilder page) {
        var built = new TreeMap<String, Ours>();
        service.operations().forEach(operation -> built.put(operation.name(), operation));
        page.append("\n## ").append(service.title()).append("\n\n");
        page.append("| operation | not honoured in requests | not in answers |\n|---|---|---|\n");
        built.forEach((name, operation) -> {
            var model = new SdkModel(service.name(), name);
            page.append("| ").append(name).append(" | ");
            page.append(list(SdkModel.missing(model.request(), operation.input())))
                    .append(" | ");
            var response = SdkModel.asDocument(model.response(), operation.output());
            page.append(list(SdkModel.missing(response, operation.output()))).append(" |\n");
        });
        if (service.name().equals("s3")) {
            page.append("\n").append(WITHOUT_EFFECT);
        }
        if (service.name().equals("lambda")) {
            page.append("\n").append(LAMBDA_WITHOUT_EFFECT);
        }
        var missing = new ArrayList<String>();
        for (var route : KnownRoutes.of(service.type())) {
            boolean sameAsBuilt = BUILT_BUT_NOT_IN_THE_SDK.contains(route.operation())
                    || built.containsKey(route.operation())
                    || service.operations().stream()
                            .map(ours -> Route.parse(route.operation(), ours.template(), route.header()))
                            .anyMatch(route::equals);
            if (!sameAsBuilt) {
                missing.add(route.operation());
            }
        }
        page.append("\nNot built (501): ").append(String.join(", ", missing)).append(".\n");
    }

    private static String list(List<String> names) {
        return String.join(
                ", ",
                names.stream()
                        .filter(name -> !HONOURED_ELSEWHERE.contains(name))
                        .sorted()
                        .map(name -> "`" + name + "`")
                        .toList());
    }
}
