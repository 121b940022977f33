package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.Constraints;
import java.util.HashMap;
import java.util.List;

/** Removes tags from a function, an event source mapping or a code signing configuration. AWS: Lambda API Reference, UntagResource. */
@Http(value = "DELETE /2017-03-31/tags/{Resource}", code = 204)
public final class UntagResource implements Operation<UntagResource.Input, UntagResource.Output> {
    private final TaggedResources resources;

    public UntagResource(TaggedResources resources) {
        this.resources = resources;
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
        resources.change(input.resource(), call, before -> {
            var left = new HashMap<>(before);
            left.keySet().removeAll(input.tagKeys());
            return left;
        });
        return new Output();
    }
}
