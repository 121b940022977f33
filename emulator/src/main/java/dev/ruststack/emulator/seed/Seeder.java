package dev.ruststack.emulator.seed;

import dev.ruststack.crds.RustStackSpec;
import dev.ruststack.crds.SeedPolicy;
import dev.ruststack.crds.bucket.BucketSpec;
import dev.ruststack.crds.function.FunctionSpec;
import dev.ruststack.crds.function.LayerSpec;
import dev.ruststack.crds.table.TableSpec;
import dev.ruststack.emulator.aws.AwsService;
import dev.ruststack.emulator.lambda.Outcome;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the emulator match a declaration, through the operations that clients call: buckets and tables side by side,
 * then functions, whose code may lie in a bucket, then the routes to them. Every item has an outcome of its own.
 */
public final class Seeder {
    private static final Logger LOG = LoggerFactory.getLogger(Seeder.class);

    /** In the order of the stack file. */
    private static final List<String> KINDS = List.of("Bucket", "Table", "Layer", "Function", "RestApi", "HttpApi");

    private final Target target;
    private final LambdaSeeding lambda;

    public Seeder(Target target) {
        this.target = target;
        this.lambda = new LambdaSeeding(target);
    }

    /**
     * What is seeded.
     *
     * @param dynamoDb null where the stack has no DynamoDB
     * @param dynamoDbReady waits for DynamoDB's start
     * @param warmer initialises an environment of a function
     * @param routes replaces the routes of the HTTP front by those that are declared
     * @param marks which items were made already
     */
    public record Target(
            String region,
            String accountId,
            AwsService s3,
            @Nullable AwsService dynamoDb,
            Readiness dynamoDbReady,
            AwsService lambda,
            FunctionWarmer warmer,
            Consumer<RustStackSpec> routes,
            SeedMarks marks) {}

    /** Waits until a part of the stack answers. */
    public interface Readiness {
        void await() throws InterruptedException, TimeoutException;
    }

    /** Initialises execution environments of a function, one at least, and keeps so many; null where that went well. */
    public interface FunctionWarmer {
        Outcome.@Nullable Failed warm(String functionName, int minRunners) throws InterruptedException;
    }

    /** Seeds everything that a declaration has; the report carries its revision. */
    public SeedReport seed(String revision, RustStackSpec spec, SeedSources sources, SeedProgress progress)
            throws InterruptedException {
        var start = Instant.now();
        var run = new SeedRun(spec, progress, target.marks);
        seed(Part.all(spec), new Seeding(spec, sources, run));
        if (!run.stopped()) {
            apis(spec).forEach(run::report);
        }
        if (isExact(spec) && !run.stopped()) {
            prune(spec).forEach(run::report);
        }
        var items = run.items().stream()
                .sorted(Comparator.comparingInt(item -> KINDS.indexOf(item.kind())))
                .toList();
        return new SeedReport(revision, Duration.between(start, Instant.now()).toMillis(), items);
    }

    /** Seeds the tables alone, after DynamoDB Local has lost them, and has functions process their new streams. */
    public List<SeedItem> seedTables(RustStackSpec spec, SeedSources sources) throws InterruptedException {
        var run = new SeedRun(spec, SeedProgress.SILENT, target.marks);
        SeedRun.Step<TableSpec> seed = table -> tables(sources, false).seed(table);
        run.all(run.each(Part.all(spec).tables, seed, seed));
        var processing = Part.all(spec)
                .functions
                .where(function -> !function.eventSourceMappings().isEmpty());
        lambda.functions(processing, spec, sources, run.alsoWhatIsMadeOnce());
        return run.items();
    }

    /** Seeds some of the buckets, tables and functions again, which failed before. */
    public List<SeedItem> seedAgain(RustStackSpec spec, SeedSources sources, List<SeedItem> failed)
            throws InterruptedException {
        var run = new SeedRun(spec, SeedProgress.SILENT, target.marks);
        seed(Part.all(spec).among(failed), new Seeding(spec, sources, run));
        return run.items();
    }

    /** Brings a function's code and configuration up to date, also where items are made only once. */
    public SeedItem reload(RustStackSpec spec, SeedSources sources, String functionName) throws InterruptedException {
        var run = new SeedRun(spec, SeedProgress.SILENT, target.marks).alsoWhatIsMadeOnce();
        var declared =
                Part.all(spec).functions.where(function -> function.name().equals(functionName));
        lambda.functions(declared, spec, sources, run);
        return run.items().getFirst();
    }

    /** The first declared setting of a bucket that is not as declared any more; null where there is none. */
    public @Nullable String changed(BucketSpec bucket) throws IOException {
        try {
            return bucket(bucket, SeedSources.NONE).changed();
        } catch (SeedException e) {
            LOG.debug("Could not look after bucket {}", bucket.name(), e);
            return null;
        }
    }

    /** The first declared field of a function that is not as declared any more; null where there is none. */
    public @Nullable String changed(FunctionSpec function, RustStackSpec spec, SeedSources sources) throws IOException {
        try {
            return lambda.changed(function, spec, sources);
        } catch (SeedException e) {
            LOG.debug("Could not look after function {}", function.name(), e);
            return null;
        }
    }

    /** Whether the version of a layer that was seeded is still there. */
    public boolean hasLayer(String name) throws IOException {
        return lambda.hasLayer(name);
    }

    /** One seeding. */
    private record Seeding(RustStackSpec spec, SeedSources sources, SeedRun run) {}

    /** What is seeded by a service, or some of it. */
    private record Part(
            SeedRun.Declared<BucketSpec> buckets,
            SeedRun.Declared<TableSpec> tables,
            SeedRun.Declared<LayerSpec> layers,
            SeedRun.Declared<FunctionSpec> functions) {
        static Part all(RustStackSpec spec) {
            return new Part(
                    new SeedRun.Declared<>("Bucket", spec.buckets(), BucketSpec::name),
                    new SeedRun.Declared<>("Table", spec.tables(), TableSpec::name),
                    new SeedRun.Declared<>("Layer", spec.layers(), LayerSpec::name),
                    new SeedRun.Declared<>("Function", spec.functions(), FunctionSpec::name));
        }

        Part among(List<SeedItem> items) {
            return new Part(buckets.among(items), tables.among(items), layers.among(items), functions.among(items));
        }
    }

    /** A bucket whose notifications name functions is not ready before these are there. */
    private void seed(Part part, Seeding seeding) throws InterruptedException {
        var run = seeding.run;
        var sources = seeding.sources;
        boolean exact = isExact(seeding.spec);
        SeedRun.Step<BucketSpec> bucketStep = bucket -> bucket(bucket, sources).seed(exact);
        SeedRun.Step<BucketSpec> bucketLook = bucket -> bucket(bucket, sources).look();
        run.all(
                run.each(part.buckets.where(bucket -> bucket.notification() == null), bucketStep, bucketLook),
                run.begin(part.buckets.where(bucket -> bucket.notification() != null), bucketStep, bucketLook),
                run.each(
                        part.tables,
                        table -> readyTables(sources, exact).seed(table),
                        table -> readyTables(sources, exact).look(table)));
        lambda.layers(part.layers, sources, run);
        lambda.functions(part.functions, seeding.spec, sources, run);
        run.all(run.finish(part.buckets, bucket -> notify(bucket, seeding)));
    }

    private SeedItem notify(BucketSpec bucket, Seeding seeding) throws SeedException, IOException {
        var notification = bucket.notification();
        if (notification != null) {
            for (var each : notification.lambdaFunctionConfigurations()) {
                requireFunction(each.function(), seeding.run);
            }
            bucket(bucket, seeding.sources).seedNotification();
        }
        return seeding.run.begun("Bucket", bucket.name());
    }

    private void requireFunction(String name, SeedRun run) throws SeedException, IOException {
        var found = new Calls(target.lambda).call("GET", "/2015-03-31/functions/" + name + "/configuration");
        if (!found.ok()) {
            var message = "notification: there is no function " + name;
            var outcome = run.find("Function", name);
            throw outcome == null || outcome.mayRecover()
                    ? new UnavailableException(message)
                    : new SeedException(message);
        }
    }

    private static boolean isExact(RustStackSpec spec) {
        return spec.seedPolicy().mode().equals(SeedPolicy.EXACT);
    }

    private BucketSeeder bucket(BucketSpec bucket, SeedSources sources) {
        var place = new BucketSeeder.Place(new Calls(target.s3), target.region, this::functionArn);
        return new BucketSeeder(place, sources, bucket);
    }

    private String functionArn(String name) {
        return "arn:aws:lambda:" + target.region + ":" + target.accountId + ":function:" + name;
    }

    private TableSeeder readyTables(SeedSources sources, boolean exact) throws SeedException, InterruptedException {
        var seeder = tables(sources, exact);
        awaitDynamoDb();
        return seeder;
    }

    private void awaitDynamoDb() throws SeedException, InterruptedException {
        try {
            target.dynamoDbReady.await();
        } catch (TimeoutException e) {
            throw new UnavailableException(String.valueOf(e.getMessage()));
        }
    }

    private TableSeeder tables(SeedSources sources, boolean exact) throws SeedException {
        var dynamoDb = target.dynamoDb;
        if (dynamoDb == null) {
            throw new SeedException("the stack has no DynamoDB (spec.dynamodb.mode: Disabled)");
        }
        return new TableSeeder(new Calls(dynamoDb), sources, exact);
    }

    private List<SeedItem> prune(RustStackSpec spec) throws InterruptedException {
        try {
            awaitDynamoDb();
        } catch (SeedException e) {
            return List.of(SeedItem.failed("Table", "*", "NotRemoved", String.valueOf(e.getMessage())));
        }
        var dynamoDb = target.dynamoDb == null ? null : new Calls(target.dynamoDb);
        return new Pruner(new Calls(target.s3), dynamoDb, new Calls(target.lambda)).prune(spec);
    }

    /** All APIs share one port: where two routes are the same, none of it can be served. */
    private List<SeedItem> apis(RustStackSpec spec) {
        var apis = Stream.concat(
                spec.restApis().stream()
                        .map(api -> SeedItem.ready(
                                "RestApi", api.name(), null, api.routes().size())),
                spec.httpApis().stream()
                        .map(api -> SeedItem.ready(
                                "HttpApi", api.name(), null, api.routes().size())));
        try {
            target.routes.accept(spec);
            return apis.toList();
        } catch (IllegalArgumentException e) {
            var why = String.valueOf(e.getMessage());
            return apis.map(api -> SeedItem.failed(api.kind(), api.name(), SeedRun.REFUSED, why))
                    .toList();
        }
    }

    /** Names a declaration: equal declarations have equal revisions. */
    public static String revision(RustStackSpec spec) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(Calls.JSON.writeValueAsBytes(spec));
            return "sha256:" + HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
