package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import java.util.Map;

/** Lists the tags of a function, an event source mapping or a code signing configuration. AWS: Lambda API Reference, ListTags. */
@Http("GET /2017-03-31/tags/{Resource}")
public final class ListTags implements Operation<ListTags.Input, ListTags.Output> {
    private final TaggedResources resources;

    public ListTags(TaggedResources resources) {
        this.resources = resources;
    }

    record Input(@HttpLabel String resource) {}

    record Output(Map<String, String> tags) {}

    @Override
    public Output handle(Input input, Call call) {
        return new Output(resources.of(input.resource(), call));
    }
}
