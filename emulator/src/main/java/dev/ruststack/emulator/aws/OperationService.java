package dev.ruststack.emulator.aws;

import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.util.List;
import java.util.function.UnaryOperator;

/** A service made of {@link Operation}s: route, authenticate, bind, handle, render. */
public final class OperationService implements AwsService {
    private final String name;

    /**
     * @param name the name in credential scopes
     * @param protocol how the service speaks
     * @param operations the operations it has
     * @param known every route AWS has, for 501 where it is not among {@code operations}: lines of
     *     {@code Name METHOD /path?query}
     * @param authenticator checks signatures
     * @param addressing maps a request to the one whose path is routed: S3 puts the bucket of a virtual host first
     */
    public OperationService(
            String name,
            Protocol protocol,
            List<Operation<?, ?>> operations,
            List<String> known,
            Authenticator authenticator,
            UnaryOperator<Request> addressing) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Response handle(Request request) {
        throw new UnsupportedOperationException(request.rawPath());
    }
}
