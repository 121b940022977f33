package dev.ruststack.emulator;

import dev.ruststack.crds.yaml.Problem;
import dev.ruststack.crds.yaml.ReadResult;
import dev.ruststack.crds.yaml.RustStackYaml;
import dev.ruststack.emulator.admin.AdminApi;
import dev.ruststack.emulator.admin.LogStream;
import dev.ruststack.emulator.aws.InProcess;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import dev.ruststack.emulator.lambda.sandbox.Sandboxes;
import dev.ruststack.emulator.seed.InvalidBundleException;
import dev.ruststack.emulator.seed.SeedBundle;
import dev.ruststack.emulator.seed.SeedProgress;
import dev.ruststack.emulator.seed.SeedSources;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What the admin API does with an emulator. */
final class StackAdmin implements AdminApi.Stack {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Emulator emulator;
    private final EmulatorConfig config;
    private final Services services;

    StackAdmin(Emulator emulator, EmulatorConfig config, Services services) {
        this.emulator = emulator;
        this.config = config;
        this.services = services;
    }

    @Override
    public @Nullable String notStarted(Duration wait) throws InterruptedException {
        return emulator.health().await(emulator.health()::notStarted, wait);
    }

    @Override
    public @Nullable String notReady(Duration wait) throws InterruptedException {
        return emulator.health().await(emulator.health()::notReady, wait);
    }

    @Override
    public Map<String, Object> info() {
        var ports = emulator.ports();
        var info = new LinkedHashMap<String, Object>();
        info.put("version", version());
        info.put("region", config.region());
        info.put("accountId", config.accountId());
        info.put("signatures", config.signatures().name().toLowerCase(java.util.Locale.ROOT));
        info.put(
                "services",
                services.dynamoDb == null
                        ? List.of("s3", "lambda", "sts")
                        : List.of("s3", "dynamodb", "lambda", "sts"));
        info.put("ports", Map.of("aws", ports.aws(), "front", ports.front(), "admin", ports.admin()));
        info.put("seed", Map.of("revision", emulator.seedReport().revision()));
        return info;
    }

    static String version() {
        var version = Emulator.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public Record report() {
        return emulator.seedReport();
    }

    @Override
    public Record seed(byte[] declaration) throws AdminApi.InvalidDeclarationException, InterruptedException {
        return switch (read(declaration)) {
            case ReadResult.Invalid invalid ->
                throw new AdminApi.InvalidDeclarationException(
                        invalid.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")));
            case ReadResult.Valid valid
            when valid.documents().size() != 1 ->
                throw new AdminApi.InvalidDeclarationException(
                        "expected one RustStack, found " + valid.documents().size());
            case ReadResult.Valid valid ->
                emulator.seed(valid.documents().getFirst().spec(), SeedSources.NONE, SeedProgress.SILENT);
        };
    }

    private static ReadResult read(byte[] declaration) {
        try {
            return RustStackYaml.read(new ByteArrayInputStream(declaration), "seed");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String seedBundle(byte[] gzip) throws AdminApi.InvalidDeclarationException {
        try {
            return emulator.seedLater(SeedBundle.read(gzip));
        } catch (InvalidBundleException e) {
            throw new AdminApi.InvalidDeclarationException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Record state(long after, Duration wait) throws InterruptedException {
        return emulator.state(after, wait);
    }

    @Override
    public boolean report(String sandboxId, byte[] report) throws AdminApi.InvalidDeclarationException {
        try {
            return services.sandboxes.report(
                    sandboxId, JSON.readValue(report, GivenReport.class).report());
        } catch (JacksonException e) {
            throw new AdminApi.InvalidDeclarationException("a report is a JSON object: " + e.getOriginalMessage());
        }
    }

    private record GivenReport(
            @Nullable String phase,
            @Nullable String reason,
            @Nullable String message,
            @Nullable List<String> log,
            @Nullable Integer exitCode) {
        Sandboxes.Report report() throws AdminApi.InvalidDeclarationException {
            if (phase == null
                    || !List.of(Sandboxes.Report.PENDING, Sandboxes.Report.FAILED)
                            .contains(phase)) {
                throw new AdminApi.InvalidDeclarationException("phase is Pending or Failed");
            }
            return new Sandboxes.Report(
                    phase,
                    reason == null ? "Unknown" : reason,
                    message == null ? "" : message,
                    log == null ? List.of() : log,
                    exitCode);
        }
    }

    @Override
    public String metrics() {
        return emulator.metrics();
    }

    @Override
    public Record reset() throws InterruptedException, IOException {
        return emulator.reset();
    }

    @Override
    public @Nullable Body logs(String function, boolean follow, int tail) {
        boolean known = services.functions.find(emulator.functionArn(function)) != null
                || services.logs.names().contains(function);
        return known ? LogStream.of(services.logs.of(function), follow, tail) : null;
    }

    @Override
    public Response invoke(String function, Request request) throws Exception {
        return InProcess.forward(services.lambdaApi, request, "/2015-03-31/functions/" + function + "/invocations");
    }
}
