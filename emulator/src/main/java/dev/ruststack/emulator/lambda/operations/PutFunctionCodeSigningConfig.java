package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.CodeSigningConfigs;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gives a function a code signing configuration, for code to come. AWS: Lambda API Reference, PutFunctionCodeSigningConfig. */
@Http("PUT /2020-06-30/functions/{FunctionName}/code-signing-config")
public final class PutFunctionCodeSigningConfig
        implements Operation<PutFunctionCodeSigningConfig.Input, CodeSigningDocument.OfFunction> {
    private final Functions functions;
    private final CodeSigningConfigs configs;

    public PutFunctionCodeSigningConfig(Functions functions, CodeSigningConfigs configs) {
        this.functions = functions;
        this.configs = configs;
    }

    record Input(@HttpLabel String functionName, @Nullable String codeSigningConfigArn) {}

    @Override
    public CodeSigningDocument.OfFunction handle(Input input, Call call) {
        new Constraints()
                .required("codeSigningConfigArn", input.codeSigningConfigArn())
                .check();
        var name = FunctionName.parse(input.functionName(), null, FunctionName.Use.CHANGE, call);
        var function = functions.require(name);
        var arn = configs.requireFor(Objects.requireNonNull(input.codeSigningConfigArn()))
                .arn();
        if (function.configuration().image() != null) {
            throw ImageSource.invalid("Code signing is not supported for functions with packageType Image.");
        }
        functions.change(
                name, current -> current.withControls(current.controls().withCodeSigningConfig(arn)));
        return new CodeSigningDocument.OfFunction(arn, name.name());
    }
}
