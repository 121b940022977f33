package dev.ruststack.emulator.httpfront;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.http.Response;

/** Decides whether a request may pass: its API key, its signature, its authorizer. */
final class Doorkeeper {
    private final Authorizations authorizations;

    private final Callers callers;

    Doorkeeper(FunctionCalls calls, Callers callers) {
        this.authorizations = new Authorizations(calls);
        this.callers = callers;
    }

    /** What becomes of a request. */
    sealed interface Verdict {
        /** It goes on, with what is known of its caller. */
        record Admitted(GatewayRequest gateway) implements Verdict {}

        record Refused(Response response) implements Verdict {}
    }

    Verdict ask(GatewayRequest gateway, Served served) throws InterruptedException {
        if (!hasKey(gateway, served)) {
            return new Verdict.Refused(gateway.answer(GatewayAnswer.FORBIDDEN));
        }
        if (gateway.match().route().access().signed() && !signed(gateway)) {
            return new Verdict.Refused(
                    gateway.answer(served.kind() == Api.Kind.HTTP ? GatewayAnswer.FORBIDDEN : GatewayAnswer.NO_ROUTE));
        }
        var authorizer = gateway.match().route().access().authorizer();
        return authorizer == null ? new Verdict.Admitted(gateway) : authorizations.ask(gateway, authorizer);
    }

    /** Whether somebody has signed the path with the stage. */
    private boolean signed(GatewayRequest gateway) {
        try {
            return callers.of(gateway.incoming(), gateway.staged(), "execute-api") != null;
        } catch (AwsException e) {
            Gateway.logged(gateway, GatewayAnswer.FORBIDDEN, e.text());
            return false;
        }
    }

    private static boolean hasKey(GatewayRequest gateway, Served served) {
        var key = gateway.request().headers().first("x-api-key");
        return !gateway.match().route().access().apiKey()
                || (key != null && served.apiKeys().test(key));
    }
}
