package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.FunctionControls;
import dev.ruststack.emulator.lambda.FunctionControls.RuntimeManagement;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.LambdaError;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says when the runtime of a function is to be updated, which is kept. AWS: Lambda API Reference, PutRuntimeManagementConfig. */
@Http("PUT /2021-07-20/functions/{FunctionName}/runtime-management-config")
public final class PutRuntimeManagementConfig
        implements Operation<PutRuntimeManagementConfig.Input, RuntimeManagementDocument> {
    private static final String RUNTIME =
            "arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}::runtime:.+";

    private final Functions functions;

    public PutRuntimeManagementConfig(Functions functions) {
        this.functions = functions;
    }

    record Input(
            @HttpLabel String functionName,
            @HttpQuery("Qualifier") @Nullable String qualifier,
            @Nullable String updateRuntimeOn,
            @Nullable String runtimeVersionArn) {}

    @Override
    public RuntimeManagementDocument handle(Input input, Call call) {
        new Constraints()
                .required("updateRuntimeOn", input.updateRuntimeOn())
                .oneOf("updateRuntimeOn", input.updateRuntimeOn(), List.of("Auto", "Manual", "FunctionUpdate"))
                .matches("runtimeVersionArn", input.runtimeVersionArn(), RUNTIME)
                .check();
        var mode = Objects.requireNonNull(input.updateRuntimeOn());
        if (mode.equals("Manual") != (input.runtimeVersionArn() != null)) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying(
                    "RuntimeVersionArn goes with UpdateRuntimeOn Manual, and with no other.");
        }
        var name = FunctionName.parse(input.functionName(), input.qualifier(), FunctionName.Use.CHANGE, call);
        functions.requireVersion(name);
        var management = new RuntimeManagement(mode, input.runtimeVersionArn());
        var changed = functions.change(
                name,
                function -> function.withControls(
                        function.controls().withRuntimeManagement(FunctionControls.qualifier(name), management)));
        return RuntimeManagementDocument.of(changed, name);
    }
}
