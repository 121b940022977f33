package dev.ruststack.cli.up;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import dev.ruststack.cli.CommandContext;
import dev.ruststack.cli.CommandException;
import dev.ruststack.cli.ExitCode;
import dev.ruststack.cli.build.FunctionBuilder;
import dev.ruststack.cli.docker.DockerFunctions;
import dev.ruststack.cli.dynamodb.DynamoDbLocal;
import dev.ruststack.cli.dynamodb.Installation;
import dev.ruststack.cli.stack.Processes;
import dev.ruststack.cli.stack.RunningStack;
import dev.ruststack.cli.stack.StackDirectory;
import dev.ruststack.cli.terminal.Progress;
import dev.ruststack.crds.Credentials;
import dev.ruststack.crds.LambdaSpec;
import dev.ruststack.crds.RustStackSpec;
import dev.ruststack.crds.Storage;
import dev.ruststack.crds.yaml.RustStackDocument;
import dev.ruststack.emulator.Emulator;
import dev.ruststack.emulator.EmulatorConfig;
import dev.ruststack.emulator.aws.signing.SigV4Authenticator.Mode;
import dev.ruststack.emulator.process.ProcessGuard;
import dev.ruststack.emulator.seed.SeedReport;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * One stack in this process: the emulator, DynamoDB Local beside it, the folder with its data, and the note by which
 * other commands find it. All of it ends with {@link #close}, and with this process however that ends.
 */
public final class LocalStack implements AutoCloseable {
    private final CommandContext context;
    private final RustStackDocument document;
    private final UpOptions options;
    private final Progress progress;
    private final Timings timings = new Timings();
    private final Teardown teardown = new Teardown();

    public LocalStack(CommandContext context, RustStackDocument document, UpOptions options, Progress progress) {
        this.context = context;
        this.document = document;
        this.options = options;
        this.progress = progress;
    }

    /**
     * A stack that is up, and what became of its items.
     *
     * @param data where its data is kept; null where it ends with the stack
     */
    public record Started(
            RunningStack stack, SeedReport report, @Nullable Path data) {}

    public Timings timings() {
        return timings;
    }

    /** Whether {@link #close} has begun: what fails from then on is of no interest. */
    public boolean closing() {
        return teardown.begun();
    }

    /**
     * Starts everything and seeds it.
     *
     * @param folder what paths of the declaration are relative to
     * @throws CommandException where the stack cannot be started; what was started stays until {@link #close}
     */
    public Started start(Path folder, String file) throws IOException, InterruptedException {
        new PortCheck(options, context.stacks().running(), context.program()).run();
        var guard = teardown.add(ProcessGuard.start());
        var kept = keptData(folder);
        var data = kept == null ? temporaryData(guard) : kept.emulator();
        var builder = new FunctionBuilder(context.environment(), guard);
        var spec = document.spec();
        var builds = teardown.add(FunctionBuilds.start(spec, folder, builder, progress, timings));
        var credentials = Keys.of(mode(spec));
        var docker = inContainers() ? docker() : null;
        var dynamoDb = spec.dynamodb().enabled() ? dynamoDb(kept) : null;
        var config = config(spec, credentials, data, dynamoDb, docker);
        var emulator = emulator(config, guard);
        if (docker != null) {
            pull(docker);
            docker.serve(
                    emulator,
                    spec.lambda(),
                    Objects.requireNonNull(config.secrets().runnerKey()));
        }
        var stack = note(emulator.ports(), config, file, guard);
        var report = seed(emulator, spec, builds);
        if (options.reload() && !builds.sources().isEmpty()) {
            teardown.add(HotReload.start(emulator, builds.sources(), context.terminal()));
        }
        return new Started(stack, report, kept == null ? null : kept.folder());
    }

    private @Nullable KeptData keptData(Path folder) {
        if (!persistent()) {
            return null;
        }
        var parent = options.dataFolder() == null ? folder.resolve(KeptData.FOLDER) : options.dataFolder();
        return teardown.add(KeptData.open(
                parent.toAbsolutePath().normalize(), document.metadata().name()));
    }

    /** Whether the stack's data outlives it. */
    public boolean persistent() {
        return document.spec().storage().type().equals(Storage.PERSISTENT);
    }

    private Path temporaryData(ProcessGuard guard) throws IOException {
        var parent = options.dataFolder() == null
                ? StackDirectory.temporary(context.environment())
                : options.dataFolder().toAbsolutePath();
        // Owned before it is there: no moment at which it could stay behind.
        var folder = parent.resolve("ruststack-" + UUID.randomUUID());
        guard.ownDirectory(folder);
        try {
            Files.createDirectories(parent);
            return Files.createDirectory(folder, asFileAttribute(fromString("rwx------")));
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.NOT_STARTED,
                    "no folder for the stack's data can be made in " + parent + ": " + e.getMessage(),
                    "Name another with --data, or with the variable TMPDIR.");
        }
    }

    private URI dynamoDb(@Nullable KeptData kept) throws InterruptedException {
        var step = progress.begin("Starting DynamoDB Local");
        try {
            var where = kept == null
                    ? DynamoDbLocal.Options.DEFAULT
                    : DynamoDbLocal.Options.DEFAULT.withDatabase(kept.dynamoDb());
            var started = DynamoDbLocal.start(Installation.locate(), where, new DynamoDbLocal.Listener() {
                @Override
                public void died(String reason) {
                    context.terminal().warning(reason);
                }
            });
            timings.add("DynamoDB Local", step.done());
            return teardown.add(started).uri();
        } catch (IOException e) {
            step.failed();
            throw new CommandException(ExitCode.NOT_STARTED, String.valueOf(e.getMessage()));
        }
    }

    private boolean inContainers() {
        return options.docker().always() || document.spec().lambda().executor().equals(LambdaSpec.DOCKER);
    }

    private DockerFunctions docker() {
        var docker = options.docker();
        return teardown.add(DockerFunctions.connect(
                context.environment(),
                new DockerFunctions.Place(
                        document.metadata().name(), docker.network(), docker.address(), options.bind())));
    }

    private void pull(DockerFunctions docker) throws InterruptedException {
        if (docker.lacksImages(document.spec())) {
            var step = progress.begin("Pulling images");
            docker.pull(document.spec(), step::detail);
            timings.add("images", step.done());
        }
    }

    private Mode mode(RustStackSpec spec) {
        var strict = Credentials.STRICT.equals(spec.credentials().verification());
        return strict || options.enforceSignatures() ? Mode.ENFORCE : Mode.PERMISSIVE;
    }

    private EmulatorConfig config(
            RustStackSpec spec, Keys keys, Path data, @Nullable URI dynamoDb, @Nullable DockerFunctions docker) {
        var hosts = new ArrayList<>(List.of("localhost"));
        hosts.addAll(options.hosts());
        return new EmulatorConfig(
                options.bind(),
                new EmulatorConfig.Ports(
                        options.ports().aws(),
                        options.ports().front(),
                        options.ports().runtime(),
                        options.ports().admin()),
                spec.region(),
                spec.accountId(),
                new EmulatorConfig.Secrets(keys.accessKeyId(), keys.secretAccessKey(), Keys.token(), Keys.token()),
                mode(spec),
                hosts,
                data,
                persistent() ? EmulatorConfig.Storage.PERSISTENT : EmulatorConfig.Storage.EPHEMERAL,
                dynamoDb,
                null,
                lambda(spec.lambda(), docker),
                null,
                Level.WARN);
    }

    private static EmulatorConfig.Lambda lambda(LambdaSpec spec, @Nullable DockerFunctions docker) {
        return docker == null
                ? EmulatorConfig.Lambda.local(spec.maxRunners(), spec.idleSeconds())
                : EmulatorConfig.Lambda.containers(spec.maxRunners(), spec.idleSeconds(), docker.listen());
    }

    private Emulator emulator(EmulatorConfig config, ProcessGuard guard) throws IOException {
        var start = System.nanoTime();
        try {
            var emulator = teardown.add(Emulator.start(config, guard));
            timings.add("emulator", Duration.ofNanos(System.nanoTime() - start));
            return emulator;
        } catch (BindException e) {
            throw new CommandException(
                    ExitCode.NOT_STARTED,
                    String.valueOf(e.getMessage()),
                    "Choose other ports with --port, --front-port, --admin-port and --runtime-port, or --free-ports.");
        }
    }

    private RunningStack note(Emulator.Ports ports, EmulatorConfig config, String file, ProcessGuard guard)
            throws IOException {
        var name = document.metadata().name();
        long pid = ProcessHandle.current().pid();
        var stack = new RunningStack(
                name,
                pid,
                Processes.started(pid),
                Instant.now(),
                file,
                options.reachableHost(),
                new RunningStack.Ports(ports.aws(), ports.front(), ports.runtime(), ports.admin()),
                new RunningStack.Credentials(
                        config.region(),
                        config.accountId(),
                        config.secrets().accessKeyId(),
                        config.secrets().secretAccessKey()),
                config.secrets().adminToken());
        var stacks = context.stacks();
        guard.ownDirectory(stacks.folder(name));
        stacks.note(stack);
        return stack;
    }

    private SeedReport seed(Emulator emulator, RustStackSpec spec, FunctionBuilds builds) throws InterruptedException {
        int items = spec.buckets().size()
                + spec.tables().size()
                + spec.layers().size()
                + spec.functions().size()
                + spec.restApis().size()
                + spec.httpApis().size();
        var step = progress.begin("Seeding");
        var report = emulator.seed(spec, builds, new SeedSteps(step, items));
        timings.add("seeding", report.ready() ? step.done() : step.failed());
        return report;
    }

    /** Ends everything; safe to call at any time, from any thread, more than once. */
    @Override
    public void close() {
        teardown.close();
    }
}
