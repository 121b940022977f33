package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.aws.Authenticator;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.OperationService;
import dev.ruststack.emulator.aws.wire.KnownRoutes;
import dev.ruststack.emulator.lambda.operations.AddPermission;
import dev.ruststack.emulator.lambda.operations.CreateAlias;
import dev.ruststack.emulator.lambda.operations.CreateFunction;
import dev.ruststack.emulator.lambda.operations.CreateFunctionUrlConfig;
import dev.ruststack.emulator.lambda.operations.DeleteAlias;
import dev.ruststack.emulator.lambda.operations.DeleteFunction;
import dev.ruststack.emulator.lambda.operations.DeleteFunctionConcurrency;
import dev.ruststack.emulator.lambda.operations.DeleteFunctionEventInvokeConfig;
import dev.ruststack.emulator.lambda.operations.DeleteFunctionUrlConfig;
import dev.ruststack.emulator.lambda.operations.GetAccountSettings;
import dev.ruststack.emulator.lambda.operations.GetAlias;
import dev.ruststack.emulator.lambda.operations.GetFunction;
import dev.ruststack.emulator.lambda.operations.GetFunctionCodeSigningConfig;
import dev.ruststack.emulator.lambda.operations.GetFunctionConcurrency;
import dev.ruststack.emulator.lambda.operations.GetFunctionConfiguration;
import dev.ruststack.emulator.lambda.operations.GetFunctionEventInvokeConfig;
import dev.ruststack.emulator.lambda.operations.GetFunctionUrlConfig;
import dev.ruststack.emulator.lambda.operations.GetPolicy;
import dev.ruststack.emulator.lambda.operations.Invoke;
import dev.ruststack.emulator.lambda.operations.InvokeWithResponseStream;
import dev.ruststack.emulator.lambda.operations.ListAliases;
import dev.ruststack.emulator.lambda.operations.ListFunctionEventInvokeConfigs;
import dev.ruststack.emulator.lambda.operations.ListFunctionUrlConfigs;
import dev.ruststack.emulator.lambda.operations.ListFunctions;
import dev.ruststack.emulator.lambda.operations.ListTags;
import dev.ruststack.emulator.lambda.operations.ListVersionsByFunction;
import dev.ruststack.emulator.lambda.operations.PackageSource;
import dev.ruststack.emulator.lambda.operations.PublishVersion;
import dev.ruststack.emulator.lambda.operations.PutFunctionConcurrency;
import dev.ruststack.emulator.lambda.operations.PutFunctionEventInvokeConfig;
import dev.ruststack.emulator.lambda.operations.RemovePermission;
import dev.ruststack.emulator.lambda.operations.TagResource;
import dev.ruststack.emulator.lambda.operations.UntagResource;
import dev.ruststack.emulator.lambda.operations.UpdateAlias;
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

    /**
     * The service.
     *
     * @param source S3, for packages that are objects
     * @param downloads serves what GetFunction's URLs point to
     */
    public static OperationService of(
            Functions functions,
            FunctionUrls urls,
            Invoker invoker,
            CodeSource source,
            CodeDownloads downloads,
            Authenticator authenticator,
            Clock clock) {
        return new OperationService(
                "lambda",
                new LambdaProtocol(),
                Stream.of(
                                operations(functions, invoker, source, downloads, clock),
                                ofRules(functions, clock),
                                ofUrls(functions, urls, clock))
                        .flatMap(List::stream)
                        .toList(),
                KnownRoutes.of(LambdaService.class),
                authenticator,
                UnaryOperator.identity());
    }

    private static List<Operation<?, ?>> operations(
            Functions functions, Invoker invoker, CodeSource source, CodeDownloads downloads, Clock clock) {
        var packages = new PackageSource(functions.archives(), source);
        var versions = new Versions(functions, invoker, clock);
        return List.of(
                new CreateAlias(functions),
                new CreateFunction(functions, versions, packages),
                new DeleteAlias(functions),
                new DeleteFunction(functions, versions),
                new GetAccountSettings(functions),
                new GetAlias(functions),
                new GetFunction(functions, downloads),
                new GetFunctionCodeSigningConfig(functions),
                new GetFunctionConfiguration(functions),
                new Invoke(functions, invoker, clock),
                new InvokeWithResponseStream(functions, invoker, clock),
                new ListAliases(functions),
                new ListFunctions(functions),
                new ListTags(functions),
                new ListVersionsByFunction(functions),
                new PublishVersion(versions),
                new TagResource(functions),
                new UntagResource(functions),
                new UpdateAlias(functions),
                new UpdateFunctionCode(functions, versions, packages),
                new UpdateFunctionConfiguration(functions));
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

    private static List<Operation<?, ?>> ofUrls(Functions functions, FunctionUrls urls, Clock clock) {
        return List.of(
                new CreateFunctionUrlConfig(functions, urls, clock),
                new DeleteFunctionUrlConfig(urls),
                new GetFunctionUrlConfig(urls),
                new ListFunctionUrlConfigs(functions, urls),
                new UpdateFunctionUrlConfig(urls, clock));
    }
}
