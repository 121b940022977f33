package dev.ruststack.emulator.httpfront;

import dev.ruststack.emulator.aws.Authenticator;
import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.RequestBody;
import dev.ruststack.emulator.lambda.LambdaProtocol;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Tells who has signed a request to a front. There is no IAM: whoever signs, may. */
final class Callers {
    private final Authenticator authenticator;
    private final LambdaProtocol protocol = new LambdaProtocol();

    Callers(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /**
     * Who has signed for a service; null where nobody has. The body is read again, for its hash is signed too.
     *
     * @throws AwsException where the signature does not hold
     */
    @Nullable
    Identity of(Incoming incoming, String service) {
        return of(incoming, incoming.request().rawPath(), service);
    }

    /** As {@link #of(Incoming, String)}, where another path was signed. */
    @Nullable
    Identity of(Incoming incoming, String signedPath, String service) {
        var request = incoming.request();
        if (!request.headers().has("Authorization") && !request.query().has("X-Amz-Signature")) {
            return null;
        }
        var again = new Request(
                request.method(),
                signedPath,
                request.rawQuery(),
                request.headers(),
                RequestBody.of(incoming.body()),
                request.remote(),
                request.secure());
        var authenticated = authenticator.authenticate(again, protocol);
        try (var stream = authenticated.payload().stream()) {
            stream.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var identity = authenticated.identity();
        return identity.anonymous() || !service.equals(identity.service()) ? null : identity;
    }
}
