package dev.ruststack.emulator.apigateway;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.OperationModel;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.wire.HttpHeader;
import dev.ruststack.emulator.aws.wire.HttpPayload;
import dev.ruststack.emulator.aws.wire.HttpResponseCode;
import dev.ruststack.emulator.http.Body;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An operation whose documents are trees of JSON, as API Gateway's resources are: they are changed by paths into them, and
 * deployed, exported and imported as a whole.
 */
final class GatewayOperation implements Operation<GatewayOperation.Input, GatewayOperation.Output> {
    private static final int LARGEST = 10 * 1024 * 1024;

    private final String name;
    private final String template;
    private final int code;
    private final Set<String> members;
    private final Handler handler;

    /** What it does: the answer's document, null for none. */
    @FunctionalInterface
    interface Handler {
        @Nullable
        JsonNode handle(GatewayCall call) throws IOException, InterruptedException;
    }

    record Input(@HttpPayload Payload body) {}

    record Output(
            @HttpResponseCode int status,
            @HttpHeader("Content-Type") @Nullable String contentType,
            @HttpPayload @Nullable Body body) {}

    private GatewayOperation(String name, String template, int code, Set<String> members, Handler handler) {
        this.name = name;
        this.template = template;
        this.code = code;
        this.members = members;
        this.handler = handler;
    }

    /**
     * One whose request has these members at most; others are refused by name.
     *
     * @param route name, method and path, as in {@code routes.txt}
     * @param code the status of success
     */
    static GatewayOperation of(String route, int code, Set<String> members, Handler handler) {
        int space = route.indexOf(' ');
        return new GatewayOperation(route.substring(0, space), route.substring(space + 1), code, members, handler);
    }

    /** One whose request has no document, or one that is not JSON. */
    static GatewayOperation of(String route, int code, Handler handler) {
        return of(route, code, Set.of(), handler);
    }

    @Override
    public String name() {
        return name;
    }

    /** The members of its request that are honoured. */
    Set<String> members() {
        return members;
    }

    @Override
    public OperationModel<Input> model() {
        return new OperationModel<>(template, "", code, Input.class, Output.class);
    }

    @Override
    public Output handle(Input input, Call call) throws IOException, InterruptedException {
        var body = input.body().bytes(LARGEST, GatewayError.BAD_REQUEST.saying("The request is too long"));
        var path = template.substring(template.indexOf(' ') + 1);
        int question = path.indexOf('?');
        var answer =
                handler.handle(GatewayCall.of(call, question < 0 ? path : path.substring(0, question), body, members));
        return answer == null
                ? new Output(code, null, null)
                : new Output(code, "application/json", Body.of(answer.toString()));
    }
}
