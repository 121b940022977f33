package dev.ruststack.emulator.httpfront;

import dev.ruststack.emulator.http.Response;

/** Decides whether a request may pass: its API key, its authorizer. */
final class Doorkeeper {
    private final Authorizations authorizations;

    Doorkeeper(FunctionCalls calls) {
        this.authorizations = new Authorizations(calls);
    }

    /** What becomes of a request. */
    sealed interface Verdict {
        /** It goes on, with what is known of its caller. */
        record Admitted(GatewayRequest gateway) implements Verdict {}

        record Refused(Response response) implements Verdict {}
    }

    Verdict ask(GatewayRequest gateway, Served served) throws InterruptedException {
        if (!hasKey(gateway, served)) {
            return new Verdict.Refused(GatewayAnswer.FORBIDDEN.response(served.kind()));
        }
        var authorizer = gateway.match().route().access().authorizer();
        return authorizer == null ? new Verdict.Admitted(gateway) : authorizations.ask(gateway, authorizer);
    }

    private static boolean hasKey(GatewayRequest gateway, Served served) {
        var key = gateway.request().headers().first("x-api-key");
        return !gateway.match().route().access().apiKey()
                || (key != null && served.apiKeys().test(key));
    }
}
