package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.LambdaError;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds tags to a function. AWS: Lambda API Reference, TagResource. */
@Http(value = "POST /2017-03-31/tags/{Resource}", code = 204)
public final class TagResource implements Operation<TagResource.Input, TagResource.Output> {
    private final Functions functions;

    public TagResource(Functions functions) {
        this.functions = functions;
    }

    record Input(@HttpLabel String resource, @Nullable Map<String, String> tags) {}

    record Output() {}

    @Override
    public Output handle(Input input, Call call) {
        new Constraints().required("tags", input.tags()).check();
        var added = input.tags() == null ? Map.<String, String>of() : input.tags();
        var name = Tags.resource(input.resource(), call);
        functions.require(name);
        if (added.isEmpty()) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying("An error occurred and the request cannot be processed.");
        }
        functions.change(name, function -> {
            var all = new HashMap<>(function.tags());
            all.putAll(added);
            return function.withTags(Tags.require(all));
        });
        return new Output();
    }
}
