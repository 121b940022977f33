package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.aws.Authenticator;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.OperationService;
import dev.ruststack.emulator.aws.wire.KnownRoutes;
import dev.ruststack.emulator.lambda.eventsource.EventSourceMappings;
import dev.ruststack.emulator.lambda.operations.AddLayerVersionPermission;
import dev.ruststack.emulator.lambda.operations.AddPermission;
import dev.ruststack.emulator.lambda.operations.CreateAlias;
import dev.ruststack.emulator.lambda.operations.CreateCodeSigningConfig;
import dev.ruststack.emulator.lambda.operations.CreateEventSourceMapping;
import dev.ruststack.emulator.lambda.operations.CreateFunction;
import dev.ruststack.emulator.lambda.operations.CreateFunctionUrlConfig;
import dev.ruststack.emulator.lambda.operations.DeleteAlias;
import dev.ruststack.emulator.lambda.operations.DeleteCodeSigningConfig;
import dev.ruststack.emulator.lambda.operations.DeleteEventSourceMapping;
import dev.ruststack.emulator.lambda.operations.DeleteFunction;
import dev.ruststack.emulator.lambda.operations.DeleteFunctionCodeSigningConfig;
import dev.ruststack.emulator.lambda.operations.DeleteFunctionConcurrency;
import dev.ruststack.emulator.lambda.operations.DeleteFunctionEventInvokeConfig;
import dev.ruststack.emulator.lambda.operations.DeleteFunctionUrlConfig;
import dev.ruststack.emulator.lambda.operations.DeleteLayerVersion;
import dev.ruststack.emulator.lambda.operations.DeleteProvisionedConcurrencyConfig;
import dev.ruststack.emulator.lambda.operations.GetAccountSettings;
import dev.ruststack.emulator.lambda.operations.GetAlias;
import dev.ruststack.emulator.lambda.operations.GetCodeSigningConfig;
import dev.ruststack.emulator.lambda.operations.GetEventSourceMapping;
import dev.ruststack.emulator.lambda.operations.GetFunction;
import dev.ruststack.emulator.lambda.operations.GetFunctionCodeSigningConfig;
import dev.ruststack.emulator.lambda.operations.GetFunctionConcurrency;
import dev.ruststack.emulator.lambda.operations.GetFunctionConfiguration;
import dev.ruststack.emulator.lambda.operations.GetFunctionEventInvokeConfig;
import dev.ruststack.emulator.lambda.operations.GetFunctionRecursionConfig;
import dev.ruststack.emulator.lambda.operations.GetFunctionUrlConfig;
import dev.ruststack.emulator.lambda.operations.GetLayerVersion;
import dev.ruststack.emulator.lambda.operations.GetLayerVersionByArn;
import dev.ruststack.emulator.lambda.operations.GetLayerVersionPolicy;
import dev.ruststack.emulator.lambda.operations.GetPolicy;
import dev.ruststack.emulator.lambda.operations.GetProvisionedConcurrencyConfig;
import dev.ruststack.emulator.lambda.operations.GetRuntimeManagementConfig;
import dev.ruststack.emulator.lambda.operations.Invoke;
import dev.ruststack.emulator.lambda.operations.InvokeWithResponseStream;
import dev.ruststack.emulator.lambda.operations.ListAliases;
import dev.ruststack.emulator.lambda.operations.ListCodeSigningConfigs;
import dev.ruststack.emulator.lambda.operations.ListEventSourceMappings;
import dev.ruststack.emulator.lambda.operations.ListFunctionEventInvokeConfigs;
import dev.ruststack.emulator.lambda.operations.ListFunctionUrlConfigs;
import dev.ruststack.emulator.lambda.operations.ListFunctions;
import dev.ruststack.emulator.lambda.operations.ListFunctionsByCodeSigningConfig;
import dev.ruststack.emulator.lambda.operations.ListLayerVersions;
import dev.ruststack.emulator.lambda.operations.ListLayers;
import dev.ruststack.emulator.lambda.operations.ListProvisionedConcurrencyConfigs;
import dev.ruststack.emulator.lambda.operations.ListTags;
import dev.ruststack.emulator.lambda.operations.ListVersionsByFunction;
import dev.ruststack.emulator.lambda.operations.PackageSource;
import dev.ruststack.emulator.lambda.operations.PublishLayerVersion;
import dev.ruststack.emulator.lambda.operations.PublishVersion;
import dev.ruststack.emulator.lambda.operations.PutFunctionCodeSigningConfig;
import dev.ruststack.emulator.lambda.operations.PutFunctionConcurrency;
import dev.ruststack.emulator.lambda.operations.PutFunctionEventInvokeConfig;
import dev.ruststack.emulator.lambda.operations.PutFunctionRecursionConfig;
import dev.ruststack.emulator.lambda.operations.PutProvisionedConcurrencyConfig;
import dev.ruststack.emulator.lambda.operations.PutRuntimeManagementConfig;
import dev.ruststack.emulator.lambda.operations.RemoveLayerVersionPermission;
import dev.ruststack.emulator.lambda.operations.RemovePermission;
import dev.ruststack.emulator.lambda.operations.TagResource;
import dev.ruststack.emulator.lambda.operations.TaggedResources;
import dev.ruststack.emulator.lambda.operations.UntagResource;
import dev.ruststack.emulator.lambda.operations.UpdateAlias;
import dev.ruststack.emulator.lambda.operations.UpdateCodeSigningConfig;
import dev.ruststack.emulator.lambda.operations.UpdateEventSourceMapping;
import dev.ruststack.emulator.lambda.operations.UpdateFunctionCode;
import dev.ruststack.emulator.lambda.operations.UpdateFunctionConfiguration;
import dev.ruststack.emulator.lambda.operations.UpdateFunctionEventInvokeConfig;
import dev.ruststack.emulator.lambda.operations.UpdateFunctionUrlConfig;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Lambda: the list of its operations. */
public final class LambdaService {
    private LambdaService() {}

    /** What the service keeps. */
    public record Stores(
            Functions functions,
            Layers layers,
            FunctionUrls urls,
            ProvisionedConcurrency provisioned,
            EventSourceMappings eventSources,
            CodeSigningConfigs codeSigning,
            ResourceTags tags) {}

    /**
     * The service.
     *
     * @param source S3, for packages that are objects
     * @param downloads serves what GetFunction's URLs point to
     */
    public static OperationService of(
            Stores stores,
            Invoker invoker,
            CodeSource source,
            CodeDownloads downloads,
            Authenticator authenticator,
            Clock clock) {
        var functions = stores.functions();
        var packages = new PackageSource(functions.archives(), source);
        return new OperationService(
                "lambda",
                new LambdaProtocol(),
                Stream.of(
                                operations(stores, invoker, packages, downloads, clock),
                                ofLayers(stores.layers(), packages, downloads, clock),
                                ofRules(functions, clock),
                                ofEnvironments(functions, stores.provisioned(), clock),
                                ofUrls(functions, stores.urls(), clock),
                                ofEventSources(stores, clock),
                                ofCodeSigning(functions, stores.codeSigning(), stores.tags(), clock))
                        .<Operation<?, ?>>flatMap(List::stream)
                        .toList(),
                KnownRoutes.of(LambdaService.class),
                authenticator,
                UnaryOperator.identity());
    }

    private static List<Operation<?, ?>> operations(
            Stores stores, Invoker invoker, PackageSource packages, CodeDownloads downloads, Clock clock) {
        var functions = stores.functions();
        var layers = stores.layers();
        var versions = new Versions(functions, invoker, clock);
        return List.of(
                new CreateAlias(functions),
                new CreateFunction(functions, layers, versions, packages, stores.codeSigning()),
                new DeleteAlias(functions),
                new DeleteFunction(functions, versions),
                new GetAccountSettings(functions, layers),
                new GetAlias(functions),
                new GetFunction(functions, downloads),
                new GetFunctionConfiguration(functions),
                new Invoke(functions, invoker, clock),
                new InvokeWithResponseStream(functions, invoker, clock),
                new ListAliases(functions),
                new ListFunctions(functions),
                new ListVersionsByFunction(functions),
                new PublishVersion(versions),
                new UpdateAlias(functions),
                new UpdateFunctionCode(functions, layers, versions, packages, stores.codeSigning()),
                new UpdateFunctionConfiguration(functions, layers));
    }

    /** Of what governs functions beside their configuration. */
    private static List<Operation<?, ?>> ofRules(Functions functions, Clock clock) {
        return List.of(
                new AddPermission(functions),
                new DeleteFunctionConcurrency(functions),
                new DeleteFunctionEventInvokeConfig(functions),
                new GetFunctionConcurrency(functions),
                new GetFunctionEventInvokeConfig(functions),
                new GetPolicy(functions),
                new ListFunctionEventInvokeConfigs(functions),
                new PutFunctionConcurrency(functions),
                new PutFunctionEventInvokeConfig(functions, clock),
                new RemovePermission(functions),
                new UpdateFunctionEventInvokeConfig(functions, clock));
    }

    /** Of what functions run in. */
    private static List<Operation<?, ?>> ofEnvironments(
            Functions functions, ProvisionedConcurrency provisioned, Clock clock) {
        return List.of(
                new DeleteProvisionedConcurrencyConfig(functions),
                new GetFunctionRecursionConfig(functions),
                new GetProvisionedConcurrencyConfig(functions, provisioned),
                new GetRuntimeManagementConfig(functions),
                new ListProvisionedConcurrencyConfigs(functions, provisioned),
                new PutFunctionRecursionConfig(functions),
                new PutProvisionedConcurrencyConfig(functions, provisioned, clock),
                new PutRuntimeManagementConfig(functions));
    }

    private static List<Operation<?, ?>> ofLayers(
            Layers layers, PackageSource packages, CodeDownloads downloads, Clock clock) {
        return List.of(
                new AddLayerVersionPermission(layers),
                new DeleteLayerVersion(layers),
                new GetLayerVersion(layers, downloads),
                new GetLayerVersionByArn(layers, downloads),
                new GetLayerVersionPolicy(layers),
                new ListLayerVersions(layers),
                new ListLayers(layers),
                new PublishLayerVersion(layers, packages, downloads, clock),
                new RemoveLayerVersionPermission(layers));
    }

    private static List<Operation<?, ?>> ofCodeSigning(
            Functions functions, CodeSigningConfigs configs, ResourceTags tags, Clock clock) {
        return List.of(
                new CreateCodeSigningConfig(configs, tags, clock),
                new DeleteCodeSigningConfig(configs, tags),
                new DeleteFunctionCodeSigningConfig(functions),
                new GetCodeSigningConfig(configs),
                new GetFunctionCodeSigningConfig(functions),
                new ListCodeSigningConfigs(configs),
                new ListFunctionsByCodeSigningConfig(configs),
                new PutFunctionCodeSigningConfig(functions, configs),
                new UpdateCodeSigningConfig(configs, clock));
    }

    private static List<Operation<?, ?>> ofEventSources(Stores stores, Clock clock) {
        var functions = stores.functions();
        var mappings = stores.eventSources();
        var tagged = new TaggedResources(functions, mappings, stores.codeSigning(), stores.tags());
        return List.of(
                new CreateEventSourceMapping(functions, mappings, stores.tags(), clock),
                new DeleteEventSourceMapping(mappings, stores.tags()),
                new GetEventSourceMapping(mappings),
                new ListEventSourceMappings(mappings),
                new ListTags(tagged),
                new TagResource(tagged),
                new UntagResource(tagged),
                new UpdateEventSourceMapping(functions, mappings, clock));
    }

    private static List<Operation<?, ?>> ofUrls(Functions functions, FunctionUrls urls, Clock clock) {
        return List.of(
                new CreateFunctionUrlConfig(functions, urls, clock),
                new DeleteFunctionUrlConfig(urls),
                new GetFunctionUrlConfig(urls),
                new ListFunctionUrlConfigs(functions, urls),
                new UpdateFunctionUrlConfig(urls, clock));
    }
}
