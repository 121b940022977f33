package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.lambda.Functions;
import java.util.Map;

/** Lists the tags of a function. AWS: Lambda API Reference, ListTags. */
@Http("GET /2017-03-31/tags/{Resource}")
public final class ListTags implements Operation<ListTags.Input, ListTags.Output> {
    private final Functions functions;

    public ListTags(Functions functions) {
        this.functions = functions;
    }

    record Input(@HttpLabel String resource) {}

    record Output(Map<String, String> tags) {}

    @Override
    public Output handle(Input input, Call call) {
        return new Output(
                functions.require(Tags.resource(input.resource(), call)).tags());
    }
}
