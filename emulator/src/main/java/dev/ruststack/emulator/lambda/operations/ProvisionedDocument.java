package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.lambda.FunctionControls.Provisioned;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.LambdaError;
import dev.ruststack.emulator.lambda.ProvisionedConcurrency;
import dev.ruststack.emulator.lambda.StoredFunction;
import org.jspecify.annotations.Nullable;

/** Provisioned concurrency on the wire. AWS: Lambda API Reference, GetProvisionedConcurrencyConfig. */
record ProvisionedDocument(
        int requestedProvisionedConcurrentExecutions,
        int availableProvisionedConcurrentExecutions,
        int allocatedProvisionedConcurrentExecutions,
        String status,
        @Nullable String statusReason,
        String lastModified) {
    static ProvisionedDocument of(
            StoredFunction function, String qualifier, Provisioned provisioned, ProvisionedConcurrency concurrency) {
        var status = concurrency.status(function, qualifier, provisioned);
        return new ProvisionedDocument(
                provisioned.requested(),
                status.standing(),
                status.standing(),
                status.name(),
                status.reason().isEmpty() ? null : status.reason(),
                FunctionDocument.lastModified(provisioned.lastModified()));
    }

    /** The version or alias that a request means. */
    static FunctionName version(String given, String qualifier, Call call) {
        var name = FunctionName.parse(given, qualifier, FunctionName.Use.CHANGE, call);
        if (name.latest()) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying(
                    "Provisioned Concurrency Configs cannot be applied to unpublished function versions.");
        }
        return name;
    }
}
