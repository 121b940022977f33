package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.lambda.LambdaRig.Function;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Programs for {@code /opt/extensions}: Python that speaks the Extensions API, in a layer of a function. */
final class TestExtension {
    private static final String CLIENT = """
            #!/usr/bin/env python3
            import http.client, json, os, signal, sys, threading, time
            from http.server import BaseHTTPRequestHandler, HTTPServer
            host, _, prefix = os.environ["AWS_LAMBDA_RUNTIME_API"].partition("/")
            def call(method, path, body=None, **headers):
                api = http.client.HTTPConnection(host)
                headers = {name.replace("_", "-"): value for name, value in headers.items()}
                api.request(method, f"/{prefix}{path}" if prefix else path, None if body is None else json.dumps(body), headers)
                answer = api.getresponse()
                return answer.status, answer.headers, answer.read().decode()
            def say(text): print(text, flush=True)
            def register(*events):
                _, headers, _ = call("POST", "/2020-01-01/extension/register", {"events": events},
                    Lambda_Extension_Name=os.path.basename(sys.argv[0]))
                return headers["Lambda-Extension-Identifier"]
            def next_event(id):
                return json.loads(call("GET", "/2020-01-01/extension/event/next", Lambda_Extension_Identifier=id)[2])
            """;

    private TestExtension() {}

    /** The function with one extension beside it, of the name {@code beside}. */
    static FunctionConfiguration beside(Function function, String program) throws IOException {
        var file =
                Files.createDirectories(layers(function).resolve("extensions")).resolve("beside");
        Files.writeString(file, CLIENT + program);
        file.toFile().setExecutable(true);
        return with(function);
    }

    static Path layers(Function function) {
        return function.code().resolveSibling(function.name() + "-layers");
    }

    /** The function with what is in its layers. */
    static FunctionConfiguration with(Function function) {
        var layer = new FunctionLayers.Layer(
                "arn:aws:lambda:eu-central-1:000000000000:layer:l:1",
                function.configuration().code());
        return function.configuration().toBuilder()
                .layers(new FunctionLayers(List.of(layer), layers(function)))
                .build();
    }
}
