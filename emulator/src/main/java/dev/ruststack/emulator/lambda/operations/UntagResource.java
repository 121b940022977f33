package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.Functions;
import java.util.HashMap;
import java.util.List;

/** Removes tags from a function. AWS: Lambda API Reference, UntagResource. */
@Http(value = "DELETE /2017-03-31/tags/{Resource}", code = 204)
public final class UntagResource implements Operation<UntagResource.Input, UntagResource.Output> {
    private final Functions functions;

    public UntagResource(Functions functions) {
        this.functions = functions;
    }

    record Input(
            @HttpLabel String resource,
            @HttpQuery("tagKeys") List<String> tagKeys) {}

    record Output() {}

    @Override
    public Output handle(Input input, Call call) {
        new Constraints()
                .required("tagKeys", input.tagKeys().isEmpty() ? null : input.tagKeys())
                .check();
        functions.change(Tags.resource(input.resource(), call), function -> {
            var left = new HashMap<>(function.tags());
            left.keySet().removeAll(input.tagKeys());
            return function.withTags(left);
        });
        return new Output();
    }
}
