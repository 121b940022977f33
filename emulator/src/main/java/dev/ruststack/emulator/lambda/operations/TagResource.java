package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.LambdaError;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds tags to a function, an event source mapping or a code signing configuration. AWS: Lambda API Reference, TagResource. */
@Http(value = "POST /2017-03-31/tags/{Resource}", code = 204)
public final class TagResource implements Operation<TagResource.Input, TagResource.Output> {
    private final TaggedResources resources;

    public TagResource(TaggedResources resources) {
        this.resources = resources;
    }

    record Input(@HttpLabel String resource, @Nullable Map<String, String> tags) {}

    record Output() {}

    @Override
    public Output handle(Input input, Call call) {
        new Constraints().required("tags", input.tags()).check();
        var added = input.tags() == null ? Map.<String, String>of() : input.tags();
        resources.of(input.resource(), call);
        if (added.isEmpty()) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying("An error occurred and the request cannot be processed.");
        }
        resources.change(input.resource(), call, before -> {
            var all = new HashMap<>(before);
            all.putAll(added);
            return all;
        });
        return new Output();
    }
}
