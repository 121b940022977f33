package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.lambda.FunctionControls;
import dev.ruststack.emulator.lambda.FunctionControls.RuntimeManagement;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.StoredFunction;
import org.jspecify.annotations.Nullable;

/** When the runtime of a function would be updated, on the wire. AWS: Lambda API Reference, GetRuntimeManagementConfig. */
record RuntimeManagementDocument(
        String updateRuntimeOn,
        String functionArn,
        @Nullable String runtimeVersionArn) {
    static RuntimeManagementDocument of(StoredFunction function, FunctionName name) {
        var qualifier = FunctionControls.qualifier(name);
        var management =
                function.controls().runtimeManagement().getOrDefault(qualifier, new RuntimeManagement("Auto", null));
        return new RuntimeManagementDocument(
                management.updateRuntimeOn(), name.arn() + ":" + qualifier, management.runtimeVersionArn());
    }
}
