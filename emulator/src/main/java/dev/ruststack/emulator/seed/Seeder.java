package dev.ruststack.emulator.seed;

import dev.ruststack.crds.RustStackSpec;
import dev.ruststack.crds.SeedPolicy;
import dev.ruststack.crds.bucket.BucketSpec;
import dev.ruststack.crds.function.FunctionSpec;
import dev.ruststack.crds.restapi.RestApiSpec;
import dev.ruststack.crds.table.TableSpec;
import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.AwsService;
import dev.ruststack.emulator.lambda.LambdaError;
import dev.ruststack.emulator.lambda.Outcome;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the emulator match a declaration, through the operations that clients call: buckets and tables side by side,
 * then functions, whose code may lie in a bucket, then the routes to them. Every item has an outcome of its own.
 */
public final class Seeder {
    private static final Logger LOG = LoggerFactory.getLogger(Seeder.class);

    /** The reason of an item that a service does not take as it is declared. */
    private static final String REFUSED = "SeedFailed";

    private final Target target;

    public Seeder(Target target) {
        this.target = target;
    }

    /**
     * What is seeded.
     *
     * @param dynamoDb null where the stack has no DynamoDB
     * @param dynamoDbReady waits for DynamoDB's start
     * @param warmer initialises an environment of a function
     * @param routes replaces the routes of the HTTP front
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
            Consumer<List<RestApiSpec>> routes,
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
        var run = new Run(spec, progress, target.marks);
        boolean exact = spec.seedPolicy().mode().equals(SeedPolicy.EXACT);
        var functions = functions(spec, sources);
        run.all(
                run.each(
                        "Bucket",
                        spec.buckets(),
                        BucketSpec::name,
                        bucket -> buckets(sources, exact).seed(bucket),
                        bucket -> buckets(sources, exact).look(bucket)),
                run.each(
                        "Table",
                        spec.tables(),
                        TableSpec::name,
                        table -> readyTables(sources, exact).seed(table),
                        table -> readyTables(sources, exact).look(table)));
        run.all(run.each("Function", spec.functions(), FunctionSpec::name, functions::seed, functions::look));
        if (!run.stopped()) {
            restApis(spec.restApis()).forEach(run::report);
        }
        if (exact && !run.stopped()) {
            prune(spec).forEach(run::report);
        }
        return new SeedReport(revision, Duration.between(start, Instant.now()).toMillis(), run.items);
    }

    /** Seeds the tables alone, after DynamoDB Local has lost them. */
    public List<SeedItem> seedTables(RustStackSpec spec, SeedSources sources) throws InterruptedException {
        var run = new Run(spec, SeedProgress.SILENT, target.marks);
        Step<TableSpec> seed = table -> tables(sources, false).seed(table);
        run.all(run.each("Table", spec.tables(), TableSpec::name, seed, seed));
        return run.items;
    }

    /** Seeds some of the buckets, tables and functions again, which failed before. */
    public List<SeedItem> seedAgain(RustStackSpec spec, SeedSources sources, List<SeedItem> failed)
            throws InterruptedException {
        var run = new Run(spec, SeedProgress.SILENT, target.marks);
        boolean exact = spec.seedPolicy().mode().equals(SeedPolicy.EXACT);
        Step<BucketSpec> bucketStep = bucket -> buckets(sources, exact).seed(bucket);
        Step<TableSpec> tableStep = table -> readyTables(sources, exact).seed(table);
        Step<FunctionSpec> functionStep = functions(spec, sources)::seed;
        run.all(
                run.again("Bucket", spec.buckets(), BucketSpec::name, bucketStep, failed),
                run.again("Table", spec.tables(), TableSpec::name, tableStep, failed));
        run.all(run.again("Function", spec.functions(), FunctionSpec::name, functionStep, failed));
        return run.items;
    }

    private FunctionSeeder functions(RustStackSpec spec, SeedSources sources) {
        return new FunctionSeeder(
                new Calls(target.lambda), sources, spec.lambda().defaults(), target.accountId, this::warm);
    }

    private BucketSeeder buckets(SeedSources sources, boolean exact) {
        return new BucketSeeder(new Calls(target.s3), target.region, sources, exact);
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

    private @Nullable StartFailure warm(String functionName, int minRunners) throws InterruptedException {
        var failed = target.warmer.warm(functionName, minRunners);
        return failed == null ? null : StartFailure.read(failed.payload());
    }

    /** All APIs share one tree of routes: where two routes are the same, none of it can be served. */
    private List<SeedItem> restApis(List<RestApiSpec> apis) {
        try {
            target.routes.accept(apis);
            return apis.stream()
                    .map(api -> SeedItem.ready(
                            "RestApi", api.name(), null, api.routes().size()))
                    .toList();
        } catch (IllegalArgumentException e) {
            return apis.stream()
                    .map(api -> SeedItem.failed("RestApi", api.name(), REFUSED, String.valueOf(e.getMessage())))
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

    /** Seeds one item. */
    private interface Step<T> {
        SeedItem seed(T item) throws SeedException, IOException, InterruptedException;
    }

    /** Names an item. */
    interface Named<T> {
        String name(T item);
    }

    /** One seeding, as it goes on. */
    private static final class Run {
        private final SeedProgress progress;
        private final SeedMarks marks;
        private final boolean stopAtFailure;
        private final boolean once;
        private final List<SeedItem> items = new ArrayList<>();

        Run(RustStackSpec spec, SeedProgress progress, SeedMarks marks) {
            this.progress = progress;
            this.marks = marks;
            this.once = spec.seedPolicy().mode().equals(SeedPolicy.ONCE);
            this.stopAtFailure = spec.seedPolicy().failurePolicy().equals(SeedPolicy.STOP);
        }

        boolean stopped() {
            return stopAtFailure && !items.stream().allMatch(SeedItem::ready);
        }

        void report(SeedItem item) {
            items.add(item);
            progress.done(item);
        }

        /** @param look what is done instead with an item that was made before, where each is made only once */
        <T> List<Callable<SeedItem>> each(String kind, List<T> declared, Named<T> named, Step<T> make, Step<T> look) {
            return declared.stream()
                    .<Callable<SeedItem>>map(item -> () -> {
                        var name = named.name(item);
                        return one(kind, name, item, once && marks.has(kind, name) ? look : marking(kind, name, make));
                    })
                    .toList();
        }

        /** The steps of those that failed before. */
        <T> List<Callable<SeedItem>> again(
                String kind, List<T> declared, Named<T> named, Step<T> step, List<SeedItem> failed) {
            var names = failed.stream()
                    .filter(item -> item.kind().equals(kind))
                    .map(SeedItem::name)
                    .collect(Collectors.toUnmodifiableSet());
            var some = declared.stream()
                    .filter(item -> names.contains(named.name(item)))
                    .toList();
            return each(kind, some, named, step, step);
        }

        private <T> Step<T> marking(String kind, String name, Step<T> make) {
            return item -> {
                var made = make.seed(item);
                marks.add(kind, name);
                return made;
            };
        }

        private <T> SeedItem one(String kind, String name, T item, Step<T> step) throws InterruptedException {
            progress.started(kind, name);
            var outcome = outcome(kind, name, item, step);
            progress.done(outcome);
            return outcome;
        }

        private <T> SeedItem outcome(String kind, String name, T item, Step<T> step) throws InterruptedException {
            try {
                return step.seed(item);
            } catch (ReferenceMissingException e) {
                return SeedItem.failed(kind, name, "ReferenceMissing", String.valueOf(e.getMessage()));
            } catch (UnavailableException e) {
                return SeedItem.failed(kind, name, e.reason(), String.valueOf(e.getMessage()));
            } catch (SeedException | IOException e) {
                return SeedItem.failed(kind, name, REFUSED, String.valueOf(e.getMessage()));
            } catch (AwsException e) {
                return SeedItem.failed(kind, name, reason(e), e.code().code() + ": " + e.text());
            } catch (RuntimeException e) {
                LOG.error("{} {} could not be seeded", kind, name, e);
                return SeedItem.failed(kind, name, "InternalError", e.toString());
            }
        }

        private static String reason(AwsException e) {
            if (e.code() == LambdaError.SERVICE) {
                return SeedItem.RUNNER_UNAVAILABLE;
            }
            return Calls.mayPass(e.code().status(), e.code().code()) ? SeedItem.SERVICE_UNAVAILABLE : REFUSED;
        }

        /** Runs steps side by side; a step after a failure is left out where the policy says so. */
        @SafeVarargs
        final void all(List<Callable<SeedItem>>... groups) throws InterruptedException {
            if (stopped()) {
                return;
            }
            var executor = Executors.newVirtualThreadPerTaskExecutor();
            try (executor) {
                var futures = new ArrayList<Future<SeedItem>>();
                for (var group : groups) {
                    group.forEach(step -> futures.add(executor.submit(step)));
                }
                try {
                    for (var future : futures) {
                        items.add(future.get());
                    }
                } catch (InterruptedException e) {
                    executor.shutdownNow();
                    throw e;
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
    }
}
