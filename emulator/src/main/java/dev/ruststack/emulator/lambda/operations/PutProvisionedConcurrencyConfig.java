package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.ConcurrencyLimits;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.FunctionConfiguration;
import dev.ruststack.emulator.lambda.FunctionControls;
import dev.ruststack.emulator.lambda.FunctionControls.Provisioned;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.LambdaError;
import dev.ruststack.emulator.lambda.LambdaSettings;
import dev.ruststack.emulator.lambda.ProvisionedConcurrency;
import dev.ruststack.emulator.lambda.StoredFunction;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps environments of a version initialised, or of the one that an alias names. AWS: Lambda API Reference, PutProvisionedConcurrencyConfig. */
@Http(value = "PUT /2019-09-30/functions/{FunctionName}/provisioned-concurrency?Qualifier", code = 202)
public final class PutProvisionedConcurrencyConfig
        implements Operation<PutProvisionedConcurrencyConfig.Input, ProvisionedDocument> {
    private final Functions functions;
    private final ProvisionedConcurrency concurrency;
    private final Clock clock;

    public PutProvisionedConcurrencyConfig(Functions functions, ProvisionedConcurrency concurrency, Clock clock) {
        this.functions = functions;
        this.concurrency = concurrency;
        this.clock = clock;
    }

    record Input(
            @HttpLabel String functionName,
            @HttpQuery("Qualifier") String qualifier,
            @Nullable Integer provisionedConcurrentExecutions) {}

    @Override
    public ProvisionedDocument handle(Input input, Call call) {
        var asked = input.provisionedConcurrentExecutions();
        new Constraints()
                .required("provisionedConcurrentExecutions", asked)
                .range("provisionedConcurrentExecutions", asked, 1, Integer.MAX_VALUE)
                .check();
        int requested = Objects.requireNonNull(asked);
        var name = ProvisionedDocument.version(input.functionName(), input.qualifier(), call);
        functions.requireVersion(name);
        var provisioned = new Provisioned(requested, clock.instant());
        var changed = functions.change(name, function -> {
            var version = function.find(name.qualifier());
            if (version == null) {
                throw name.notFound();
            }
            requireRoom(function, requested);
            requireOnce(function, name, version);
            return function.withControls(
                    function.controls().withProvisioned(FunctionControls.qualifier(name), provisioned));
        });
        return ProvisionedDocument.of(changed, FunctionControls.qualifier(name), provisioned, concurrency);
    }

    private void requireRoom(StoredFunction function, int requested) {
        var reserved = function.controls().reservedConcurrency();
        if (reserved != null && requested > reserved) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying(
                    "Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for"
                            + " function");
        }
        var owner = ConcurrencyLimits.owner(function.configuration().arn());
        int left = LambdaSettings.ACCOUNT_CONCURRENCY - functions.reserved().reserved(owner);
        if (reserved == null && requested > left) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying(
                    "Specified ConcurrentExecutions for function is greater than account's unreserved concurrency ["
                            + left + "].");
        }
    }

    /** A version is provisioned by itself or by an alias. */
    private static void requireOnce(StoredFunction function, FunctionName name, FunctionConfiguration version) {
        boolean alias = !version.version().equals(name.qualifier());
        if (alias && function.controls().provisioned().containsKey(version.version())) {
            throw conflict(
                    "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version");
        }
        boolean pointed = function.aliases().values().stream()
                .anyMatch(each -> each.refersTo(version.version())
                        && function.controls().provisioned().containsKey(each.name()));
        if (!alias && pointed) {
            throw conflict("Version is pointed by a Provisioned Concurrency alias");
        }
    }

    private static AwsException conflict(String text) {
        return LambdaError.RESOURCE_CONFLICT.saying(text);
    }
}
